"""What an approved wording is for. Values are stored; labels are shown."""

from django.db import models


class Act(models.TextChoices):
    """What an official does with the words; all but the recommendation reach the producer."""

    RECOMMEND = "recommend", "Recommendation"
    APPROVE = "approve", "Approval"
    APPROVE_IN_PART = "approve_in_part", "Approval in part"
    REFUSE = "refuse", "Refusal"
    DRAFT_REFUSAL = "draft_refusal", "Intended refusal, to be heard"
    REVOKE = "revoke", "Revocation"
    APPEAL_ALLOWED = "appeal_allowed", "Appeal allowed"
    APPEAL_DISMISSED = "appeal_dismissed", "Appeal dismissed"
    LAPSE = "lapse", "Lapse after an unanswered question"


class WordedKind(models.TextChoices):
    """The kind of claim that a wording is about; values as ``claims.enums.ClaimKind``, empty for every kind."""

    ANY = "", "Every kind"
    EMISSIONS = "emissions", "Emissions claim"
    UNITS = "units", "Unit claim"
    CARBON_PRICE = "carbon_price", "Carbon price claim"


class Language(models.TextChoices):
    """Languages in which decisions are worded, each under its own name."""

    ENGLISH = "en", "English"
    FRENCH = "fr", "Français"
    SPANISH = "es", "Español"
    TURKISH = "tr", "Türkçe"
    CHINESE = "zh-hans", "简体中文"
    HINDI = "hi", "हिन्दी"
    ARABIC = "ar", "العربية"


class WordingStatus(models.TextChoices):
    """Follows from the row: who published it, and whether it was withdrawn."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
