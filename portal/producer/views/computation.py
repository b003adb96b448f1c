from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.producer.entry.steps import address_of
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.computation.page import computation_context, csv_response, json_response
from portal.ui.computation.recalculation import Recalculation, recalculation_of
from verification.accounting.entry.gaps import field_of
from verification.claims.models import Claim
from verification.claims.workflow import EDITABLE_STATES


@signed_in
@require_safe
def claim_computation(request: HttpRequest, pk: object) -> HttpResponse:
    """Every step from the fields of the form, or the cells of the workbook, to the value."""
    claim = own_claim_or_404(actor_of(request), pk)
    recalculation = recalculation_of(claim, claim.reading) if claim.reading else None
    if recalculation is None:
        return redirect("producer:claim_results", claim.pk)
    is_editable = claim.state in EDITABLE_STATES

    def address(path: str) -> str:
        return address_of(claim, {"field": field_of(recalculation.report, path)}) if is_editable else ""

    context = computation_context(recalculation, request.GET.get("show", ""), address)
    return render(request, "producer/claim_computation.html", context | {"claim": claim})


@signed_in
@require_safe
def claim_computation_json(request: HttpRequest, pk: object) -> HttpResponse:
    claim, recalculation = _of(request, pk)
    return json_response(recalculation, claim.number)


@signed_in
@require_safe
def claim_computation_csv(request: HttpRequest, pk: object) -> HttpResponse:
    claim, recalculation = _of(request, pk)
    return csv_response(recalculation, claim.number)


def _of(request: HttpRequest, pk: object) -> tuple[Claim, Recalculation]:
    """Raises ``Http404`` also where the claim has no numbers."""
    claim = own_claim_or_404(actor_of(request), pk)
    recalculation = recalculation_of(claim, claim.reading) if claim.reading else None
    if recalculation is None:
        raise Http404
    return claim, recalculation
