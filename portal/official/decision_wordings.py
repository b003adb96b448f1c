"""Approved wordings at the approver's form: which fit the claim as it stands, and what fills them."""

from __future__ import annotations

from typing import Any

from portal.official.kinds import kind_of
from portal.official.wordings import chosen_wording, filled, wordings_for
from verification.claims.models import Claim, Snapshot
from verification.claims.services.deciding import is_heard
from verification.claims.services.transitions import has_open_appeal
from verification.kernel import clock
from verification.reference.selectors import procedure_of
from verification.wording.enums import Act

APPROVALS = (Act.APPROVE, Act.APPROVE_IN_PART)


def acts_for(claim: Claim, snapshot: Snapshot) -> tuple[Act, ...]:
    """What can be signed now; reasons of a refusal are written when it is drafted."""
    if has_open_appeal(claim):
        return (*APPROVALS, Act.APPEAL_DISMISSED)
    if is_heard(claim, snapshot):
        return (*APPROVALS, Act.REFUSE)
    return (*APPROVALS, Act.REFUSE, Act.DRAFT_REFUSAL)


def offered(claim: Claim, snapshot: Snapshot) -> list[tuple[str, str]]:
    """Choices of the form."""
    return [(row.key, row.title) for row in wordings_for(claim.kind, acts_for(claim, snapshot), claim.scheme)]


def filled_in(claim: Claim, snapshot: Snapshot, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the chosen wording as reasons and its legal ground. Nothing is recorded.

    Raises ``InvalidInput`` that names what the wording needs and the claim does not give.
    """
    wording = chosen_wording(typed.get("wording", ""), claim.kind, claim.scheme, acts_for(claim, snapshot))
    if wording is None:
        return typed
    found = {"reasons": filled(wording, _facts(claim, snapshot))}
    return typed | found | ({"legal_ground": wording.legal_ground} if wording.legal_ground else {})


def _facts(claim: Claim, snapshot: Snapshot) -> dict[str, str]:
    facts = {"claim": claim.number, "installation": claim.place} | kind_of(claim).words(claim, snapshot)
    facts["comment_until"] = procedure_of(claim.scheme).comment_due_on(clock.today()).isoformat()
    if claim.decision is not None:
        facts["decision"] = claim.decision.number
    return facts
