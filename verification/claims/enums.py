"""Words of the claim's life. Values are stored; labels are shown."""

from django.db import models


class ClaimKind(models.TextChoices):
    """What is asked for; ``kinds`` says what follows from it."""

    EMISSIONS = "emissions", "Emissions claim"
    UNITS = "units", "Unit claim"
    CARBON_PRICE = "carbon_price", "Carbon price claim"


class ClaimState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PRE_CHECK = "pre_check", "Advance answer asked"
    SUBMITTED = "submitted", "Sent"
    IN_REVIEW = "in_review", "In review"
    INFO_REQUESTED = "info_requested", "Question open"
    RECOMMENDED = "recommended", "Waiting for decision"
    HEARING = "hearing", "Refusal drafted, open to comment"
    APPROVED = "approved", "Approved"
    EXPIRED = "expired", "Expired"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"
    REVOKED = "revoked", "Revoked"
    IN_APPEAL = "in_appeal", "Appeal lodged"


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
    IN_PART = "in_part", "Approve in part"
    REFUSE = "refuse", "Refuse"


class DecisionOutcome(models.TextChoices):
    APPROVED = "approved", "Approved"
    APPROVED_IN_PART = "in_part", "Approved in part"
    REFUSED = "refused", "Refused"
    UPHELD = "upheld", "Appeal dismissed"


class QuestionAbout(models.TextChoices):
    """What of a claim a question is about."""

    CLAIM = "claim", "The claim as a whole"
    FIELD = "field", "A field"
    FINDING = "finding", "A finding"
    DOCUMENT = "document", "A document"


class BlockState(models.TextChoices):
    """What has become of the serials of a block in the portal."""

    DRAFT = "draft", "Draft"
    RESERVED = "reserved", "Under examination"
    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Not accepted, returned"
    RELEASED = "released", "Released"
    SUSPENDED = "suspended", "Accepted, suspended by an event"


ACTIVE_BLOCK_STATES = (BlockState.RESERVED, BlockState.ACCEPTED, BlockState.SUSPENDED)
"""In these states nobody else may claim the same serials."""


class UnitEventKind(models.TextChoices):
    RETIREMENT = "retirement", "Retirement"
    CANCELLATION = "cancellation", "Cancellation"
    NOT_YET = "not_yet", "Not retired yet"


class AdjustmentState(models.TextChoices):
    """The host country's corresponding adjustment (Paris Agreement, Article 6; decision 2/CMA.3)."""

    NOT_REQUIRED = "not_required", "Not required"
    UNKNOWN = "unknown", "Not known"
    AUTHORISED = "authorised", "Authorised"
    FIRST_TRANSFERRED = "first_transferred", "First transferred"
    REPORTED = "reported", "Reported"
    APPLIED = "applied", "Applied"


class AuthorisationStatus(models.TextChoices):
    VALID = "valid", "Valid"
    AMENDED = "amended", "Amended"
    REVOKED = "revoked", "Withdrawn by the host country"


class ReversalKind(models.TextChoices):
    INVALIDATED = "invalidated", "Units invalidated by the programme"
    AUTHORISATION_REVOKED = "authorisation_revoked", "Authorisation withdrawn"
    ADJUSTMENT_NOT_MADE = "adjustment_not_made", "Corresponding adjustment not made"
    STORAGE_REVERSED = "storage_reversed", "Storage reversed"
    REGISTRY_CORRECTION = "registry_correction", "Registry corrected its record"


class ReversalOutcome(models.TextChoices):
    OPEN = "open", "Replacement awaited"
    REPLACED = "replaced", "Replaced"
    LIFTED = "lifted", "Found unfounded"
    REVOKED = "revoked", "Not replaced, units lost"


class PreCheckOutcome(models.TextChoices):
    WOULD_BE_ACCEPTED = "accepted", "Would be accepted as described"
    IN_PART = "in_part", "Would be accepted in part"
    NOT_ACCEPTED = "not_accepted", "Would not be accepted"


class InstrumentKind(models.TextChoices):
    """How a law puts a price on carbon (Regulation (EU) 2023/956, Article 3(23))."""

    CARBON_TAX = "carbon_tax", "Carbon tax"
    LEVY = "levy", "Levy"
    FEE = "fee", "Fee"
    FUEL_TAX = "fuel_tax", "Tax on fuels by their carbon"
    NATIONAL_ETS = "national_ets", "National emissions trading system"
    REGIONAL_ETS = "regional_ets", "Regional emissions trading system"
    BASELINE_AND_CREDIT = "baseline_and_credit", "Baseline and credit system"
    COMBINATION = "combination", "Combination of several"
    OTHER = "other", "Other"


class SurrenderKind(models.TextChoices):
    """What was handed in under the instrument; values as ``units.carbon_price`` names them."""

    ALLOWANCE = "allowance", "Allowances"
    DOMESTIC_CREDIT = "domestic_credit", "Domestic credits"
    ARTICLE_6_CREDIT = "article_6_credit", "International credits (Article 6 of the Paris Agreement)"


class RebateKind(models.TextChoices):
    """Money given back. Free allowances are stated in tonnes, not here."""

    COMPENSATION = "compensation", "Compensation in money"
    TAX_DEDUCTION = "tax_deduction", "Deduction from a tax"
    REFUND = "refund", "Refund"
    EXPORT_REBATE = "export_rebate", "Rebate on export"
    OTHER = "other", "Other"


class ValueBasis(models.TextChoices):
    """Where the specific embedded emissions of a good come from."""

    ACTUAL = "actual", "Verified values"
    DEFAULT = "default", "Default values"
