"""The advance answer: asked before anything is retired, for nobody can undo a retirement."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.units.findings import grouped
from portal.units.gauge import gauge_of
from portal.units.lookups import own_unit_claim_or_404
from verification.claims.enums import ClaimState
from verification.claims.findings import findings_on_draft
from verification.claims.services.pre_checks import ask_pre_check, take_back_pre_check
from verification.kernel.errors import InvalidInput


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_pre_check(request: HttpRequest, pk: object) -> HttpResponse:
    """What the checks say already, the button to ask, and every answer that was given."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    refusal: InvalidInput | None = None
    if request.method == "POST":
        try:
            ask_pre_check(claim, actor=actor)
        except InvalidInput as error:
            refusal = error
        else:
            messages.success(request, _("You asked for an advance answer. We write to you when it is there."))
            return redirect("units:claim_pre_check", claim.pk)
    is_draft = claim.state == ClaimState.DRAFT
    context = {
        "claim": claim,
        "refusal": refusal,
        "is_draft": is_draft,
        "is_waiting": claim.state == ClaimState.PRE_CHECK,
        "groups": grouped(findings_on_draft(claim)) if is_draft else [],
        "gauge": gauge_of(claim) if is_draft else None,
        "answers": claim.pre_checks.select_related("snapshot").order_by("-asked_at", "-pk"),
    }
    return render(request, "units/claim_pre_check.html", context, status=422 if refusal else 200)


@signed_in
@require_POST
def claim_pre_check_take_back(request: HttpRequest, pk: object) -> HttpResponse:
    """Go on without an answer."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    take_back_pre_check(claim, actor=actor)
    messages.success(request, _("The question was taken back. You can change the claim again."))
    return redirect("units:claim", claim.pk)
