"""Evidence files of every kind that can be shown."""

from __future__ import annotations

import io

import openpyxl
import pikepdf
from PIL import Image

from tests.factories.files import archive
from verification.audit.actors import Actor
from verification.claims.models import Claim, ClaimEvidence
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.kernel import clock

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def stored(content: bytes, name: str, *, actor: Actor) -> EvidenceFile:
    return store_evidence([content], name=name, organisation_id=next(iter(actor.organisation_ids)), actor=actor)


def attached(claim: Claim, content: bytes, name: str, *, actor: Actor) -> EvidenceFile:
    """A file that stands in a claim, whatever state the claim is in."""
    file = stored(content, name, actor=actor)
    ClaimEvidence(claim=claim, file=file, purpose=Purpose.OTHER, attached_at=clock.now(), attached_by_id=actor.id).save(
        force_insert=True
    )
    return file


def pdf_of(*pages: str) -> bytes:
    """A PDF with one line of words on each page."""
    document = pikepdf.Pdf.new()
    for words in pages:
        page = document.add_blank_page(page_size=(300, 400))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(f"BT /F1 18 Tf 20 350 Td ({words}) Tj ET".encode())
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def workbook_of(cells: dict[str, dict[str, object]], *, hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook from the values of cells, sheet by sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, values in cells.items():
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for address, value in values.items():
            sheet[address] = value
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def document_of(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    content = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": content.encode(), "[Content_Types].xml": b"<Types/>"})


def picture_of(width: int, height: int, kind: str = "PNG", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, kind, **options)
    return target.getvalue()
