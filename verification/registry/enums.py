from django.db import models


class MembershipRole(models.TextChoices):
    """What a member may do for its organisation."""

    MANAGER = "manager", "Manager"
    MEMBER = "member", "Member"


class AccreditationMeasureKind(models.TextChoices):
    """Administrative measures of an accreditation body (Delegated Regulation (EU) 2025/2551, Article 9)."""

    SUSPENDED = "suspended", "Suspended"
    REINSTATED = "reinstated", "Reinstated"
    WITHDRAWN = "withdrawn", "Withdrawn"
