from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.forms import DeclarationForm, WithdrawForm, scheme_name
from portal.producer.lookups import own_claim_or_404
from portal.producer.progress import progress_of, what_comes_next
from portal.producer.views.claims import may_withdraw
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.goods import goods_of
from verification.claims.enums import ClaimState
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import submit_claim, withdraw_claim
from verification.kernel.errors import Conflict, InvalidInput


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_check(request: HttpRequest, pk: object) -> HttpResponse:
    """Everything that will be sent on one page, the declaration, and the button."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    _demand_state(claim, ClaimState.DRAFT)
    form = DeclarationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            submit_claim(claim, actor=actor, has_declared=form.cleaned_data["declaration"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            return redirect("producer:claim_sent", claim.pk)
    context = {
        "claim": claim,
        "scheme": scheme_name(claim.scheme),
        "progress": progress_of(claim),
        "form": form,
        "goods": goods_of(claim.reading) if claim.reading else [],
        "files": evidence_of(claim),
    }
    return render(request, "producer/claim_check.html", context)


@signed_in
@require_safe
def claim_sent(request: HttpRequest, pk: object) -> HttpResponse:
    """The number to remember, and what happens next."""
    claim = own_claim_or_404(actor_of(request), pk)
    if claim.submitted_at is None:
        return redirect("producer:claim", claim.pk)
    step = claim.steps.filter(name="submit").select_related("snapshot").last()
    context = {"claim": claim, "snapshot": step.snapshot, "comes_next": what_comes_next()[1:]}
    return render(request, "producer/claim_sent.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_withdraw(request: HttpRequest, pk: object) -> HttpResponse:
    """Ask, naming the claim, then take it back."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    if not may_withdraw(claim):
        raise Conflict(
            _("The claim is “%(state)s” and cannot be withdrawn now.") % {"state": claim.get_state_display()}
        )
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        withdraw_claim(claim, actor=actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Claim %(number)s was withdrawn.") % {"number": claim.number})
        return redirect("producer:claim", claim.pk)
    return render(request, "producer/claim_withdraw.html", {"claim": claim, "form": form})


def _demand_state(claim: Claim, state: ClaimState) -> None:
    if claim.state != state:
        raise Conflict(_("The claim is “%(state)s” now.") % {"state": claim.get_state_display()})
