"""The history of a claim as the audit record tells it, and the file of the case."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from portal.official.access import official_only, sent_claim_or_404
from portal.ui.actors import actor_of
from portal.ui.case_files import case_file_response
from portal.ui.pagination import keyset_page
from verification.casefile.policy import view_for
from verification.casefile.selectors import events_about, subjects_of
from verification.casefile.telling import told

PAGE_SIZE = 100


@official_only
@require_safe
def audit(request: HttpRequest, pk: object) -> HttpResponse:
    """What was recorded about the claim and everything that hangs on it, event by event."""
    actor = actor_of(request)
    found = sent_claim_or_404(actor, pk)
    events = events_about(found, subjects_of(found))
    page = keyset_page(events, order=("sequence",), cursor=request.GET.get("cursor", ""), size=PAGE_SIZE)
    context = {"claim": found, "events": told(page), "page": page, "may_export": view_for(actor, found) is not None}
    return render(request, "official/audit.html", context)


@official_only
@require_POST
def case_file(request: HttpRequest, pk: object) -> HttpResponseBase:
    actor = actor_of(request)
    return case_file_response(actor, sent_claim_or_404(actor, pk))
