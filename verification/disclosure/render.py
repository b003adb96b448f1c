"""A report as a file: JSON with every digit, or a PDF that is made for reading and carries the JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.template.loader import render_to_string

from verification.certificates.drawing import attached_record, draw_pdf
from verification.disclosure.documents.shape import Document
from verification.disclosure.presentation import printed
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of

STYLE_SHEET = "disclosure/report.css"


def render_json(document: Document) -> bytes:
    """UTF-8, keys in the order of the report."""
    return (json.dumps(document.as_record(), ensure_ascii=False, indent=2) + "\n").encode()


def render_pdf(document: Document) -> bytes:
    """PDF/A-3a and PDF/UA-1. Of sealed numbers the same bytes every time; a draft carries the time of printing."""
    record = document.as_record()
    sealed_at = document.identity.sealed_at
    moment = datetime.fromisoformat(sealed_at) if sealed_at else clock.now().astimezone(UTC)
    context = printed(document) | {"created": moment.isoformat(timespec="seconds")}
    return draw_pdf(
        render_to_string("disclosure/report_pdf.html", context),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            canonical_bytes(record),
            name=f"{file_stem(document)}.json",
            description=f"The data of this report, schema {document.schema}",
            moment=moment,
        ),
        identifier=bytes.fromhex(sha256_of(record)),
    )


def file_stem(document: Document) -> str:
    """Claim, kind and what it rests on: ``EC-2027-000001_operator-summary-report_snapshot-1``."""
    about = document.identity
    kind = document.schema.split("/")[0]
    return f"{about.claim}_{kind}_{'draft' if about.is_draft else f'snapshot-{about.snapshot}'}"
