"""What a process pays once before its first document: fonts, style sheet, libraries. Paid when a worker starts."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from verification.certificates.drawing import attached_record, draw_pdf
from verification.certificates.inspection import inspect_file
from verification.certificates.render import STYLE_SHEET
from verification.certificates.typography import printable

_PAGE = '<html lang="en"><head><title>{0}</title></head><body><h1>{0}</h1><p>₂ 证 شهادة प्रमाण</p></body></html>'


def warm_up() -> None:
    """Draw a page that nobody sees, in every script, and leave what stays for good out of later collections.

    Raises what drawing raises: a worker that cannot draw says so when it starts.
    """
    drawn = draw_pdf(
        _PAGE.format(printable("Certificate")),
        style_sheet=STYLE_SHEET,
        attachment=attached_record(
            b"{}", name="page.json", description="Nothing", moment=datetime(2026, 1, 1, tzinfo=UTC)
        ),
        identifier=bytes(16),
    )
    inspect_file(drawn)
    gc.collect()
    gc.freeze()
