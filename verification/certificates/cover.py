"""The sheet around the file of a certificate that ended: what holds now, with the sealed file attached, byte for byte.

A seal cannot say that a certificate was revoked or replaced since; whoever opens the download later reads it first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from weasyprint import Attachment

from verification.certificates.drawing import draw_pdf
from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate
from verification.certificates.presentation import effect_of, number_of, printed_frame, speech_of
from verification.certificates.render import STYLE_SHEET, put_tags
from verification.certificates.selectors import status_of
from verification.certificates.speech import code
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.signing.services import content_of

KIND = "cover"
ENDED = (CertificateStatus.REVOKED, CertificateStatus.SUPERSEDED)


@dataclass(frozen=True)
class Ending:
    """Revoked by the decision ``number`` from ``start`` (ISO), or replaced by the certificate ``replacement``."""

    number: str = ""
    start: str = ""
    replacement: str = ""


def has_cover(certificate: Certificate) -> bool:
    """Whether its file is handed out in a cover: it was sealed, and does not hold any more."""
    return status_of(certificate) in ENDED and hasattr(certificate, "edition")


def cover_sheet(certificate: Certificate) -> bytes:
    """Raises ``ValueError`` for a certificate that did not end or has no file, ``SealingError`` for an altered file."""
    if not has_cover(certificate):
        raise ValueError(f"{certificate} did not end, or has no file.")
    if status_of(certificate) is CertificateStatus.REVOKED:
        revocation = certificate.revocation
        ending = Ending(number=revocation.number, start=revocation.effective_on.isoformat())
    else:
        ending = Ending(replacement=str(certificate.superseded_by))
    return render_cover(json.loads(certificate.record), ending, content_of(certificate.edition), clock.now())


def render_cover(record: dict[str, Any], ending: Ending, sealed: bytes, made_at: datetime) -> bytes:
    """A PDF of one page, PDF/A-3a and PDF/UA-1 as the certificate is, not sealed. ``made_at`` in UTC."""
    attachment = Attachment(
        string=sealed,
        name=f"{number_of(record)}.pdf",
        description="The sealed file of the certificate, as it was issued",
        relationship="Unspecified",
        created=made_at,
        modified=made_at,
    )
    return draw_pdf(
        render_to_string("certificates/cover.html", _printed(record, ending, made_at)),
        style_sheet=STYLE_SHEET,
        attachment=attachment,
        identifier=bytes.fromhex(sha256_of(record)),
        finish=partial(put_tags, record=record),
    )


def _printed(record: dict[str, Any], ending: Ending, made_at: datetime) -> Mapping[str, Any]:
    speech = speech_of(record)
    facts = {name: code(fact) for name, fact in vars(ending).items()} | {"certificate": code(number_of(record))}
    sentence = "cover_replaced" if ending.replacement else "cover_revoked"
    return {
        **printed_frame(record, sha256_of(record), speech, KIND),
        **effect_of(speech, KIND, sentence=sentence, **facts),
        "status_label": speech.label("status_now"),
        "status": speech.label("not_in_force"),
        "made_at": made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
