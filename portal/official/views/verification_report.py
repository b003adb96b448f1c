"""The verifier's sealed report on the numbers that an official examines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.official.kinds import reported_claim_or_404
from portal.ui.actors import actor_of
from portal.ui.verification_report import verification_report_context, verification_report_file
from verification.claims.findings import last_snapshot
from verification.claims.selectors import statement_for_snapshot


@official_only
@require_safe
def claim_verification(request: HttpRequest, pk: object) -> HttpResponse:
    claim = reported_claim_or_404(actor_of(request), pk)
    context = verification_report_context(statement_for_snapshot(last_snapshot(claim).pk))
    return render(request, "official/verification_report.html", context | {"claim": claim})


@official_only
@require_safe
def claim_verification_file(request: HttpRequest, pk: object, form: str) -> HttpResponse:
    claim = reported_claim_or_404(actor_of(request), pk)
    return verification_report_file(statement_for_snapshot(last_snapshot(claim).pk), form)
