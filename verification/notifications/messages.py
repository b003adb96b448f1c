"""The wording of messages, one entry per kind. Placeholders are filled by the caller's facts."""

from __future__ import annotations

from dataclasses import dataclass

from verification.notifications.enums import Category


@dataclass(frozen=True)
class Wording:
    """What is said; ``category`` decides, with the person's settings, how it is delivered."""

    subject: str
    text: str
    category: Category = Category.TO_DO


WORDING = {
    "verifier_invited": Wording(
        "Invitation to verify claim {claim}",
        "{producer} asks you to confirm the sealed numbers of {installation} for {period}.",
    ),
    "verifier_confirmed": Wording(
        "The verifier confirmed claim {claim}",
        "{verifier} gave the opinion “{opinion}” on the sealed numbers. You can send the claim now.",
    ),
    "verifier_declined": Wording(
        "The verifier declined claim {claim}", "{verifier} did not confirm the sealed numbers: {reason}"
    ),
    "claim_submitted": Wording(
        "Claim {claim} was sent", "{producer}, {installation}, period {period}: ready to be taken into review."
    ),
    "pre_check_asked": Wording(
        "An advance answer is asked on claim {claim}", "{claimant} asks before it retires the units."
    ),
    "pre_check_answered": Wording(
        "Claim {claim}: the advance answer is there",
        "As described, the units: {outcome}. Read the reasons.",
        category=Category.DECISION,
    ),
    "units_struck": Wording(
        "An event strikes units of claim {claim}",
        "{event}: {tonnes} t, effective {effective_on}. Replace them by {due_on}.",
    ),
    "question_asked": Wording(
        "A question about claim {claim}", "The reviewing official asks: {question} Please answer by {due_on}."
    ),
    "question_answered": Wording("Claim {claim} was answered", "The producer answered every open question."),
    "claim_recommended": Wording(
        "Claim {claim} waits for your decision", "The reviewer recommends to {recommendation} this claim."
    ),
    "claim_sent_back": Wording("Claim {claim} was sent back to you", "The approver sent it back: {reason}"),
    "emissions_claim_approved": Wording(
        "Claim {claim} was approved",
        "Decision {decision}. The verified values replace the default values. "
        "Certificate {certificate} is being sealed.",
        category=Category.DECISION,
    ),
    "units_claim_approved": Wording(
        "Claim {claim} was approved",
        "Decision {decision} says which units were accepted and which are yours again. "
        "Certificate {certificate} is being sealed.",
        category=Category.DECISION,
    ),
    "carbon_price_claim_approved": Wording(
        "Claim {claim} was approved",
        "Decision {decision}. The carbon price that was paid is credited for the goods. "
        "Certificate {certificate} is being sealed.",
        category=Category.DECISION,
    ),
    "claim_refused": Wording(
        "Claim {claim} was refused", "Decision {decision}. Reasons: {reason}", category=Category.DECISION
    ),
    "certificate_issued": Wording(
        "Certificate {certificate} is ready",
        "The signed certificate of claim {claim} can be downloaded.",
        category=Category.DECISION,
    ),
    "letter_ready": Wording(
        "Letter {letter} about claim {claim}",
        "{about}. The signed letter can be downloaded.",
        category=Category.INFORMATION,
    ),
    "certificate_revoked": Wording(
        "Certificate {certificate} was revoked",
        "Effective {effective_on}. Reason: {reason}",
        category=Category.DECISION,
    ),
    "report_shared": Wording(
        "{producer} shares a report with you",
        "The {level} of {installation} for {year} can be read and downloaded until the producer ends it.",
        category=Category.INFORMATION,
    ),
}
