"""Correcting what was approved, going on with a new year, and seeing what changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.comparison import comparison_of, states_of
from verification.claims.workflow import EDITABLE_STATES
from verification.determination.claim_entry import amend_claim, renew_claim


@signed_in
@require_safe
def claim_changes(request: HttpRequest, pk: object) -> HttpResponse:
    """Two states of the claim beside each other, field by field."""
    claim = own_claim_or_404(actor_of(request), pk)
    states = states_of(claim, with_draft=claim.state in EDITABLE_STATES)
    return render(request, "producer/claim_changes.html", {"claim": claim, **comparison_of(states, request.GET)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_amend(request: HttpRequest, pk: object) -> HttpResponse:
    """A new claim for the same year that replaces an approved one when it is approved itself."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    if request.method == "POST":
        newer = amend_claim(claim, actor=actor)
        messages.success(request, _("Claim %(number)s amends this one.") % {"number": newer.number})
        return redirect("producer:claim", newer.pk)
    return render(request, "producer/claim_amend.html", {"claim": claim})


@signed_in
@require_POST
def claim_renew(request: HttpRequest, pk: object) -> HttpResponse:
    """A claim for the next year that starts with everything of this one but its numbers."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    newer = renew_claim(claim, actor=actor)
    messages.success(
        request,
        _("Claim %(number)s for %(year)s was started. The numbers of the year are still to be given.")
        % {"number": newer.number, "year": newer.period_start.year},
    )
    return redirect("producer:claim", newer.pk)
