from verification.claims.models.answers import AnswerRow
from verification.claims.models.claim import Claim, ClaimEvidence, Snapshot, Step
from verification.claims.models.review import Decision, FindingAnswer, Question, Recommendation
from verification.claims.models.verification import Engagement, VerificationStatement

__all__ = [
    "AnswerRow",
    "Claim",
    "ClaimEvidence",
    "Decision",
    "Engagement",
    "FindingAnswer",
    "Question",
    "Recommendation",
    "Snapshot",
    "Step",
    "VerificationStatement",
]
