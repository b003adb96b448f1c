"""The record as a PDF/A-3a and PDF/UA-1 file with the record attached, not yet sealed.

WeasyPrint writes one variant per file, so the PDF/UA identification is added to the XMP
afterwards, and the associated file that WeasyPrint lists twice is listed once.
"""

from __future__ import annotations

import io
import re
import threading
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from verification.certificates.presentation import printed
from verification.kernel.canonical import canonical_bytes, sha256_of

_one_at_a_time = threading.Lock()
"""Pango draws in one thread only: two at once in a worker of threads corrupt its fonts or hang."""

_PDFUA = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
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


def render_certificate(record: dict[str, Any]) -> bytes:
    """The unsealed PDF. The same record gives the same bytes, in any process."""
    raw = canonical_bytes(record)
    sha256 = sha256_of(record)
    html = render_to_string("certificates/emissions.html", printed(record, sha256))
    moment = datetime.fromisoformat(record["issued_at"])
    attachment = Attachment(
        string=raw,
        name=f"{record['certificate_no']}.json",
        description="The record of this certificate",
        relationship="Data",
        created=moment,
        modified=moment,
    )
    with _one_at_a_time:
        fonts, style = _style()
        document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False)).render(
            stylesheets=[style], font_config=fonts
        )
        document.metadata.attachments = [attachment]
        drawn = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=bytes.fromhex(sha256))
    return _conform(drawn)


@lru_cache(maxsize=1)
def _style() -> tuple[FontConfiguration, CSS]:
    """Fonts and parsed style sheet, kept per process: a third of the time of a certificate."""
    fonts = FontConfiguration()
    path = Path(settings.BASE_DIR) / "templates" / "certificates" / "certificate.css"
    return fonts, CSS(filename=str(path), font_config=fonts, url_fetcher=URLFetcher(allowed_protocols={"file", "data"}))


def _conform(pdf: bytes) -> bytes:
    """Add the PDF/UA identification to the XMP and drop the doubled associated file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.Root.Metadata
        xmp = metadata.read_bytes().decode()
        joined = re.sub(r"</rdf:RDF>", _PDFUA + "</rdf:RDF>", xmp, count=1)
        document.Root.Metadata.write(joined.encode())
        document.Root.AF = pikepdf.Array([document.Root.AF[0]])
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
    return target.getvalue()
