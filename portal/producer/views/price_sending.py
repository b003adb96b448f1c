"""Sending a carbon price claim, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.forms import DeclarationForm, WithdrawForm, scheme_name
from portal.producer.prices.progress import price_progress
from portal.producer.progress import what_comes_next
from portal.producer.views.claims import may_withdraw
from portal.producer.views.prices import own_price_claim
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from verification.claims.enums import ClaimState
from verification.claims.models import Claim
from verification.claims.price_content import price_content
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import submit_claim, withdraw_claim
from verification.kernel.errors import Conflict, InvalidInput


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_check(request: HttpRequest, pk: object) -> HttpResponse:
    """Everything that will be sent on one page, the declaration, and the button."""
    actor = actor_of(request)
    claim = own_price_claim(actor, pk)
    _demand_state(claim, ClaimState.DRAFT)
    form = DeclarationForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            submit_claim(claim, actor=actor, has_declared=form.cleaned_data["declaration"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            return redirect("producer:price_sent", claim.pk)
    context = {
        "claim": claim,
        "scheme": scheme_name(claim.scheme),
        "progress": price_progress(claim),
        "content": price_content(claim),
        "form": form,
        "files": evidence_of(claim),
    }
    return render(request, "producer/prices/check.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def price_sent(request: HttpRequest, pk: object) -> HttpResponse:
    """The number to remember, and what happens next."""
    claim = own_price_claim(actor_of(request), pk)
    if claim.submitted_at is None:
        return redirect("producer:price", claim.pk)
    step = claim.steps.filter(name="submit").select_related("snapshot").last()
    context = {"claim": claim, "snapshot": step.snapshot if step else None, "comes_next": what_comes_next()[1:]}
    return render(request, "producer/prices/sent.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_withdraw(request: HttpRequest, pk: object) -> HttpResponse:
    """Ask, naming the claim, then take it back."""
    actor = actor_of(request)
    claim = own_price_claim(actor, pk)
    if not may_withdraw(claim):
        raise Conflict(
            _("The claim is “%(state)s” and cannot be withdrawn now.") % {"state": claim.get_state_display()}
        )
    form = WithdrawForm(posted(request))
    if form.is_bound and form.is_valid():
        withdraw_claim(claim, actor=actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Claim %(number)s was withdrawn.") % {"number": claim.number})
        return redirect("producer:price", claim.pk)
    return render(request, "producer/prices/withdraw.html", {"claim": claim, "form": form})


def _demand_state(claim: Claim, state: ClaimState) -> None:
    if claim.state != state:
        raise Conflict(_("The claim is “%(state)s” now.") % {"state": claim.get_state_display()})
