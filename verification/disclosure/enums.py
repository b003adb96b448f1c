"""Words of disclosure. Values are stored; labels are shown."""

from django.db import models


class Level(models.TextChoices):
    """How much a recipient sees (2025/2547, recitals 16 and 17; Annex IV)."""

    SUMMARY = "summary", "Summary report"
    FULL = "full", "Full report"
    ADDENDUM = "addendum", "Addendum for imported electricity"


class ViewFormat(models.TextChoices):
    PAGE = "page", "Read on screen"
    PDF = "pdf", "Downloaded as PDF"
    JSON = "json", "Downloaded as JSON"
