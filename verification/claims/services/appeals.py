"""A producer asks that a refusal or a revocation be decided anew, by two other people."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.numbering import next_number
from verification.claims import policy
from verification.claims.enums import ClaimState
from verification.claims.models import Appeal, Claim
from verification.claims.services.required import required
from verification.claims.services.transitions import move
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.notifications.services import notify
from verification.reference.selectors import procedure_of
from verification.registry.selectors import officials_with_role


def appeal_due_on(claim: Claim) -> date | None:
    """Last day to appeal against the state that the claim is in; ``None`` where nothing can be appealed against."""
    if claim.state not in TRANSITIONS["appeal"].sources or claim.appeals.filter(against=claim.state).exists():
        return None
    entered = claim.steps.filter(to_state=claim.state).last()
    return procedure_of(claim.scheme).appeal_due_on(entered.at.date()) if entered else None


@transaction.atomic
def lodge_appeal(claim: Claim, *, actor: Actor, grounds: str) -> Appeal:
    """Raises ``InvalidInput`` without grounds or after the time limit, ``Conflict`` where an appeal was made before."""
    policy.demand(actor, TRANSITIONS["appeal"], claim)
    said = required(grounds, "grounds", "Say what is wrong with the decision, and what you ask for.")
    against = claim.state
    if claim.state in TRANSITIONS["appeal"].sources:
        _demand_in_time(claim)
    move(claim, "appeal", actor, comment=said, reviewer=None)
    appeal = Appeal(
        number=next_number("AP"),
        claim=claim,
        against=against,
        grounds=said,
        lodged_by_id=actor.id,
        lodged_at=clock.now(),
        lodged_version=claim.version,
    )
    appeal.save(force_insert=True)
    notify(
        officials_with_role("reviewer"),
        "appeal_lodged",
        address=f"/official/claims/{claim.pk}/",
        claim=claim.number,
        appeal=appeal.number,
        against=ClaimState(against).label.lower(),
    )
    return appeal


def _demand_in_time(claim: Claim) -> None:
    due_on = appeal_due_on(claim)
    if due_on is None:
        raise Conflict("An appeal against this was made before; the decision on it is final here.")
    if clock.today() > due_on:
        raise InvalidInput(
            "The time to appeal is over.",
            [
                Problem(
                    "block",
                    "REV-030",
                    f"The last day to appeal was {due_on.isoformat()}.",
                    "Send a new claim: it is examined on its own merits.",
                    field="grounds",
                    found=clock.today().isoformat(),
                    expected=f"not later than {due_on.isoformat()}",
                    reference=procedure_of(claim.scheme).reference,
                )
            ],
        )
