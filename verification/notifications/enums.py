from django.db import models


class Category(models.TextChoices):
    """What a message is to its reader."""

    TO_DO = "to_do", "Something to do"
    DECISION = "decision", "A decision"
    INFORMATION = "information", "Good to know"


class Delivery(models.TextChoices):
    """Every message stands in the portal; this is what comes besides."""

    PORTAL = "portal", "In the portal only"
    AT_ONCE = "at_once", "By e-mail at once"
    DIGEST = "digest", "In one e-mail a day"
