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
        "Claim {claim} was refused",
        "Decision {decision}. Reasons: {reason} You can appeal until {appeal_by}.",
        category=Category.DECISION,
    ),
    "claim_reassigned": Wording("Claim {claim} changed hands", "{reviewer} examines it from now on: {reason}"),
    "refusal_drafted": Wording(
        "Claim {claim}: comment before a refusal",
        "The officials mean to refuse the claim: {reason} You can comment until {due_on}.",
    ),
    "draft_commented": Wording("Claim {claim}: the producer commented", "Read the comment, then decide."),
    "hearing_closed": Wording("Claim {claim}: the time to comment is over", "The producer did not comment. Decide."),
    "answer_reminder": Wording(
        "Claim {claim}: an answer is due on {due_on}",
        "Without an answer by {due_on} the claim is refused. The question: {question}",
    ),
    "hearing_reminder": Wording(
        "Claim {claim}: comment until {due_on}", "After {due_on} the officials decide without your comment."
    ),
    "claim_lapsed": Wording(
        "Claim {claim} was refused",
        "The question was not answered by {due_on}. You can appeal until {appeal_by}, or send a new claim.",
        category=Category.DECISION,
    ),
    "answer_time_over": Wording("Claim {claim}: no answer came", "The appeal is decided on what there is."),
    "renewal_reminder": Wording(
        "Certificate of claim {claim} can be used until {last_use_on}",
        "Declarations can rest on it for {days} more days. Send a claim for the next period.",
    ),
    "appeal_lodged": Wording(
        "Appeal {appeal} on claim {claim}", "Against: {against}. People who had no part in the decision examine it."
    ),
    "appeal_dismissed": Wording(
        "Appeal {appeal} was dismissed",
        "Claim {claim}, decision {decision}. Reasons: {reason}",
        category=Category.DECISION,
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
    "verifier_accepted": Wording(
        "The verifier accepted the work on claim {claim}",
        "{verifier} declared that it is independent of you, and verifies the sealed numbers.",
    ),
    "finding_raised": Wording(
        "Claim {claim}: the verifier found something (finding {number})", "{verifier}: {text} Please answer."
    ),
    "finding_message": Wording("Claim {claim}: the verifier writes about finding {number}", "{verifier}: {text}"),
    "finding_answered": Wording("Claim {claim}: answer to finding {number}", "{producer}: {text}"),
    "finding_closed": Wording("Claim {claim}: finding {number} is closed", "{verifier}: {outcome}. {text}"),
    "accreditation_measure": Wording(
        "Accreditation of {verifier}: {measure} from {effective_on}",
        "Statements under it: {touched}. No longer valid since this measure: {fallen}. See the verifier’s page.",
    ),
}
