"""Checking, sending and withdrawing a unit claim."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_forms import DeclarationForm, WithdrawForm, scheme_name
from portal.ui.forms import posted
from portal.units.findings import grouped
from portal.units.gauge import gauge_of
from portal.units.lookups import own_unit_claim_or_404
from portal.units.progress import progress_of, what_comes_next
from portal.units.views.claims import may_withdraw
from verification.checks.model import Severity
from verification.claims.enums import ClaimState
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import submit_claim, withdraw_claim
from verification.claims.unit_content import OFFERED
from verification.kernel.errors import Conflict, InvalidInput, Problem

BLOCKS_SHOWN = 10
PROBLEMS_SHOWN = 20


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_check(request: HttpRequest, pk: object) -> HttpResponse:
    """Everything that will be sent on one page, all findings, the limit, the declaration and the button."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    _demand_state(claim, ClaimState.DRAFT)
    form = DeclarationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            submit_claim(claim, actor=actor, has_declared=form.cleaned_data["declaration"])
        except InvalidInput as refusal:
            form.add_problems(shortened(refusal))
        else:
            return redirect("units:claim_sent", claim.pk)
    findings = findings_on_draft(claim)
    groups = grouped(findings)
    context = {
        "claim": claim,
        "scheme": scheme_name(claim.scheme),
        "progress": progress_of(claim, with_obstacles=False),
        "form": form,
        "blocks": claim.blocks.filter(state__in=OFFERED)[:BLOCKS_SHOWN],
        "letters": claim.authorisations.all(),
        "files": evidence_of(claim),
        "gauge": gauge_of(claim),
        "groups": groups,
        "stopping": [group for group in groups if group.severity == Severity.BLOCK],
        "is_sendable": not any(group.severity == Severity.BLOCK for group in groups) and claim.blocks.exists(),
    }
    return render(request, "units/claim_check.html", context)


@signed_in
@require_safe
def claim_sent(request: HttpRequest, pk: object) -> HttpResponse:
    """The number to remember, and what happens next."""
    claim = own_unit_claim_or_404(actor_of(request), pk)
    if claim.submitted_at is None:
        return redirect("units:claim", claim.pk)
    step = claim.steps.filter(name="submit").select_related("snapshot").last()
    context = {"claim": claim, "snapshot": step.snapshot, "comes_next": what_comes_next()[1:]}
    return render(request, "units/claim_sent.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_withdraw(request: HttpRequest, pk: object) -> HttpResponse:
    """Ask, naming the claim, then take it back; its serials are free again."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    if not may_withdraw(claim):
        raise Conflict(
            _("The claim is “%(state)s” and cannot be withdrawn now.") % {"state": claim.get_state_display()}
        )
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        withdraw_claim(claim, actor=actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Claim %(number)s was withdrawn.") % {"number": claim.number})
        return redirect("units:claim", claim.pk)
    return render(request, "units/claim_withdraw.html", {"claim": claim, "form": form})


def _demand_state(claim: Claim, state: ClaimState) -> None:
    if claim.state != state:
        raise Conflict(_("The claim is “%(state)s” now.") % {"state": claim.get_state_display()})


def shortened(refusal: InvalidInput) -> InvalidInput:
    """The same thing said of ten thousand blocks is said once, with how often."""
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in refusal.problems:
        kinds.setdefault((problem.code, problem.message, problem.field), []).append(problem)
    return InvalidInput(refusal.summary, [members[0] for members in kinds.values()][:PROBLEMS_SHOWN])
