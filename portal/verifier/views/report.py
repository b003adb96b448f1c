"""The sealed report as its verifier sees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.verification_report import verification_report_context, verification_report_file
from portal.verifier.lookups import own_engagement_or_404


@signed_in
@require_safe
def engagement_report(request: HttpRequest, pk: object) -> HttpResponse:
    found = own_engagement_or_404(actor_of(request), pk)
    context = verification_report_context(getattr(found, "statement", None))
    return render(request, "verifier/engagement_report.html", context | {"engagement": found})


@signed_in
@require_safe
def engagement_report_file(request: HttpRequest, pk: object, form: str) -> HttpResponse:
    found = own_engagement_or_404(actor_of(request), pk)
    return verification_report_file(getattr(found, "statement", None), form)
