"""After the approval: events that strike accepted units, the host country's adjustment, and the account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.official.access import official_only, sent_claim_or_404
from portal.official.forms_units import AdjustmentForm, ReversalCloseForm, ReversalForm
from portal.official.unit_panel import BLOCK_SHAPES, BLOCKS_SHOWN
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from verification.audit.actors import Actor
from verification.certificates.selectors import certificate_of
from verification.claims.enums import BlockState, ClaimKind, ReversalOutcome
from verification.claims.models import AdjustmentEvent, UnitBlock
from verification.claims.selectors import claims_for, reversals_for
from verification.claims.services.unit_events import close_reversal, record_adjustment, record_reversal
from verification.kernel import clock
from verification.kernel.errors import InvalidInput
from verification.ledger.selectors import account_of, accounts_for

IN_FORCE = (BlockState.ACCEPTED, BlockState.SUSPENDED)
ENTRIES_SHOWN = 50
OUTCOME_SHAPES = {
    ReversalOutcome.OPEN.value: "act",
    ReversalOutcome.REPLACED.value: "done",
    ReversalOutcome.LIFTED.value: "valid",
    ReversalOutcome.REVOKED.value: "stop",
}


@official_only
@require_safe
def claim_events(request: HttpRequest, pk: object) -> HttpResponse:
    """Accepted blocks, and everything that happened to them since."""
    actor = actor_of(request)
    claim = get_object_or_404(_decided_unit_claims(actor), pk=pk)
    page = keyset_page(
        claim.blocks.filter(state__in=IN_FORCE),
        order=("position", "id"),
        cursor=request.GET.get("cursor", ""),
        size=BLOCKS_SHOWN,
    )
    events = reversals_for(actor).filter(claim=claim).order_by("-recorded_at", "-pk")
    context = {
        "claim": claim,
        "page": page,
        "rows": [(block, BLOCK_SHAPES[BlockState(block.state)]) for block in page],
        "reversals": [(event, OUTCOME_SHAPES[event.outcome]) for event in events[:ENTRIES_SHOWN]],
        "adjustments": AdjustmentEvent.objects.filter(block__claim=claim)
        .select_related("block", "recorded_by")
        .order_by("-recorded_at", "-pk")[:ENTRIES_SHOWN],
        "account": account_of(claim.organisation, claim.scheme, claim.period_start),
        "certificate": certificate_of(claim),
        "today": clock.today(),
        "may_record": _may_record(actor),
    }
    return render(request, "official/claim_events.html", context)


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def reversal_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that something struck accepted units; until it is closed they cannot be used."""
    actor = actor_of(request)
    block = _block_or_404(actor, pk)
    initial = {"first": block.first, "last": block.last, "effective_on": clock.today()}
    form = ReversalForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            event = record_reversal(block, actor=actor, details=form.details)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(
                request, _("Recorded. %(t)s t are suspended until the event is closed.") % {"t": event.quantity}
            )
            return redirect("official:claim_events", pk=block.claim_id)
    return _form_page(request, "official/reversal_record.html", block, form)


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what became known of authorisation and corresponding adjustment."""
    actor = actor_of(request)
    block = _block_or_404(actor, pk)
    form = AdjustmentForm(posted(request), initial={"state": block.adjustment_state, "known_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_adjustment(block, actor=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("The state of the adjustment is recorded."))
            return redirect("official:claim_events", pk=block.claim_id)
    return _form_page(request, "official/adjustment_record.html", block, form)


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def reversal_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End an event: found unfounded, or the units are lost. Losing them takes a second person."""
    actor = actor_of(request)
    event = get_object_or_404(reversals_for(actor), pk=pk)
    form = ReversalCloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            close_reversal(
                event,
                actor=actor,
                outcome=ReversalOutcome(form.cleaned_data["outcome"]),
                reason=form.cleaned_data["reason"],
            )
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("The event is closed."))
            return redirect("official:claim_events", pk=event.claim_id)
    context = {"claim": event.claim, "event": event, "form": form, "is_own": str(event.recorded_by_id) == actor.id}
    return render(request, "official/reversal_close.html", context | {"is_open": event.outcome == ReversalOutcome.OPEN})


@official_only
@require_safe
def unit_account(request: HttpRequest, pk: int) -> HttpResponse:
    """The balance of a party's period, with every entry, the newest first."""
    actor = actor_of(request)
    account = get_object_or_404(accounts_for(actor), pk=pk)
    entries = account.entries.select_related("actor")
    page = keyset_page(entries, order=("-id",), cursor=request.GET.get("cursor", ""), size=ENTRIES_SHOWN)
    claims = _decided_unit_claims(actor).filter(
        organisation=account.organisation, scheme=account.scheme, period_start=account.period_start
    )
    room_t = max(account.limit_t - account.counted_t, 0)
    context = {"account": account, "page": page, "claims": claims.order_by("number"), "room_t": room_t}
    return render(request, "official/unit_account.html", context)


def _form_page(request: HttpRequest, template: str, block: UnitBlock, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {"claim": block.claim, "block": block, "form": form}
    return render(request, template, context)


def _decided_unit_claims(actor: Actor):  # type: ignore[no-untyped-def]
    return claims_for(actor).filter(kind=ClaimKind.UNITS).exclude(decided_at=None).defer("reading")


def _block_or_404(actor: Actor, pk: int) -> UnitBlock:
    """A block whose units are in force, of a claim that was decided."""
    block = get_object_or_404(UnitBlock.objects.select_related("claim"), pk=pk, state__in=IN_FORCE)
    sent_claim_or_404(actor, block.claim_id)
    return block


def _may_record(actor: Actor) -> bool:
    return actor.has_role("reviewer") or actor.has_role("approver")
