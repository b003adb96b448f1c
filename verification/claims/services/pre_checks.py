"""The answer in advance: nobody can undo a retirement, so the claimant may ask before it retires anything."""

from __future__ import annotations

from django.db import transaction

from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.enums import PreCheckOutcome
from verification.claims.kinds import address_of
from verification.claims.models import Claim, PreCheck
from verification.claims.services.sealing import seal_content
from verification.claims.services.transitions import move
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.notifications.services import notify
from verification.registry.selectors import members_of, officials_with_role


@transaction.atomic
def ask_pre_check(claim: Claim, *, actor: Actor) -> PreCheck:
    """Seal the draft and ask officials about it. Raises ``InvalidInput`` for a claim without blocks."""
    policy.demand(actor, TRANSITIONS["ask_pre_check"], claim)
    if not claim.blocks.exists():
        raise InvalidInput(
            "There is nothing to ask about.",
            [Problem("block", "S-FORMAT", "The claim offers no units yet.", "Add serials first.", field="serials")],
        )
    snapshot = seal_content(claim, actor=actor)
    move(claim, "ask_pre_check", actor, snapshot=snapshot)
    check = PreCheck(claim=claim, snapshot=snapshot, asked_by_id=actor.id, asked_at=clock.now())
    check.save(force_insert=True)
    notify(
        officials_with_role("reviewer"),
        "pre_check_asked",
        address=f"/official/pre-checks/{claim.pk}/",
        claim=claim.number,
        claimant=claim.organisation.name,
    )
    return check


@transaction.atomic
def take_back_pre_check(claim: Claim, *, actor: Actor) -> Claim:
    """The claimant goes on without an answer."""
    move(claim, "take_back_pre_check", actor)
    claim.pre_checks.filter(answered_at=None).delete()
    return claim


@transaction.atomic
def answer_pre_check(claim: Claim, *, actor: Actor, outcome: PreCheckOutcome, text: str) -> PreCheck:
    """An official's answer about exactly what was sealed. It is given with reasons and binds nobody."""
    check = claim.pre_checks.filter(answered_at=None).select_related("snapshot").first()
    if check is None:
        raise Conflict("Nobody waits for an advance answer on this claim.")
    if not text.strip():
        raise InvalidInput(
            "The answer was not sent.",
            [
                Problem(
                    "block", "REV-010", "Say what would be accepted and why.", "Write a few sentences.", field="text"
                )
            ],
        )
    move(claim, "answer_pre_check", actor, comment=text.strip(), snapshot=check.snapshot, facts={"outcome": outcome})
    check.outcome, check.text = outcome, text.strip()
    check.answered_by_id, check.answered_at = int(actor.id), clock.now()
    check.save(update_fields=["outcome", "text", "answered_by", "answered_at"])
    notify(
        members_of(claim.organisation_id),
        "pre_check_answered",
        address=address_of(claim),
        claim=claim.number,
        outcome=PreCheckOutcome(outcome).label.lower(),
    )
    return check
