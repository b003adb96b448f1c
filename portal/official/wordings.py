"""Approved wordings that an official starts from. A changed text is a new entry under a new key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verification.claims.enums import Assurance, RecommendationKind
from verification.claims.models import Claim, VerificationStatement

LEGAL_GROUND = "Regulation (EU) 2023/956, Article 8; Implementing Regulation (EU) 2025/2546"


@dataclass(frozen=True)
class Wording:
    """Words in braces are filled from the verifier's statement when the wording is chosen."""

    key: str
    kind: RecommendationKind
    title: str
    text: str


WORDINGS = (
    Wording(
        "complete-1",
        RecommendationKind.APPROVE,
        "Approve: complete and consistent",
        "The values are complete and consistent with the evidence. {verifier} verified them with {assurance} "
        "assurance (report {report}, {report_dated_on}). No finding is open.",
    ),
    Wording(
        "answered-1",
        RecommendationKind.APPROVE,
        "Approve: questions were answered",
        "The producer answered every question that was asked, and the answers agree with the evidence. {verifier} "
        "verified the values with {assurance} assurance (report {report}, {report_dated_on}).",
    ),
    Wording(
        "evidence-1",
        RecommendationKind.REFUSE,
        "Refuse: the evidence does not support the values",
        "The evidence in claim {claim} does not support the values. To cure it, correct the values or attach the "
        "records that prove them, have the numbers verified again, and send a new claim.",
    ),
    Wording(
        "verification-1",
        RecommendationKind.REFUSE,
        "Refuse: the verification does not suffice",
        "The report {report} of {verifier} does not meet Implementing Regulation (EU) 2025/2546. To cure it, have "
        "the numbers verified again by an accredited verifier with reasonable assurance, and send a new claim.",
    ),
)
BY_KEY: Mapping[str, Wording] = {wording.key: wording for wording in WORDINGS}


def fill(wording: Wording, claim: Claim, statement: VerificationStatement) -> str:
    """The wording with the claim's own names and dates in place of the braces."""
    return wording.text.format(
        claim=claim.number,
        verifier=statement.engagement.verifier.name,
        assurance=Assurance(statement.assurance).label.lower(),
        report=statement.report_number,
        report_dated_on=statement.report_dated_on.isoformat(),
    )
