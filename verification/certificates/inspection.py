"""What a PDF file proves by itself: seal, coverage, attached record. No register, no database, no network.

A signature that is "valid" is not enough: bytes added after it would pass. The seal must cover the whole file, or
what follows it must be nothing but proofs for later years under a time stamp that covers the whole file.
"""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESStatus
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffPolicy, ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from verification.certificates.bounds import DECODING, demand_bounded
from verification.certificates.containers import is_untouched
from verification.kernel.canonical import sha256_of
from verification.kernel.clock import wall_now
from verification.signing.editions import SealLevel
from verification.signing.trust import trusted_roots
from verification.signing.waiting import run_to_end

MAX_PAGES = 200
MAX_RECORD_BYTES = 8 * 1024 * 1024
MAX_SIGNATURES = 10
"""A seal and its time stamps; each costs work."""


class SealVerdict(StrEnum):
    """What the seal of a file says."""

    VALID = "valid"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    EXPIRED = "expired"
    NONE = "none"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class FileInspection:
    """``record`` is the attached record where there is one and it can be read; ``level`` that of a valid seal."""

    seal: SealVerdict
    explanation: str
    record: dict[str, Any] | None = None
    level: SealLevel | None = None

    @property
    def record_sha256(self) -> str:
        return sha256_of(self.record) if self.record is not None else ""


class _Refused(Exception):
    """Why the seal does not hold."""

    def __init__(self, verdict: SealVerdict, explanation: str) -> None:
        super().__init__(explanation)
        self.verdict, self.explanation = verdict, explanation


def inspect_file(content: bytes, *, at: datetime | None = None, is_known: bool = False) -> FileInspection:
    """Judge the bytes, as of now or of another wall-clock instant.

    Where exactly these bytes are known to be the portal's own (``is_known``), what was added after the seal is not
    compared with what was before: that takes seconds. Never raises for a bad file: what is wrong with it is the
    answer. Raises ``FileNotFoundError`` without a root.
    """
    if not content.startswith(b"%PDF-"):
        return FileInspection(SealVerdict.UNREADABLE, _("This is not a PDF file."))
    roots = trusted_roots()
    try:
        demand_bounded(content)
        record = _attached_record(content)
        try:
            level = run_to_end(_judge_seal(content, roots, at or wall_now(), is_known))
        except _Refused as refused:
            return FileInspection(refused.verdict, refused.explanation, record)
    except Exception:  # hostile bytes make parsers fail in every way; that they cannot be read is the answer
        return FileInspection(SealVerdict.UNREADABLE, _("The file is damaged or is no certificate of this portal."))
    return FileInspection(SealVerdict.VALID, str(_SAID[level]), record, level)


_SAID = {
    SealLevel.B_B: gettext_lazy("The seal is valid and covers the whole file."),
    SealLevel.B_T: gettext_lazy("The seal is valid and covers the whole file. Its time is stamped."),
    SealLevel.B_LTA: gettext_lazy(
        "The seal is valid; nothing but proofs for later years was added, under a time stamp."
    ),
}


def _attached_record(content: bytes) -> dict[str, Any] | None:
    with pikepdf.open(io.BytesIO(content)) as document:
        if len(document.pages) > MAX_PAGES:
            raise ValueError("too many pages")
        for attached in document.attachments.values():
            if attached.filename.endswith(".json"):
                record = json.loads(_unpacked(attached.get_file().obj))
                if not isinstance(record, dict):
                    raise ValueError("the attached file is no record")
                return record
    return None


def _unpacked(stream: pikepdf.Object) -> bytes:
    """Never more than a record can have: a few kilobytes may stand for gigabytes."""
    if not isinstance(stream, pikepdf.Stream):
        raise ValueError("the attached file is no stream")
    filters = stream.get("/Filter")
    if filters is None:
        return stream.read_raw_bytes()
    if filters not in (pikepdf.Name.FlateDecode, [pikepdf.Name.FlateDecode]):
        raise ValueError("the attached file is packed in an unusual way")
    content = zlib.decompressobj().decompress(stream.read_raw_bytes(), MAX_RECORD_BYTES + 1)
    if len(content) > MAX_RECORD_BYTES:
        raise ValueError("the attached file is too large for a record")
    return content


