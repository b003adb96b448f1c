"""Claims on their way through the officials' hands."""

from __future__ import annotations

from verification.audit.actors import Actor
from verification.claims.enums import RecommendationKind
from verification.claims.findings import open_findings
from verification.claims.models import Claim, Decision
from verification.claims.services.deciding import Ruling, comment_on_draft, draft_refusal, refuse_claim
from verification.claims.services.review import answer_finding, recommend, take_claim

GROUND = "Regulation (EU) 2023/956, Article 8"


def ruling_on(claim: Claim, reasons: str = "Sound and complete.") -> Ruling:
    """What an approver signs who read the claim as it is now."""
    return Ruling(reasons, GROUND, claim.version, True)


def refuse_after_hearing(claim: Claim, *, approver: Actor, producer: Actor, reasons: str = "Not proved.") -> Decision:
    """A recommended claim refused, once its producer commented on the draft."""
    draft_refusal(claim, actor=approver, ruling=ruling_on(claim, reasons))
    comment_on_draft(claim, actor=producer, comment="The laboratory was late.")
    return refuse_claim(claim, actor=approver, ruling=ruling_on(claim, reasons))


def recommend_on_appeal(claim: Claim, lead: Actor, kind: RecommendationKind) -> None:
    """The lead takes the appeal, answers every finding and recommends."""
    take_claim(claim, actor=lead, has_no_conflict=True)
    for finding in open_findings(claim):
        answer_finding(claim, actor=lead, finding_key=finding.key, text="Seen again.")
    recommend(claim, actor=lead, kind=kind, reasons="Looked at anew.")
