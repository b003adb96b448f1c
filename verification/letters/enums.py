from django.db import models


class LetterKind(models.TextChoices):
    """What the authority writes about. Values are stored; labels are shown."""

    APPROVAL = "approval", "Approval"
    PARTIAL_APPROVAL = "partial_approval", "Approval in part"
    REFUSAL = "refusal", "Refusal"
    DRAFT_REFUSAL = "draft_refusal", "Intended refusal, to be heard"
    REVOCATION = "revocation", "Revocation"
    APPEAL_ACKNOWLEDGEMENT = "appeal_acknowledgement", "Receipt of an appeal"
    APPEAL_DECISION = "appeal_decision", "Decision on an appeal"
    LAPSE = "lapse", "Lapse"
    QUESTION = "question", "Question"
    ASSESSMENT = "assessment", "Summary of the assessment"
