"""Legal reports on pages: their names in addresses, and their files."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from portal.ui.files import SANDBOX
from verification.disclosure.assembly import ReportName, report_named
from verification.disclosure.documents.shape import Document
from verification.disclosure.documents.source import NothingToReport, Source
from verification.disclosure.enums import Level, ViewFormat
from verification.disclosure.render import file_stem, render_json, render_pdf

_ADDENDUM = "addendum-"
FILES = {
    ViewFormat.PDF: (render_pdf, "application/pdf"),
    ViewFormat.JSON: (render_json, "application/json"),
}


def slug_of(name: ReportName) -> str:
    """``summary``, ``full`` or ``addendum-A1``."""
    return f"{_ADDENDUM}{name.addendum}" if name.level is Level.ADDENDUM else name.level.value


def name_from(slug: str) -> ReportName:
    """Raises ``Http404`` for anything that ``slug_of`` does not give."""
    if slug.startswith(_ADDENDUM):
        return ReportName(Level.ADDENDUM, slug.removeprefix(_ADDENDUM))
    if slug in (Level.SUMMARY.value, Level.FULL.value):
        return ReportName(Level(slug))
    raise Http404


def document_or_404(source: Source, name: ReportName) -> Document:
    try:
        return report_named(source, name)
    except NothingToReport as nothing:
        raise Http404 from nothing


def format_or_404(slug: str) -> ViewFormat:
    """A file format that an address names; the page itself is none."""
    if slug not in {each.value for each in FILES}:
        raise Http404
    return ViewFormat(slug)


def report_file(document: Document, view_format: ViewFormat) -> HttpResponse:
    """The report as a download that no browser renders, guesses at or keeps."""
    render, content_type = FILES[view_format]
    response = HttpResponse(render(document), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_stem(document)}.{view_format.value}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
