"""The record of a certificate as its document, not yet sealed (see ``drawing``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from verification.certificates import price_record, unit_record
from verification.certificates.drawing import attached_record, draw_pdf
from verification.certificates.presentation import printed
from verification.certificates.presentation_price import printed_price
from verification.certificates.presentation_units import printed_units
from verification.kernel.canonical import canonical_bytes, sha256_of

STYLE_SHEET = "certificates/certificate.css"
EMISSIONS = "emissions"
"""Kind of the records that name none: certificates of emissions were issued before there were others."""
DRAWN: dict[str, tuple[str, Callable[[dict[str, Any], str], dict[str, Any]]]] = {
    EMISSIONS: ("certificates/emissions.html", printed),
    unit_record.KIND: ("certificates/units.html", printed_units),
    price_record.KIND: ("certificates/price.html", printed_price),
}


def render_certificate(record: dict[str, Any]) -> bytes:
    """The unsealed PDF. The same record gives the same bytes, in any process. Raises ``KeyError`` for another kind."""
    sha256 = sha256_of(record)
    template, present = DRAWN[record.get("kind", EMISSIONS)]
    return draw_pdf(
        render_to_string(template, present(record, sha256)),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            canonical_bytes(record),
            name=f"{record['certificate_no']}.json",
            description="The record of this certificate",
            moment=datetime.fromisoformat(record["issued_at"]),
        ),
        identifier=bytes.fromhex(sha256),
    )
