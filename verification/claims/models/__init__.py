from verification.claims.models.answers import AnswerRow
from verification.claims.models.bench import PrivateNote, SavedView, ScreenedClaim, ScreeningList, SearchEntry
from verification.claims.models.claim import Claim, ClaimEvidence, Snapshot, Step
from verification.claims.models.due_process import Appeal, ConflictDeclaration, DraftDecision, Reminder
from verification.claims.models.price import (
    PriceDetails,
    PricedGood,
    PricePayment,
    PricePrecursor,
    PriceRate,
    PriceRebate,
    PriceSurrender,
)
from verification.claims.models.registry_records import RegistryExport, RegistryRow
from verification.claims.models.review import Decision, FindingAnswer, Question, QuestionFile, Recommendation
from verification.claims.models.units import (
    AdjustmentEvent,
    Authorisation,
    PreCheck,
    ReversalEvent,
    UnitBlock,
    UnitDetails,
)
from verification.claims.models.verification import Engagement, VerificationStatement
from verification.claims.models.verifier_work import (
    FindingClosing,
    FindingMessage,
    ReportDraft,
    SealedReport,
    VerificationWork,
    VerifierFinding,
)

__all__ = [
    "AdjustmentEvent",
    "AnswerRow",
    "Appeal",
    "Authorisation",
    "Claim",
    "ClaimEvidence",
    "ConflictDeclaration",
    "Decision",
    "DraftDecision",
    "Engagement",
    "FindingAnswer",
    "FindingClosing",
    "FindingMessage",
    "PreCheck",
    "PriceDetails",
    "PricePayment",
    "PricePrecursor",
    "PriceRate",
    "PriceRebate",
    "PriceSurrender",
    "PricedGood",
    "PrivateNote",
    "Question",
    "QuestionFile",
    "Recommendation",
    "RegistryExport",
    "RegistryRow",
    "Reminder",
    "ReportDraft",
    "ReversalEvent",
    "SavedView",
    "ScreenedClaim",
    "ScreeningList",
    "SealedReport",
    "SearchEntry",
    "Snapshot",
    "Step",
    "UnitBlock",
    "UnitDetails",
    "VerificationStatement",
    "VerificationWork",
    "VerifierFinding",
]
