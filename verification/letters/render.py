"""The record of a letter as its document, not yet sealed: every part of the tag tree knows its language."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pikepdf
from django.template.loader import render_to_string

from verification.certificates.drawing import attached_record, draw_pdf
from verification.kernel.canonical import canonical_bytes, sha256_of
from verification.letters.presentation import HTML_LANGUAGES, printed

STYLE_SHEET = "letters/letter.css"
LOCAL_PART, ENGLISH_PART, AS_TYPED = "/Part", "/Art", "/BlockQuote"
"""Tags that the template gives to the text in the producer's language, to English, and to the reasons."""


def render_letter(record: dict[str, Any]) -> bytes:
    """The unsealed PDF (PDF/A-3a, PDF/UA-1). The same record gives the same bytes, in any process."""
    drawn = draw_pdf(
        render_to_string("letters/letter.html", printed(record)),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            canonical_bytes(record),
            name=f"{record['letter_no']}.json",
            description="The record of this letter",
            moment=datetime.fromisoformat(record["written_at"]),
        ),
        identifier=bytes.fromhex(sha256_of(record)),
    )
    return _with_languages(drawn, record)


def _with_languages(pdf: bytes, record: dict[str, Any]) -> bytes:
    """WeasyPrint writes the language of the document alone; screen readers need that of each part."""
    languages = {
        LOCAL_PART: record["parts"][0]["language"],
        ENGLISH_PART: "en",
        AS_TYPED: record["reasons_language"],
    }
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for element in _elements(document.Root.StructTreeRoot):
            language = languages.get(str(element.get("/S")))
            if language:
                element.Lang = pikepdf.String(HTML_LANGUAGES.get(language, language))
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
    return target.getvalue()


def _elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Every structure element below ``node``."""
    found: list[pikepdf.Object] = []
    waiting = [node]
    while waiting:
        kids: Any = waiting.pop().get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                found.append(kid)
                waiting.append(kid)
    return found
