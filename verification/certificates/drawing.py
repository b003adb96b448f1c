"""HTML as a PDF/A-3a and PDF/UA-1 file with one record attached. The same input gives the same bytes.

WeasyPrint writes one variant per file, so the PDF/UA identification is added to its XMP, and the associated file that
it lists twice is listed once. Packing is left to pikepdf: WeasyPrint would pack everything twice over, once to write it
and once for an identifier.
"""

from __future__ import annotations

import gc
import io
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pikepdf
import pydyf
from cssselect2 import ElementWrapper
from defusedxml import ElementTree
from django.conf import settings
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from verification.certificates.actual_text import say_lines
from verification.certificates.tagging import referred

say_lines()
_one_at_a_time = threading.Lock()
"""Pango draws in one thread only: two at once in a worker of threads corrupt its fonts or hang."""

_UNKNOWN_TO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PDFUA = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def attached_record(raw: bytes, *, name: str, description: str, moment: datetime) -> Attachment:
    """The data behind the page, to be carried inside the file."""
    return Attachment(
        string=raw, name=name, description=description, relationship="Data", created=moment, modified=moment
    )


def draw_pdf(
    html: str,
    *,
    style_sheet: str,
    attachment: Attachment,
    identifier: bytes,
    finish: Callable[[pydyf.PDF], None] | None = None,
) -> bytes:
    """``html`` is well-formed XML too, ``style_sheet`` a path below ``templates``. Nothing is fetched but what the HTML
    carries itself. Letters that XML does not know are drawn as their codes in brackets.

    ``finish`` may change what was drawn before it is written.
    """
    with _one_at_a_time, _nothing_collected():
        fonts, style = _style(style_sheet)
        document = _Markup(html).render(stylesheets=[style], font_config=fonts)
        document.metadata.attachments = [attachment]
        drawn = document.write_pdf(
            finisher=lambda _document, pdf: _conform(pdf, finish),
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            pdf_identifier=identifier,
            uncompressed_pdf=True,
        )
    return _packed(drawn)


class _Markup(HTML):
    """Read by the parser of XML, in a millisecond: that of HTML takes a twentieth of the time of a certificate."""

    def __init__(self, html: str) -> None:
        root = ElementTree.fromstring(_UNKNOWN_TO_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", html))
        self.base_url, self.media_type = None, "print"
        self.url_fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """While a document is laid out nothing of it can be freed, and each look at everything costs: a tenth in all.

    What the layout leaves behind goes with the first collection after it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@lru_cache(maxsize=4)
def _style(style_sheet: str) -> tuple[FontConfiguration, CSS]:
    """Fonts and parsed style sheet, kept per process: a third of the time of a certificate."""
    fonts = FontConfiguration()
    path = Path(settings.BASE_DIR) / "templates" / style_sheet
    return fonts, CSS(filename=str(path), font_config=fonts, url_fetcher=URLFetcher(allowed_protocols={"file", "data"}))


def _conform(pdf: pydyf.PDF, finish: Callable[[pydyf.PDF], None] | None) -> None:
    """Add the PDF/UA identification to the XMP, drop the doubled associated file, and do what else is wanted."""
    metadata = referred(pdf, pdf.catalog["Metadata"])
    (xmp,) = metadata.stream
    metadata.stream = [xmp.replace(b"</rdf:RDF>", _PDFUA + b"</rdf:RDF>", 1)]
    pdf.catalog["AF"] = pydyf.Array(pdf.catalog["AF"][:1])
    if finish:
        finish(pdf)


def _packed(drawn: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(drawn)) as document:
        target = io.BytesIO()
        document.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
