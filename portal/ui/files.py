"""Handing out files that people uploaded: only to whom the domain lets see them, never as a page of this site."""

from __future__ import annotations

from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse

from verification.audit.actors import Actor
from verification.certificates.cover import cover_sheet, has_cover
from verification.certificates.models import Certificate
from verification.claims.selectors import file_for
from verification.evidence.enums import FileState
from verification.letters.models import Letter

SANDBOX = "sandbox; default-src 'none'"


def evidence_response(actor: Actor, file_id: UUID | str) -> FileResponse:
    """The file as a download under its own name. Raises ``Http404`` for whoever may not see it."""
    evidence = file_for(actor, file_id)
    if evidence is None or evidence.state != FileState.CLEAN:
        raise Http404
    return download(evidence.file, name=evidence.name, content_type=evidence.content_type)


def letter_response(letter: Letter) -> FileResponse:
    """The sealed file of a letter. Raises ``Http404`` before the seal is on it."""
    if not hasattr(letter, "edition"):
        raise Http404
    return download(letter.edition.file, name=f"{letter.number}.pdf", content_type="application/pdf")


def certificate_response(certificate: Certificate, *, wants_sealed_file: bool) -> HttpResponse | FileResponse:
    """The sealed file; of a certificate that ended inside a cover, unless the file alone is wanted.

    Raises ``Http404`` before the seal is on it.
    """
    if not hasattr(certificate, "edition"):
        raise Http404
    if has_cover(certificate) and not wants_sealed_file:
        return data_file(cover_sheet(certificate), f"{certificate.number}-not-in-force.pdf", "pdf")
    return download(certificate.edition.file, name=f"{certificate.number}.pdf", content_type="application/pdf")


def download(stored: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """A stored file as an attachment that no browser renders, guesses at or runs."""
    response = FileResponse(stored.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


DATA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}


def data_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file that the portal made, to be saved and never opened inside the page. ``kind`` is of ``DATA_TYPES``."""
    headers = {"Content-Security-Policy": SANDBOX, "Cache-Control": "private, no-store"}
    headers |= {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=DATA_TYPES[kind], headers=headers)
