"""Who sealed a file and when: what is told of a seal that was found to hold. Judges nothing."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import NonexistentAttributeError, find_unique_cms_attribute
from pyhanko.sign.validation import EmbeddedPdfSignature

from verification.certificates.bounds import DECODING


@dataclass(frozen=True)
class SealFacts:
    """``stamped_at`` is the time of an authority for time stamps, ``claimed_at`` that of the sealing machine."""

    sealed_by: str
    claimed_at: datetime | None
    stamped_at: datetime | None


def seal_facts(content: bytes) -> SealFacts:
    """Raises ``IndexError`` for a file without a seal."""
    seal = PdfFileReader(io.BytesIO(content), strict=False, decode_limits=DECODING).embedded_regular_signatures[0]
    subject = seal.signer_cert.subject.native
    names = (subject.get("organization_name"), subject.get("common_name"))
    return SealFacts(
        sealed_by=", ".join(dict.fromkeys(str(name) for name in names if name)),
        claimed_at=seal.self_reported_timestamp,
        stamped_at=_stamped_at(seal),
    )


def _stamped_at(seal: EmbeddedPdfSignature) -> datetime | None:
    try:
        token = find_unique_cms_attribute(seal.signer_info["unsigned_attrs"], "signature_time_stamp_token")
    except NonexistentAttributeError:
        return None
    return token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
