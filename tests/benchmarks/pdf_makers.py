"""Others that make a PDF of a certificate's content: what WeasyPrint alone does with the page, typst, ReportLab.

Each is made once in a process of its own and then called with the numbers of documents. None of them knows Django.
"""

from __future__ import annotations

import gc
import json
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

Maker = Callable[[int], object]
STANDARDS = ["a-3a", "ua-1"]


def leaves(node: Any, name: str = "") -> list[tuple[str, str]]:
    """Every value of a record with its place: the words of a certificate without their arrangement."""
    if isinstance(node, dict):
        return [leaf for key, each in node.items() for leaf in leaves(each, f"{name} {key}".strip())]
    if isinstance(node, list):
        return [leaf for index, each in enumerate(node, 1) for leaf in leaves(each, f"{name} {index}")]
    return [(name, str(node))]


@cache
def maker(name: str, folder: str) -> Maker:
    """``folder`` holds ``page.html``, ``page.css``, ``record.json`` and ``qr.svg``, and names that of the fonts."""
    return MAKERS[name](Path(folder))


def warm_up(name: str, folder: str) -> None:
    """Before the first counted document of a process: one that is not, and what stays is left out of collections,
    as a worker of the portal does."""
    maker(name, folder)(0)
    gc.collect()
    gc.freeze()


def make(name: str, folder: str, numbers: range) -> float:
    """One document for each number; the seconds of processor time that they took."""
    begun = time.process_time()
    for number in numbers:
        maker(name, folder)(number)
    return time.process_time() - begun


def _weasyprint(folder: Path, **options: Any) -> Maker:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(filename=(folder / "page.css").read_text(), font_config=fonts)
    html = (folder / "page.html").read_text()
    return lambda number: HTML(string=html).write_pdf(stylesheets=[style], font_config=fonts, **options)


def _typst(folder: Path) -> Maker:
    import typst

    rows = leaves(json.loads((folder / "record.json").read_text()))
    cells = ", ".join(f"{json.dumps(word, ensure_ascii=False)}" for row in rows for word in row)
    text = (
        '#set document(title: "Certificate")\n#set text(font: "Source Serif 4", size: 8pt, lang: "en")\n= Certificate\n'
        f'#image("qr.svg", width: 3cm, alt: "QR code")\n#table(columns: (1fr, 2fr), {cells})\n'
    )
    fonts = [(folder / "fonts").read_text()]

    def compiled(number: int) -> bytes:
        with tempfile.NamedTemporaryFile("w", suffix=".typ", dir=folder) as source:
            source.write(f"{text}{number}")
            source.flush()
            return typst.compile(
                source.name, root=str(folder), font_paths=fonts, ignore_system_fonts=True, pdf_standards=STANDARDS
            )

    return compiled


def _reportlab(folder: Path) -> Maker:
    import io

    from reportlab.graphics.barcode.qr import QrCode
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("Serif", f"{(folder / 'fonts').read_text()}/SourceSerif4-Regular.ttf"))
    rows = leaves(json.loads((folder / "record.json").read_text()))
    style = ParagraphStyle("body", fontName="Serif", fontSize=8)

    def built(number: int) -> bytes:
        target = io.BytesIO()
        table = Table([[Paragraph(word.replace("<", ""), style) for word in row] for row in rows], colWidths=[170, 340])
        code = QrCode("https://verify.example.org/check/7Q4MX2KD9HTC/")
        document = SimpleDocTemplate(target, pagesize=A4, title="Certificate")
        document.build([Paragraph(f"Certificate {number}", style), code, table])
        return target.getvalue()

    return built


MAKERS: dict[str, Callable[[Path], Maker]] = {
    "WeasyPrint, same kind of file": lambda folder: _weasyprint(folder, pdf_variant="pdf/a-3a", pdf_tags=True),
    "WeasyPrint, plain file": _weasyprint,
    "typst": _typst,
    "ReportLab": _reportlab,
}
