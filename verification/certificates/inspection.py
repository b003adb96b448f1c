"""What a PDF file proves by itself: seal, coverage, attached record. No register, no database.

A signature that is "valid" is not enough: bytes added after it would pass. The seal must cover
the whole file.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from verification.kernel.canonical import sha256_of
from verification.signing.trust import trusted_roots

MAX_PAGES = 200


class SealVerdict(StrEnum):
    """What the seal of a file says."""

    VALID = "valid"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    NONE = "none"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class FileInspection:
    """``record`` is the attached record where there is one and it can be read."""

    seal: SealVerdict
    explanation: str
    record: dict[str, Any] | None = None

    @property
    def record_sha256(self) -> str:
        return sha256_of(self.record) if self.record is not None else ""


def inspect_file(content: bytes) -> FileInspection:
    """Judge the bytes. Never raises for a bad file: what is wrong with it is the answer."""
    if not content.startswith(b"%PDF-"):
        return FileInspection(SealVerdict.UNREADABLE, "This is not a PDF file.")
    try:
        record = _attached_record(content)
        verdict, explanation = _judge_seal(content)
    except Exception:  # hostile bytes make parsers fail in every way; that they cannot be read is the answer
        return FileInspection(SealVerdict.UNREADABLE, "The file is damaged or is no certificate of this portal.")
    return FileInspection(verdict, explanation, record)


def _attached_record(content: bytes) -> dict[str, Any] | None:
    with pikepdf.open(io.BytesIO(content)) as document:
        if len(document.pages) > MAX_PAGES:
            raise ValueError("too many pages")
        for attached in document.attachments.values():
            if attached.filename.endswith(".json"):
                return json.loads(attached.get_file().read_bytes())
    return None


def _container_is_untouched(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    """No signature covers its own container, so what stands in it beside the signature must be as it was written.

    That is: versions and algorithm labels in front of the signature, and zeros behind it.
    """
    first_end, second_start = signature.byte_range[1], signature.byte_range[2]
    written = signature.pkcs7_content
    message = ContentInfo.load(written)
    signed = message["content"]
    (signer,) = signed["signer_infos"]
    labels = [signed["version"].native, signer["version"].native, len(signed["certificates"])]
    algorithms = [item.native for item in signed["digest_algorithms"]]
    return (
        labels == ["v1", "v1", 1]
        and algorithms == [{"algorithm": "sha256", "parameters": None}]
        and signed["encap_content_info"].native == {"content_type": "data", "content": None}
        and not any(written[len(message.dump()) :])
        and content[first_end:second_start] == b"<" + written.hex().upper().encode() + b">"
    )


def _judge_seal(content: bytes) -> tuple[SealVerdict, str]:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    signatures = reader.embedded_signatures
    if not signatures:
        return SealVerdict.NONE, "The file bears no electronic seal."
    context = ValidationContext(trust_roots=trusted_roots(), allow_fetching=False)
    status = validate_pdf_signature(signatures[0], context)
    if not status.intact or not status.valid:
        return SealVerdict.ALTERED, "The content was changed after it was sealed."
    if len(signatures) > 1 or status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return SealVerdict.ALTERED, "Something was added to the file after it was sealed."
    if not _container_is_untouched(content, signatures[0]):
        return SealVerdict.ALTERED, "The container of the seal was changed after the file was sealed."
    if not status.trusted:
        return SealVerdict.NOT_OURS, "The seal was not made with the key of this authority."
    if not status.bottom_line:
        return SealVerdict.ALTERED, "The seal does not hold for this file."
    return SealVerdict.VALID, "The seal is valid and covers the whole file."
