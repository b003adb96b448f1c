"""What there is to read about a claim: most have no questions, notes or appeals, and then nothing is read."""

from __future__ import annotations

from dataclasses import dataclass

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.claims.statements import holds

_OWN = "EXISTS (SELECT 1 FROM claims_conflictdeclaration WHERE claim_id = %(claim)s AND official_id = %(person)s AND "
CONDITIONS = {
    "questions": "EXISTS (SELECT 1 FROM claims_question WHERE claim_id = %(claim)s)",
    "notes": "EXISTS (SELECT 1 FROM claims_privatenote WHERE claim_id = %(claim)s)",
    "finding_answers": "EXISTS (SELECT 1 FROM claims_findinganswer WHERE claim_id = %(claim)s)",
    "open_appeal": "EXISTS (SELECT 1 FROM claims_appeal WHERE claim_id = %(claim)s AND closed_at IS NULL)",
    "own_conflict": f"{_OWN} has_conflict)",
    "own_declaration": f"{_OWN} NOT has_conflict)",
}


@dataclass(frozen=True)
class Presence:
    """Whether the claim has any; ``own_conflict`` and ``own_declaration`` are what a person declared in it."""

    questions: bool
    notes: bool
    finding_answers: bool
    open_appeal: bool
    own_conflict: bool
    own_declaration: bool


def presence_in(claim: Claim, actor: Actor) -> Presence:
    """The caller has checked that the person, one who signed in, may see the claim."""
    return Presence(**holds(CONDITIONS, claim=claim.pk, person=int(actor.id)))
