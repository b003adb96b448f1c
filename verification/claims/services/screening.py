"""Recommending claims without findings together. Each stands in a transaction of its own: what cannot be done for
one of them does not hold up the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.checks.model import Finding, Severity
from verification.claims import policy
from verification.claims.enums import ClaimState, RecommendationKind
from verification.claims.findings import findings_on_snapshot, last_snapshot
from verification.claims.models import Claim, ScreenedClaim, ScreeningList
from verification.claims.services.review import recommend, take_claim
from verification.kernel import clock
from verification.kernel.errors import Conflict, DomainError, InvalidInput, NotAllowed, Problem

MOST_TOGETHER = 25
STANDING_AGAINST = (Severity.REFER, Severity.BLOCK)


@dataclass(frozen=True)
class Screening:
    """One claim as it was on the page, and what the reviewer says of it."""

    claim: Claim
    seen_version: int
    has_no_conflict: bool
    reasons: str


@dataclass(frozen=True)
class Outcome:
    """What became of one claim; ``refusal`` is ``None`` where it was done."""

    claim: Claim
    refusal: DomainError | None = None


def screen_together(screenings: Sequence[Screening], *, actor: Actor) -> list[Outcome]:
    """Recommend to approve each of them, in a list that an approver may sign together.

    Raises ``InvalidInput`` for more than ``MOST_TOGETHER``, ``NotAllowed`` for people who are no reviewers.
    """
    if not actor.has_role("reviewer"):
        raise NotAllowed("Only a reviewer may do this.")
    if len(screenings) > MOST_TOGETHER:
        raise InvalidInput(
            "These are too many claims.",
            [Problem("block", "REV-070", f"Choose at most {MOST_TOGETHER} claims.", "Screen the others afterwards.")],
        )
    kept: ScreeningList | None = None
    outcomes = []
    for screening in screenings:
        try:
            with transaction.atomic():
                kept_now = screen_claim(screening, kept, actor=actor)
        except (Conflict, NotAllowed, InvalidInput) as refusal:
            outcomes.append(Outcome(screening.claim, refusal))
        else:
            kept = kept_now
            outcomes.append(Outcome(screening.claim))
    return outcomes


@transaction.atomic
def screen_claim(screening: Screening, kept: ScreeningList | None, *, actor: Actor) -> ScreeningList:
    """Take the claim where nobody has, and recommend it; in ``kept``, or in a new list.

    Raises ``Conflict`` where the claim is not as it was on the page, and ``InvalidInput`` where anything was found
    on it, answered or not: such a claim is looked at on its own page.
    """
    claim = screening.claim
    claim.refresh_from_db()
    if claim.version != screening.seen_version:
        raise Conflict("The claim changed after you opened the page. Look at it again.")
    if claim.state == ClaimState.SUBMITTED:
        take_claim(claim, actor=actor, has_no_conflict=screening.has_no_conflict)
    if claim.state != ClaimState.IN_REVIEW:
        raise Conflict("The claim is not in review.")
    policy.demand_reviewer(actor, claim)
    found = standing_against(claim)
    if found:
        raise InvalidInput(
            "Something was found on this claim; look at it on its own page.",
            [Problem("block", "REV-071", f"{finding.code}: {finding.title}", finding.mend) for finding in found],
        )
    recommendation = recommend(claim, actor=actor, kind=RecommendationKind.APPROVE, reasons=screening.reasons)
    if kept is None:
        kept = ScreeningList(reviewer_id=int(actor.id), screened_at=clock.now())
        kept.save(force_insert=True)
    ScreenedClaim(list=kept, recommendation=recommendation).save(force_insert=True)
    record_event(
        "claims.claim.screened",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, "list": kept.pk},
    )
    return kept


def standing_against(claim: Claim) -> list[Finding]:
    """Findings that ask for an answer or block, answered or not."""
    found = findings_on_snapshot(claim, last_snapshot(claim))
    return [finding for finding in found if finding.severity in STANDING_AGAINST]
