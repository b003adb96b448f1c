from django.db import models


class OfficialRole(models.TextChoices):
    """What an official may do; one person may hold several, never both in one case."""

    REVIEWER = "reviewer", "Reviewer"
    APPROVER = "approver", "Approver"
    STEWARD = "steward", "Steward"
    LEAD = "lead", "Head of team"