async def _judge_seal(content: bytes, roots: list[Any], at: datetime, is_known: bool) -> SealLevel:
    """What is cheap comes first: the comparison of revisions takes seconds. Raises ``_Refused``."""
    reader = PdfFileReader(io.BytesIO(content), strict=False, decode_limits=DECODING)
    signatures = reader.embedded_signatures
    if not signatures:
        raise _Refused(SealVerdict.NONE, _("The file bears no electronic seal."))
    seal, *stamps = signatures
    if len(signatures) > MAX_SIGNATURES or seal not in reader.embedded_regular_signatures:
        raise _Refused(SealVerdict.ALTERED, _("The file bears other signatures than a seal and its time stamps."))
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    status = await async_validate_pdf_signature(seal, context, skip_diff=True)
    if not status.intact or not status.valid:
        raise _Refused(SealVerdict.ALTERED, _("The content was changed after it was sealed."))
    for stamp in stamps:
        await _judge_stamp(stamp, context)
    if signatures[-1].evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        raise _Refused(SealVerdict.ALTERED, _("Something was added to the file after it was sealed."))
    if not all(is_untouched(content, signature) for signature in signatures):
        raise _Refused(SealVerdict.ALTERED, _("The container of the seal was changed after the file was sealed."))
    if stamps:
        await _judge_years_later(seal, _specification(roots, None if is_known else DEFAULT_DIFF_POLICY), at)
        return SealLevel.B_LTA
    if not status.trusted:
        if await _was_trusted(seal, roots, at):
            raise _Refused(
                SealVerdict.EXPIRED, _("The certificate of the seal has expired; the file alone proves nothing more.")
            )
        raise _Refused(SealVerdict.NOT_OURS, _("The seal was not made with the key of this authority."))
    if not status.bottom_line:
        raise _Refused(SealVerdict.ALTERED, _("The seal does not hold for this file."))
    return SealLevel.B_T if status.timestamp_validity else SealLevel.B_B


async def _judge_stamp(stamp: EmbeddedPdfSignature, context: ValidationContext) -> None:
    """Whether it is a time stamp of the file and holds; who made it is judged with the seal."""
    if stamp.sig_object.get("/Type") != "/DocTimeStamp":
        raise _Refused(SealVerdict.ALTERED, _("Somebody else signed the file after it was sealed."))
    status = await async_validate_pdf_timestamp(stamp, context, skip_diff=True)
    if not status.intact or not status.valid:
        raise _Refused(SealVerdict.ALTERED, _("The file was changed after its time was stamped."))


async def _was_trusted(seal: EmbeddedPdfSignature, roots: list[Any], at: datetime) -> bool:
    """Whether nothing but the end of its certificate speaks against the seal."""
    ended_at = seal.signer_cert.not_valid_after
    if at <= ended_at:
        return False
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=ended_at)
    status = await async_validate_pdf_signature(seal, context, skip_diff=True)
    return bool(status.trusted)


async def _judge_years_later(
    seal: EmbeddedPdfSignature, specification: PdfSignatureValidationSpec, at: datetime
) -> None:
    """ETSI EN 319 102-1, 5.6.3: the seal held at the time of the stamp, by what the file itself brings along.

    Revocation of the seal's certificate must be answered by the file; that of the time-stamping authority where its
    certificate names a list, because a list of today cannot be in a file of years ago.
    """
    result = await ades_lta_validation(
        seal,
        specification,
        timing_info=ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=True),
    )
    status = result.api_status
    if result.oldest_evidence_record_timestamp is None:
        raise _Refused(SealVerdict.NOT_OURS, _("The time was not stamped by an authority that is trusted."))
    if status is None or result.ades_subindic.status is not AdESStatus.PASSED or not status.trusted:
        raise _Refused(SealVerdict.NOT_OURS, _("The seal was not made with the key of this authority."))
    added = status.modification_level
    if specification.diff_policy and (added is None or added > ModificationLevel.LTA_UPDATES):
        raise _Refused(SealVerdict.ALTERED, _("Something was added to the file after it was sealed."))
    if not status.bottom_line:
        raise _Refused(SealVerdict.ALTERED, _("The seal does not hold for this file."))


def _specification(roots: list[Any], comparing: DiffPolicy | None) -> PdfSignatureValidationSpec:
    trusted = SimpleTrustManager.build(trust_roots=roots)

    def policy(checking: RevocationCheckingPolicy) -> CertValidationPolicySpec:
        return CertValidationPolicySpec(trusted, CertRevTrustPolicy(checking))

    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy(REQUIRE_REVINFO),
            ts_cert_validation_policy=policy(RevocationCheckingPolicy.from_legacy("soft-fail")),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        ),
        diff_policy=comparing,
    )
