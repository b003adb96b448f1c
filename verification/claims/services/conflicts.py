"""Officials declare whether they have a conflict of interest in a claim."""

from __future__ import annotations

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import ClaimState
from verification.claims.models import Claim, ConflictDeclaration
from verification.claims.services.required import required
from verification.claims.services.transitions import has_open_appeal, hold, move
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed, Problem


@transaction.atomic
def declare_no_conflict(claim: Claim, *, actor: Actor, has_no_conflict: bool) -> None:
    """The person has no conflict of interest; declared once per claim. Raises ``InvalidInput`` where it is not said,
    and ``NotAllowed`` where the person belongs to a party or has declared a conflict before."""
    if not has_no_conflict:
        raise InvalidInput(
            "The declaration is missing.",
            [
                Problem(
                    "block",
                    "REV-020",
                    "Declare that you have no conflict of interest in this claim.",
                    "Tick the box. Where you do have one, say so instead: another person takes the claim.",
                    field="has_no_conflict",
                )
            ],
        )
    policy.demand_official_without_conflict(actor, claim)
    hold(claim)
    if not claim.conflict_declarations.filter(official__pk=actor.id, has_conflict=False).exists():
        _declare(claim, actor, has_conflict=False, statement="")


@transaction.atomic
def declare_conflict(claim: Claim, *, actor: Actor, statement: str) -> None:
    """The person has a conflict of interest: it is out of this claim for good, and gives it back if it holds it."""
    if not actor.is_official:
        raise NotAllowed("Only an official declares a conflict of interest.")
    said = required(statement, "statement", "Say in a few words what the conflict is.")
    hold(claim)
    if claim.state == ClaimState.IN_REVIEW and str(claim.reviewer_id) == actor.id:
        name = "release_appeal" if has_open_appeal(claim) else "release"
        move(claim, name, actor, comment="Conflict of interest declared", reviewer=None)
    if not claim.conflict_declarations.filter(official__pk=actor.id, has_conflict=True).exists():
        _declare(claim, actor, has_conflict=True, statement=said)


def _declare(claim: Claim, actor: Actor, *, has_conflict: bool, statement: str) -> None:
    ConflictDeclaration(
        claim=claim,
        official_id=actor.id,
        has_conflict=has_conflict,
        statement=statement[:300],
        declared_at=clock.now(),
    ).save(force_insert=True)
    record_event(
        "claims.conflict.declared",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, "has_conflict": has_conflict, "statement": statement[:300]},
    )
