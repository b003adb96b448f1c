"""Which decisions an approver can sign on a claim as it stands, and what signing each of them does.

The kind of claim says what could be approved. Whether a refusal needs to be drafted first, or an appeal is
dismissed, follows from the procedure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification.audit.actors import Actor
from verification.certificates.services.approval import approve_claim
from verification.claims.enums import DecisionOutcome, RecommendationKind
from verification.claims.models import Claim, Recommendation, Snapshot
from verification.claims.services.deciding import Ruling, dismiss_appeal, draft_refusal, is_heard, refuse_claim
from verification.claims.services.transitions import has_open_appeal
from verification.kernel import clock
from verification.reference.selectors import procedure_of

DRAFT = "draft_refusal"
DAY = "j M Y"
APPROVING = (DecisionOutcome.APPROVED, DecisionOutcome.APPROVED_IN_PART)


def outcomes_for(claim: Claim, snapshot: Snapshot, effect: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What can be offered: (value, words). The refusal is the last."""
    approving = [(str(value), words) for value, words in effect["outcomes"] if value in APPROVING]
    return [*approving, _refusing(claim, snapshot)]


def first_choice(recommendation: Recommendation | None, outcomes: list[tuple[str, str]]) -> str:
    """What the reviewer recommended, where it can be signed."""
    if recommendation is None:
        return ""
    return outcomes[-1 if recommendation.kind == RecommendationKind.REFUSE else 0][0]


def sign(claim: Claim, actor: Actor, outcome: str, ruling: Ruling, done: str) -> tuple[str, object]:
    """Do it; returns what to say, and the certificate's key where one is issued."""
    if outcome in APPROVING:
        certificate = approve_claim(claim, actor=actor, ruling=ruling)
        return done % {"number": certificate.number}, certificate.pk
    return _OTHERS[outcome](claim, actor, ruling), None


def _refusing(claim: Claim, snapshot: Snapshot) -> tuple[str, str]:
    if has_open_appeal(claim):
        return DecisionOutcome.UPHELD.value, _("Dismiss the appeal: the first decision stands")
    if is_heard(claim, snapshot):
        return DecisionOutcome.REFUSED.value, _("Refuse the claim; the producer was heard")
    until = procedure_of(claim.scheme).comment_due_on(clock.today())
    return DRAFT, _("Draft a refusal: the producer is heard until %(day)s first") % {"day": date_format(until, DAY)}


def _draft(claim: Claim, actor: Actor, ruling: Ruling) -> str:
    draft = draft_refusal(claim, actor=actor, ruling=ruling)
    return _("The draft went to the producer. It can comment until %(day)s; then you decide.") % {
        "day": date_format(draft.comment_due_on, DAY)
    }


def _refuse(claim: Claim, actor: Actor, ruling: Ruling) -> str:
    refused = refuse_claim(claim, actor=actor, ruling=ruling)
    return _("Refused by decision %(number)s; the producer was told.") % {"number": refused.number}


def _dismiss(claim: Claim, actor: Actor, ruling: Ruling) -> str:
    decision = dismiss_appeal(claim, actor=actor, ruling=ruling)
    return _("The appeal was dismissed by decision %(number)s; the producer was told.") % {"number": decision.number}


_OTHERS: dict[str, Callable[[Claim, Actor, Ruling], str]] = {
    DRAFT: _draft,
    DecisionOutcome.REFUSED: _refuse,
    DecisionOutcome.UPHELD: _dismiss,
}
