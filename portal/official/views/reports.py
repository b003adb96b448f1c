"""The legal reports of a claim as officials see them: every report, of the numbers sealed last."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.official.kinds import reported_claim_or_404
from portal.ui.actors import actor_of
from portal.ui.reports import document_or_404, format_or_404, name_from, report_file, slug_of
from verification.claims.findings import last_snapshot
from verification.claims.models import Claim
from verification.disclosure.assembly import names_of_reports, report_named, source_of_snapshot
from verification.disclosure.documents.source import NothingToReport, Source
from verification.disclosure.presentation import printed
from verification.disclosure.selectors import disclosures_for


@official_only
@require_safe
def claim_reports(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    claim = reported_claim_or_404(actor, pk)
    try:
        source = _source(claim)
    except NothingToReport:
        reports = []
    else:
        reports = [
            {"slug": slug_of(name), "document": report_named(source, name), "name": name}
            for name in names_of_reports(source)
        ]
    context = {
        "claim": claim,
        "reports": reports,
        "snapshot": last_snapshot(claim),
        "grants": disclosures_for(actor, claim),
    }
    return render(request, "official/reports.html", context)


@official_only
@require_safe
def claim_report(request: HttpRequest, pk: object, name: str) -> HttpResponse:
    claim = reported_claim_or_404(actor_of(request), pk)
    document = document_or_404(_source_or_404(claim), name_from(name))
    return render(request, "official/report.html", {"claim": claim, "shown": printed(document), "slug": name})


@official_only
@require_safe
def claim_report_download(request: HttpRequest, pk: object, name: str, form: str) -> HttpResponse:
    claim = reported_claim_or_404(actor_of(request), pk)
    view_format = format_or_404(form)
    return report_file(document_or_404(_source_or_404(claim), name_from(name)), view_format)


def _source(claim: Claim) -> Source:
    return source_of_snapshot(last_snapshot(claim))


def _source_or_404(claim: Claim) -> Source:
    try:
        return _source(claim)
    except NothingToReport as nothing:
        raise Http404 from nothing
