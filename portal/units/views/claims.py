"""The party's unit claims and balances, starting a claim, and the claim's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_forms import scheme_name
from portal.ui.claim_history import history_of
from portal.ui.due_process.pages import procedure_context
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from portal.units.forms import StatementForm, UnitClaimStartForm
from portal.units.frames import UNITS
from portal.units.gauge import gauge_of
from portal.units.lookups import own_accounts, own_certificate_of, own_unit_claim_or_404, own_unit_claims, parties_of
from portal.units.outcome import outcome_of
from portal.units.progress import complete_count, progress_of, tasks_of, what_comes_next
from portal.units.schemes import CHANNEL_WORDS, schemes_on
from verification.certificates.selectors import status_of
from verification.claims.enums import ClaimState, ReversalOutcome
from verification.claims.models import Claim, ReversalEvent
from verification.claims.services.units import say_statement, start_unit_claim
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import InvalidInput

BALANCES_SHOWN = 20


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Balances first, then every unit claim of the person's organisations, the newest first."""
    actor = actor_of(request)
    parties_of(actor)
    rows = own_unit_claims(actor)
    state = request.GET.get("state", "")
    if state in ClaimState.values:
        rows = rows.filter(state=state)
    balances = list(own_accounts(actor).order_by("-period_start", "scheme", "pk")[:BALANCES_SHOWN])
    page = keyset_page(rows, cursor=request.GET.get("cursor", ""))
    schemes = {code: scheme_name(code) for code in {row.scheme for row in (*page, *balances)}}
    context = {
        "page": page,
        "claims": [(row, schemes[row.scheme]) for row in page],
        "balances": [(account, schemes[account.scheme]) for account in balances],
        "states": ClaimState.choices,
        "state": state,
        "to_replace": own_reversals(actor.organisation_ids),
    }
    return render(request, "units/home.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_start(request: HttpRequest) -> HttpResponse:
    """Whose units, which scheme, which year; what each scheme says stands beside it."""
    actor = actor_of(request)
    form = UnitClaimStartForm(
        posted(request), organisations=parties_of(actor), initial={"year": clock.today().year - 1}
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            claim = start_unit_claim(chosen["organisation"], scheme=chosen["scheme"], year=chosen["year"], actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Claim %(number)s was started.") % {"number": claim.number})
            return redirect("units:claim", claim.pk)
    return render(request, "units/claim_start.html", {"form": form, "schemes": schemes_on(clock.today())})


@signed_in
@require_safe
def claim(request: HttpRequest, pk: object) -> HttpResponse:
    """The task list of a draft; of a sent claim, where it is, what was decided and what happened since."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    progress = progress_of(claim)
    tasks = tasks_of(progress)
    certificate = own_certificate_of(actor, claim)
    context = {
        "claim": claim,
        "scheme": scheme_name(claim.scheme),
        "channel": CHANNEL_WORDS[claim.unit_details.channel],
        "progress": progress,
        "tasks": tasks,
        "complete": complete_count(tasks),
        "gauge": gauge_of(claim),
        "history": history_of(claim),
        "comes_next": what_comes_next(),
        "outcome": outcome_of(claim),
        "certificate": certificate,
        "certificate_status": status_of(certificate) if certificate else None,
        "may_withdraw": may_withdraw(claim),
        **procedure_context(claim, UNITS),
    }
    return render(request, "units/claim.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_statement(request: HttpRequest, pk: object) -> HttpResponse:
    """The party's own words."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    form = StatementForm(posted(request), initial={"statement": claim.unit_details.statement})
    if request.method == "POST" and form.is_valid():
        say_statement(claim, actor=actor, statement=form.cleaned_data["statement"])
        messages.success(request, _("Saved."))
        return redirect("units:claim", claim.pk)
    return render(request, "units/claim_statement.html", {"claim": claim, "form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_replace(request: HttpRequest, pk: object, event_pk: int) -> HttpResponse:
    """Ask, then start a claim whose units stand in for those that an event struck."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    event = get_object_or_404(claim.reversals.select_related("block", "claim"), pk=event_pk)
    if request.method == "POST":
        newer = start_unit_claim(
            claim.organisation, scheme=claim.scheme, year=claim.period_start.year, actor=actor, replaces=event
        )
        messages.success(
            request,
            _("Claim %(number)s was started. Its units replace those that were lost.") % {"number": newer.number},
        )
        return redirect("units:claim", newer.pk)
    return render(request, "units/claim_replace.html", {"claim": claim, "event": event})


def may_withdraw(claim: Claim) -> bool:
    return claim.state in TRANSITIONS["withdraw"].sources


def own_reversals(organisation_ids: Any) -> list[ReversalEvent]:
    """Events that still wait for a replacement, the most urgent first."""
    waiting = ReversalEvent.objects.filter(
        claim__organisation_id__in=organisation_ids, outcome=ReversalOutcome.OPEN
    ).select_related("claim", "block")
    return list(waiting.order_by("replacement_due_on", "pk")[:BALANCES_SHOWN])
