"""The claim of a page with what there is to read about it: most claims have no questions, notes or appeals."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.db.models import Exists, OuterRef

from portal.official.access import sent_claim_or_404
from verification.audit.actors import Actor
from verification.claims.models import (
    Appeal,
    Claim,
    ConflictDeclaration,
    FindingAnswer,
    PrivateNote,
    Question,
)


@dataclass(frozen=True)
class Presence:
    """Whether the claim has any; ``own_conflict`` and ``own_declaration`` are what this person declared in it."""

    questions: bool
    notes: bool
    finding_answers: bool
    open_appeal: bool
    own_conflict: bool
    own_declaration: bool


def claim_with_presence(actor: Actor, pk: object) -> tuple[Claim, Presence]:
    """One query. Raises ``Http404`` for a claim that was not sent."""
    claim = OuterRef("pk")
    declared = ConflictDeclaration.objects.filter(claim=claim, official__pk=actor.id)
    rows = {
        "questions": Question.objects.filter(claim=claim),
        "notes": PrivateNote.objects.filter(claim=claim),
        "finding_answers": FindingAnswer.objects.filter(claim=claim),
        "open_appeal": Appeal.objects.filter(claim=claim, closed_at=None),
        "own_conflict": declared.filter(has_conflict=True),
        "own_declaration": declared.filter(has_conflict=False),
    }
    found = sent_claim_or_404(actor, pk, **{f"has_{name}": Exists(asked.order_by()) for name, asked in rows.items()})
    return found, Presence(**{field.name: getattr(found, f"has_{field.name}") for field in fields(Presence)})
