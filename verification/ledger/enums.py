from django.db import models


class EntryKind(models.TextChoices):
    """What moved an account. Every entry is of a positive number of tonnes; its kind says which way."""

    CREDITED = "credited", "Credited by a decision"
    SUSPENDED = "suspended", "Suspended by an event"
    RESTORED = "restored", "Restored"
    LOST = "lost", "Lost, not replaced"
    DRAWN = "drawn", "Drawn by a declaration"
    RETURNED = "returned", "Returned by a declaration"
