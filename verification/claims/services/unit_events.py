"""What officials do with the blocks of a unit claim: accept in part, and record what happens to units later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import (
    AdjustmentState,
    BlockState,
    ClaimState,
    ReversalKind,
    ReversalOutcome,
)
from verification.claims.kinds import address_of
from verification.claims.models import AdjustmentEvent, Claim, ReversalEvent, UnitBlock
from verification.claims.unit_rules import class_of, rules_for
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed, Problem
from verification.ledger.models import UnitAccount
from verification.ledger.selectors import account_of
from verification.ledger.services import lose_units, restore_units, suspend_units
from verification.notifications.services import notify
from verification.registry.selectors import members_of

RULE = "Rule of the portal: every act on units is recorded with its ground"


@transaction.atomic
def set_acceptance(claim: Claim, *, actor: Actor, position: int, quantity: int | None, reason: str) -> UnitBlock:
    """How many units of a block the reviewer would accept, the first of them; ``None`` leaves it to the limit.

    Raises ``InvalidInput`` for more than the block holds, and for fewer without a reason.
    """
    policy.demand_reviewer(actor, claim)
    if claim.state != ClaimState.IN_REVIEW:
        raise Conflict("Blocks are judged while the claim is in review.")
    block = claim.blocks.select_for_update().filter(position=position, state=BlockState.RESERVED).first()
    if block is None:
        raise Conflict(f"The claim has no block {position} that is under examination.")
    problems = []
    if quantity is not None and not 0 <= quantity <= block.quantity:
        problems.append(_wrong("quantity", str(quantity), f"0 to {block.quantity:,} units"))
    if quantity is not None and quantity < block.quantity and not reason.strip():
        problems.append(_wrong("reason", "nothing", "why not all of the block is accepted"))
    if problems:
        raise InvalidInput("The block was not judged.", problems)
    block.accepted_quantity, block.acceptance_reason = quantity, reason.strip()[:300]
    block.save(update_fields=["accepted_quantity", "acceptance_reason"])
    _note(claim, actor, "acceptance_set", block=position, quantity=quantity, reason=block.acceptance_reason)
    return block


@dataclass(frozen=True)
class ReversalDetails:
    """What struck the units ``first`` to ``last`` of a block, by whose word, and until when they may be replaced."""

    kind: ReversalKind
    first: int
    last: int
    effective_on: date
    source: str
    replacement_due_on: date


@transaction.atomic
def record_reversal(block: UnitBlock, *, actor: Actor, details: ReversalDetails) -> ReversalEvent:
    """Record an event. The units it strikes cannot be drawn until it is closed; the claimant is told the deadline.

    Raises ``InvalidInput`` for serials outside of the block, without a source, or with a deadline that is over.
    """
    _demand_official(actor, block.claim)
    problems = []
    if not block.first <= details.first <= details.last <= block.last:
        problems.append(_wrong("first", f"{details.first} to {details.last}", f"within {block.first} to {block.last}"))
    if not details.source.strip():
        problems.append(_wrong("source", "nothing", "where the event is published"))
    if details.replacement_due_on <= clock.today():
        problems.append(_wrong("replacement_due_on", details.replacement_due_on.isoformat(), "a day to come"))
    if block.reversals.filter(outcome=ReversalOutcome.OPEN, first__lte=details.last, last__gte=details.first).exists():
        problems.append(_wrong("first", f"{details.first} to {details.last}", "serials that no open event strikes"))
    if problems:
        raise InvalidInput("The event was not recorded.", problems)
    if block.state not in (BlockState.ACCEPTED, BlockState.SUSPENDED):
        raise Conflict("Only accepted units can be struck by an event.")
    event = ReversalEvent(
        claim=block.claim,
        block=block,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
        **{**vars(details), "source": details.source.strip()},
    )
    event.save(force_insert=True)
    UnitBlock.objects.filter(pk=block.pk).update(state=BlockState.SUSPENDED)
    account = _account(block.claim)
    note = f"block {block.position}, {details.first} to {details.last}: {ReversalKind(details.kind).label}"
    suspend_units(account, event.quantity, reference=block.claim.number, note=note, actor=actor)
    _note(block.claim, actor, "struck", block=block.position, kind=details.kind, first=event.first, last=event.last)
    notify(
        members_of(block.claim.organisation_id),
        "units_struck",
        address=address_of(block.claim),
        claim=block.claim.number,
        event=ReversalKind(details.kind).label,
        tonnes=f"{event.quantity:,}",
        effective_on=details.effective_on.isoformat(),
        due_on=details.replacement_due_on.isoformat(),
    )
    return event


@transaction.atomic
def close_reversal(event: ReversalEvent, *, actor: Actor, outcome: ReversalOutcome, reason: str) -> ReversalEvent:
    """Found unfounded, replaced by other accepted units, or lost. Whoever recorded it may not close it alone as lost.

    Raises ``Conflict`` where it is closed already.
    """
    _demand_official(actor, event.claim)
    if outcome == ReversalOutcome.OPEN or not reason.strip():
        raise InvalidInput("The event was not closed.", [_wrong("reason", "nothing", "the outcome and its reason")])
    if outcome == ReversalOutcome.REVOKED and str(event.recorded_by_id) == actor.id:
        raise NotAllowed("You recorded this event. A different person must take the units away.")
    changed = ReversalEvent.objects.filter(pk=event.pk, outcome=ReversalOutcome.OPEN).update(
        outcome=outcome, closed_at=clock.now(), closing_reason=reason.strip()
    )
    if changed != 1:
        raise Conflict("This event was closed a moment ago.")
    event.refresh_from_db()
    account, block = _account(event.claim), event.block
    note = f"block {block.position}, {event.first} to {event.last}: {ReversalOutcome(outcome).label}"
    if outcome == ReversalOutcome.LIFTED:
        restore_units(account, event.quantity, reference=event.claim.number, note=note, actor=actor)
    else:
        unit_class = class_of(rules_for(event.claim), block.unit_type)
        lose_units(account, event.quantity, reference=event.claim.number, note=note, actor=actor, unit_class=unit_class)
    if not block.reversals.filter(outcome=ReversalOutcome.OPEN).exists():
        UnitBlock.objects.filter(pk=block.pk).update(state=BlockState.ACCEPTED)
    _note(event.claim, actor, "event_closed", block=block.position, outcome=outcome, reason=reason.strip())
    return event


@transaction.atomic
def record_adjustment(
    block: UnitBlock, *, actor: Actor, state: AdjustmentState, source: str, known_on: date
) -> AdjustmentEvent:
    """Record what became known of the host's corresponding adjustment; the newest entry is the block's state."""
    _demand_official(actor, block.claim)
    if not source.strip() or known_on > clock.today():
        raise InvalidInput(
            "The state was not recorded.",
            [_wrong("source" if not source.strip() else "known_on", source or str(known_on), "a source, known by now")],
        )
    event = AdjustmentEvent(
        block=block,
        state=state,
        source=source.strip()[:300],
        known_on=known_on,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
    )
    event.save(force_insert=True)
    UnitBlock.objects.filter(pk=block.pk).update(adjustment_state=state)
    _note(block.claim, actor, "adjustment_recorded", block=block.position, state=state, source=event.source)
    return event


def _demand_official(actor: Actor, claim: Claim) -> None:
    if not actor.has_role("reviewer") and not actor.has_role("approver"):
        raise NotAllowed("Only a reviewer or an approver may do this.")
    if actor.belongs_to(claim.organisation_id):
        raise NotAllowed("You belong to the claimant of these units.")


def _account(claim: Claim) -> UnitAccount:
    account = account_of(claim.organisation, claim.scheme, claim.period_start)
    if account is None:
        raise Conflict("No units of this claim were credited.")
    return account


def _note(claim: Claim, actor: Actor, what: str, **facts: object) -> None:
    record_event(
        f"claims.units.{what}",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, **facts},
    )


def _wrong(field: str, found: str, expected: str) -> Problem:
    return Problem(
        "block", "UNX-030", f"Expected {expected}.", "Correct the field.", field=field, found=found, expected=expected,
        reference=RULE,
    )  # fmt: skip
