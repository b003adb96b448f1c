"""Reports that producers share with the importer. Each look is written down before the report is handed out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.pagination import keyset_page
from portal.ui.reports import document_or_404, format_or_404, report_file
from verification.audit.actors import Actor
from verification.disclosure.assembly import ReportName, source_of_snapshot
from verification.disclosure.documents.shape import Document
from verification.disclosure.enums import Level, ViewFormat
from verification.disclosure.models import Disclosure
from verification.disclosure.presentation import printed
from verification.disclosure.selectors import shared_with
from verification.disclosure.services import record_view
from verification.kernel.errors import NotAllowed
from verification.registry.selectors import organisations_for


@signed_in
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What is shared with the person's organisations now, the newest first."""
    actor = actor_of(request)
    if not organisations_for(actor).filter(is_importer=True).exists():
        raise Http404
    page = keyset_page(
        shared_with(actor).defer("snapshot__content"),
        order=("-granted_at", "-id"),
        cursor=request.GET.get("cursor", ""),
    )
    return render(request, "importer/reports.html", {"page": page})


@signed_in
@require_safe
def report(request: HttpRequest, pk: object) -> HttpResponse:
    """The report at the level of the grant, and nothing else."""
    grant, document = _handed_out(actor_of(request), pk, ViewFormat.PAGE)
    return render(request, "importer/report.html", {"grant": grant, "shown": printed(document)})


@signed_in
@require_safe
def report_download(request: HttpRequest, pk: object, form: str) -> HttpResponse:
    view_format = format_or_404(form)
    _grant, document = _handed_out(actor_of(request), pk, view_format)
    return report_file(document, view_format)


def _handed_out(actor: Actor, pk: object, view_format: ViewFormat) -> tuple[Disclosure, Document]:
    """The grant and its report, once the log says so. What is not shared, or no longer, does not exist."""
    grant = get_object_or_404(shared_with(actor), pk=pk)
    name = ReportName(Level(grant.level), grant.addendum)
    document = document_or_404(source_of_snapshot(grant.snapshot), name)
    try:
        record_view(grant, actor=actor, document=document.schema, view_format=view_format)
    except NotAllowed as refusal:
        raise Http404 from refusal
    return grant, document
