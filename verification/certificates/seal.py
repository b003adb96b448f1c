"""The electronic seal: an invisible PAdES certification signature that permits no change, with a time stamp.

It is made at baseline B-T and later extended to B-LTA: what it needs to be checked without any network, and a time
stamp over all of it. Extending only appends.
"""

from __future__ import annotations

import io

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from verification.certificates.inspection import SealVerdict, inspect_file
from verification.signing.editions import SealLevel
from verification.signing.errors import SealingError, StampUnavailable
from verification.signing.making import renew_revocations
from verification.signing.signers import key_id, sealing_signer
from verification.signing.stamping import time_stamper
from verification.signing.trust import fetches_revocations, known_revocations, trusted_roots
from verification.signing.waiting import run_to_end

FIELD_NAME = "Seal"
STAMP_FIELD_NAME = "Seal time"
_MOST_SAID = 300
_room: dict[tuple[str, str], int] = {}
"""Hexadecimal digits for a container, by sealing certificate and time-stamping authority."""


def seal(pdf: bytes, *, reason: str) -> bytes:
    """``pdf`` with the seal and its time stamp appended (B-T).

    Raises ``SealingError`` where key or time-stamping authority cannot be used, or where the portal itself would not
    accept what came out: there is no unsealed file, and none without a time stamp. The root stays out of the
    container: whoever checks brings the root that it trusts, and nothing would notice a changed byte in a copy.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
        name=settings.AUTHORITY_NAME,
    )
    with sealing_signer() as signer:
        sealer = signers.PdfSigner(metadata, signer, timestamper=time_stamper())
        try:
            sealed = run_to_end(_sealed(pdf, sealer, kept_for=(key_id(), settings.TSA_URL)))
        except TimestampRequestError as error:
            raise StampUnavailable(f"The time could not be stamped: {error}"[:_MOST_SAID]) from error
    return _accepted(sealed, SealLevel.B_T)


async def _sealed(pdf: bytes, sealer: signers.PdfSigner, kept_for: tuple[str, str]) -> bytes:
    """Measuring how much room the container needs takes a seal and a stamp of their own, so it is kept for as long as
    the seals of one key and one authority fit; half as much again is left free."""
    if kept_for not in _room:
        trial = sealer.init_signing_session(IncrementalPdfFileWriter(io.BytesIO(pdf)))
        _room[kept_for] = await trial.estimate_signature_container_size(None)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    try:
        return (await sealer.async_sign_pdf(writer, bytes_reserved=_room[kept_for])).getvalue()
    except SigningError as error:
        del _room[kept_for]
        raise SealingError(f"The seal could not be made: {error}"[:_MOST_SAID]) from error


def extend(sealed: bytes) -> bytes:
    """A file at B-T with what keeps its seal checkable for years appended (B-LTA).

    Raises ``SealingError`` as ``seal`` does, and where a list of revocations cannot be had.
    """
    renew_revocations()
    try:
        extended = run_to_end(_extended(sealed))
    except TimestampRequestError as error:
        raise StampUnavailable(f"The time could not be stamped: {error}"[:_MOST_SAID]) from error
    except (SigningError, SignatureValidationError, ValidationInfoReadingError, ValidationError, PathError) as error:
        raise SealingError(f"The seal cannot be extended: {error}"[:_MOST_SAID]) from error
    if not extended.startswith(sealed):
        raise SealingError("Extending the seal changed the file.")
    return _accepted(extended, SealLevel.B_LTA)


async def _extended(sealed: bytes) -> bytes:
    signature = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures[0]
    with_proofs = await async_add_validation_info(signature, _context())
    stamper = signers.PdfTimeStamper(time_stamper(), field_name=STAMP_FIELD_NAME)
    stamped = await stamper.async_timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(with_proofs.getvalue())),
        "sha256",
        validation_context=_context(),
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )
    return stamped.getvalue()


def _context() -> ValidationContext:
    return ValidationContext(
        trust_roots=trusted_roots(),
        crls=known_revocations(),
        allow_fetching=fetches_revocations(),
        revocation_mode="require",
    )


def _accepted(content: bytes, level: SealLevel) -> bytes:
    found = inspect_file(content, is_known=True)
    if (found.seal, found.level) != (SealVerdict.VALID, level):
        raise SealingError(f"The file that was sealed does not hold at {level}: {found.explanation}")
    return content
