"""Words of the claim's life. Values are stored; labels are shown."""

from django.db import models


class ClaimState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Sent"
    IN_REVIEW = "in_review", "In review"
    INFO_REQUESTED = "info_requested", "Question open"
    RECOMMENDED = "recommended", "Waiting for decision"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"
    REVOKED = "revoked", "Revoked"


class WayIn(models.TextChoices):
    """How the numbers of a claim came in; what was last used is the claim's content."""

    NONE = "", "Not chosen yet"
    WORKBOOK = "workbook", "Communication template"
    ANSWERS = "answers", "Form or own file"


class EngagementState(models.TextChoices):
    INVITED = "invited", "Waiting for the verifier"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"
    REPLACED = "replaced", "Replaced by newer numbers"


class Opinion(models.TextChoices):
    """The statement is binary in law (2025/2546, Annex 2.6); remarks are listed findings."""

    SATISFACTORY = "satisfactory", "Satisfactory"
    SATISFACTORY_WITH_COMMENTS = "satisfactory_with_comments", "Satisfactory with comments"
    NOT_SATISFACTORY = "not_satisfactory", "Not satisfactory"


class Assurance(models.TextChoices):
    REASONABLE = "reasonable", "Reasonable"
    LIMITED = "limited", "Limited"


class VisitKind(models.TextChoices):
    """Site visit of the period (2025/2546, Articles 2 to 4)."""

    PHYSICAL = "physical", "Physical visit"
    VIRTUAL = "virtual", "Virtual visit"
    WAIVED = "waived", "No visit (waived)"


class RecommendationKind(models.TextChoices):
    APPROVE = "approve", "Approve"
    REFUSE = "refuse", "Refuse"


class DecisionOutcome(models.TextChoices):
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
