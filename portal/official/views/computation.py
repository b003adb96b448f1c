"""How the numbers of the last snapshot were computed, for officials."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.official.kinds import reported_claim_or_404
from portal.official.numbers import content_of_snapshot
from portal.ui.actors import actor_of
from portal.ui.computation.page import computation_context, csv_response, json_response
from portal.ui.computation.recalculation import Recalculation, recalculation_of
from verification.claims.findings import last_snapshot
from verification.claims.models import Claim, Snapshot


@official_only
@require_safe
def claim_computation(request: HttpRequest, pk: object) -> HttpResponse:
    """Every step from the cells of the workbook, or the answers, to the value that was sealed."""
    claim, snapshot, recalculation = _of(request, pk)
    context = computation_context(recalculation, request.GET.get("show", ""), lambda path: "")
    return render(request, "official/claim_computation.html", context | {"claim": claim, "snapshot": snapshot})


@official_only
@require_safe
def claim_computation_json(request: HttpRequest, pk: object) -> HttpResponse:
    claim, _snapshot, recalculation = _of(request, pk)
    return json_response(recalculation, claim.number)


@official_only
@require_safe
def claim_computation_csv(request: HttpRequest, pk: object) -> HttpResponse:
    claim, _snapshot, recalculation = _of(request, pk)
    return csv_response(recalculation, claim.number)


def _of(request: HttpRequest, pk: object) -> tuple[Claim, Snapshot, Recalculation]:
    """Raises ``Http404`` also where the snapshot holds no report."""
    claim = reported_claim_or_404(actor_of(request), pk)
    snapshot = last_snapshot(claim)
    recalculation = recalculation_of(claim, content_of_snapshot(snapshot)["reading"])
    if recalculation is None:
        raise Http404
    return claim, snapshot, recalculation
