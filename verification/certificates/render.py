"""The record of a certificate as its document, not yet sealed (see ``drawing``)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from verification.certificates.drawing import attached_record, draw_pdf
from verification.certificates.presentation import printed
from verification.kernel.canonical import canonical_bytes, sha256_of

STYLE_SHEET = "certificates/certificate.css"


def render_certificate(record: dict[str, Any]) -> bytes:
    """The unsealed PDF. The same record gives the same bytes, in any process."""
    sha256 = sha256_of(record)
    return draw_pdf(
        render_to_string("certificates/emissions.html", printed(record, sha256)),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            canonical_bytes(record),
            name=f"{record['certificate_no']}.json",
            description="The record of this certificate",
            moment=datetime.fromisoformat(record["issued_at"]),
        ),
        identifier=bytes.fromhex(sha256),
    )
