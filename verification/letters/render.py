"""The record of a letter as its document, not yet sealed: every part of the tag tree knows its language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import pydyf
from django.template.loader import render_to_string

from verification.certificates.drawing import attached_record, draw_pdf
from verification.certificates.render import render_certificate
from verification.certificates.tagging import put_headers
from verification.certificates.typography import put_languages
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.letters.presentation import printed
from verification.letters.record import SCHEMA
from verification.wording.enums import Language

STYLE_SHEET = "letters/letter.css"
LOCAL_PART, ENGLISH_PART, AS_TYPED = "/Part", "/Art", "/BlockQuote"
"""Tags that the template gives to the text in the producer's language, to English, and to the reasons."""


def render_letter(record: dict[str, Any]) -> bytes:
    """The unsealed PDF (PDF/A-3a, PDF/UA-1). The same record gives the same bytes, in any process.

    Notices and summaries are documents of the certificates' family: they go out as letters do.
    """
    if record["schema"] != SCHEMA:
        return render_certificate(record)
    languages = {
        LOCAL_PART: record["parts"][0]["language"],
        ENGLISH_PART: Language.ENGLISH,
        AS_TYPED: record["reasons_language"],
    }
    return draw_pdf(
        render_to_string("letters/letter.html", printed(record)),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            canonical_bytes(record),
            name=f"{record['letter_no']}.json",
            description="The record of this letter",
            moment=datetime.fromisoformat(record["written_at"]),
        ),
        identifier=bytes.fromhex(sha256_of(record)),
        finish=partial(_finish, languages=languages),
    )


def _finish(document: pydyf.PDF, languages: Mapping[str, str]) -> None:
    put_languages(document, languages)
    put_headers(document)
