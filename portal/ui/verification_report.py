"""The verifier's sealed report on pages and as files, the same for everyone who may see it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from portal.ui.reports import format_or_404, report_file
from verification.claims.models import VerificationStatement
from verification.claims.verifier_selectors import sealed_report_of
from verification.disclosure.enums import ViewFormat
from verification.disclosure.presentation import printed
from verification.disclosure.verification import document_of


def verification_report_context(statement: VerificationStatement | None) -> dict[str, Any]:
    """What ``components/verification_report.html`` takes. Raises ``Http404`` where no report was sealed."""
    statement, sealed_report = _sealed_or_404(statement)
    return {
        "statement": statement,
        "sealed_report": sealed_report,
        "shown": printed(document_of(statement, sealed_report)),
    }


def verification_report_file(statement: VerificationStatement | None, form: str) -> HttpResponse:
    """The sealed content byte for byte, or the document to read as PDF."""
    statement, sealed_report = _sealed_or_404(statement)
    view_format = format_or_404(form)
    response = report_file(document_of(statement, sealed_report), view_format)
    if view_format is ViewFormat.JSON:
        response.content = sealed_report.content.encode()
    return response


def _sealed_or_404(statement: VerificationStatement | None) -> tuple[VerificationStatement, Any]:
    sealed_report = sealed_report_of(statement) if statement else None
    if statement is None or sealed_report is None:
        raise Http404
    return statement, sealed_report
