"""The record of a document of this family as its file, not yet sealed (see ``drawing``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import pydyf
from django.template.loader import render_to_string

from verification.certificates import (
    assessment_record,
    presentation_assessment,
    presentation_emissions,
    presentation_price,
    presentation_revocation,
    presentation_units,
    price_record,
    revocation_record,
    unit_record,
)
from verification.certificates.drawing import attached_record, draw_pdf
from verification.certificates.tagging import put_headers
from verification.certificates.typography import put_languages
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.wording.enums import Language

STYLE_SHEET = "certificates/certificate.css"
EMISSIONS = presentation_emissions.KIND
"""Kind of the records that name none: certificates of emissions were issued before there were others."""
Present = Callable[[dict[str, Any], str, str | None], dict[str, Any]]
DRAWN: dict[str, tuple[str, Present]] = {
    EMISSIONS: ("certificates/emissions.html", presentation_emissions.printed),
    unit_record.KIND: ("certificates/units.html", presentation_units.printed_units),
    assessment_record.KIND: ("certificates/assessment.html", presentation_assessment.printed_assessment),
    revocation_record.KIND: ("certificates/revocation.html", presentation_revocation.printed_revocation),
    price_record.KIND: ("certificates/price.html", presentation_price.printed_price),
}
ENGLISH_RUN, LOCAL_NAME, AS_TYPED = "/Link", "/Art", "/BlockQuote"
"""Tags that the templates give to English beside another language, to names in a local script, to what officials
typed. No document of the family has a real link."""
TAGS_AFTER = {ENGLISH_RUN: "/Span", LOCAL_NAME: "/P"}


def render_certificate(record: dict[str, Any], offline_code: str | None = None) -> bytes:
    """The unsealed PDF. The same record gives the same bytes, in any process. Raises ``KeyError`` for another kind.

    ``offline_code`` is the signed core data in base45, drawn as a second QR code where it is given.
    """
    sha256 = sha256_of(record)
    template, present = DRAWN[record.get("kind", EMISSIONS)]
    context = present(record, sha256, offline_code)
    return draw_pdf(
        render_to_string(template, context),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            canonical_bytes(record),
            name=f"{context['number']}.json",
            description="The record of this certificate",
            moment=datetime.fromisoformat(record["issued_at"]),
        ),
        identifier=bytes.fromhex(sha256),
        finish=partial(put_tags, record=record),
    )


def put_tags(document: pydyf.PDF, record: Mapping[str, Any]) -> None:
    """The language of every part, and the headers of every cell."""
    languages = {
        ENGLISH_RUN: Language.ENGLISH,
        LOCAL_NAME: record.get("operator", {}).get("local_language") or Language.ENGLISH,
        AS_TYPED: record.get("reasons_language") or Language.ENGLISH,
    }
    put_languages(document, languages, TAGS_AFTER)
    put_headers(document)
