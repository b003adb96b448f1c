"""Approved wordings that an official starts from. A changed text is a new entry under a new key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verification.claims.enums import ClaimKind, RecommendationKind

LEGAL_GROUND = "Regulation (EU) 2023/956, Article 8; Implementing Regulation (EU) 2025/2546"


@dataclass(frozen=True)
class Wording:
    """Words in braces are filled when the wording is chosen: from the verifier's statement, or the units' limit."""

    key: str
    kind: RecommendationKind
    title: str
    text: str
    claim_kind: ClaimKind = ClaimKind.EMISSIONS


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
    Wording(
        "units-complete-1",
        RecommendationKind.APPROVE,
        "Approve: all units are eligible",
        "The {offered} t offered in claim {claim} are eligible, were retired for this purpose and are used nowhere "
        "else. The limit of {year} has room for all of them ({policy}). No finding is open.",
        ClaimKind.UNITS,
    ),
    Wording(
        "units-in-part-1",
        RecommendationKind.APPROVE,
        "Approve in part: some units are returned",
        "Of the {offered} t offered in claim {claim}, {accepted} t can be accepted within the limit of {year} "
        "({policy}). The other {returned} t are not consumed and stay with the claimant. The reason stands beside each "
        "block.",
        ClaimKind.UNITS,
    ),
    Wording(
        "units-limit-1",
        RecommendationKind.REFUSE,
        "Refuse: the limit leaves no room",
        "The limit of {year} ({policy}) leaves no room for the units of claim {claim}. All {offered} t stay with the "
        "claimant, not consumed. They can be offered for another period.",
        ClaimKind.UNITS,
    ),
    Wording(
        "units-eligibility-1",
        RecommendationKind.REFUSE,
        "Refuse: the units are not eligible",
        "The units of claim {claim} do not meet the scheme's rules; the findings say which. To cure it, offer units "
        "that the list of the scheme names, with the host country's letter where it is asked for.",
        ClaimKind.UNITS,
    ),
    Wording(
        "units-retirement-1",
        RecommendationKind.REFUSE,
        "Refuse: the retirement does not serve this purpose",
        "The registry does not show that the units of claim {claim} were retired by or for the claimant, for this "
        "scheme and period. To cure it, ask the registry to correct its record, or offer other units.",
        ClaimKind.UNITS,
    ),
)
BY_KEY: Mapping[str, Wording] = {wording.key: wording for wording in WORDINGS}


def wordings_for(claim_kind: str) -> list[Wording]:
    return [wording for wording in WORDINGS if wording.claim_kind == claim_kind]
