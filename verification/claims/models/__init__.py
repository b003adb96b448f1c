from verification.claims.models.answers import AnswerRow
from verification.claims.models.claim import Claim, ClaimEvidence, Snapshot, Step
from verification.claims.models.registry_records import RegistryExport, RegistryRow
from verification.claims.models.review import Decision, FindingAnswer, Question, Recommendation
from verification.claims.models.units import (
    AdjustmentEvent,
    Authorisation,
    PreCheck,
    ReversalEvent,
    UnitBlock,
    UnitDetails,
)
from verification.claims.models.verification import Engagement, VerificationStatement

__all__ = [
    "AdjustmentEvent",
    "AnswerRow",
    "Authorisation",
    "Claim",
    "ClaimEvidence",
    "Decision",
    "Engagement",
    "FindingAnswer",
    "PreCheck",
    "Question",
    "Recommendation",
    "RegistryExport",
    "RegistryRow",
    "ReversalEvent",
    "Snapshot",
    "Step",
    "UnitBlock",
    "UnitDetails",
    "VerificationStatement",
]
