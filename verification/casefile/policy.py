"""Who may take the file of a case away, and how much of it. Denied unless said otherwise here."""

from __future__ import annotations

from enum import StrEnum

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.kernel.errors import NotAllowed

MAY_EXPORT_ANY = frozenset({"approver", "steward", "lead", "auditor"})


class View(StrEnum):
    """What the file shows. The manifest names it."""

    OFFICIALS = "officials"
    PRODUCER = "producer"


def view_for(actor: Actor, claim: Claim) -> View | None:
    """The producer takes its own file without the officials' own notes; ``None`` for people who may take none."""
    if actor.belongs_to(claim.organisation_id):
        return View.PRODUCER
    if actor.kind == "system":
        return View.OFFICIALS
    if claim.submitted_at is None or claim.engagements.filter(verifier__pk__in=actor.organisation_ids).exists():
        return None
    is_on_the_case = actor.has_role("reviewer") and (
        str(claim.reviewer_id) == actor.id or claim.steps.filter(actor__pk=actor.id).exists()
    )
    return View.OFFICIALS if is_on_the_case or actor.roles & MAY_EXPORT_ANY else None


def demand_view(actor: Actor, claim: Claim) -> View:
    """Raises ``NotAllowed``."""
    view = view_for(actor, claim)
    if view is None:
        raise NotAllowed("The file of a case is taken by the officials on the case, an approver or a steward.")
    return view
