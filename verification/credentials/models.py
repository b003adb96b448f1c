"""Places in status lists, the lists as they were signed, and what was signed for each certificate.

``subject`` is the id of the certificate: this room knows nothing else of it.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from verification.credentials.status import LENGTH, PURPOSES


class StatusList(models.Model):
    """131,072 places, the same ones for every purpose. ``version`` grows with every change of a bit."""

    number = models.PositiveIntegerField(unique=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"status list {self.number}"


class StatusEntry(models.Model):
    """The place of one certificate, drawn at random: it tells nothing of when or how many were granted."""

    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveIntegerField()
    subject = models.UUIDField(unique=True)
    revoked_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "index"], name="status_place_once"),
            models.CheckConstraint(condition=Q(index__lt=LENGTH), name="status_place_in_list"),
        ]

    def __str__(self) -> str:
        return f"{self.list} #{self.index}"


class SignedList(models.Model):
    """The list of one purpose as it is handed out: signed anew on every change, and at least daily."""

    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="signed")
    purpose = models.CharField(max_length=10, choices=[(purpose, purpose) for purpose in PURPOSES])
    version = models.PositiveIntegerField()
    token = models.TextField(help_text="vc+jwt")
    key_id = models.CharField(max_length=64)
    signed_at = models.DateTimeField(help_text="Wall-clock.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "purpose"], name="signed_list_once")]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.list}"


class OfflineCode(models.Model):
    """What the second QR code holds. Signed once; it stands on the paper."""

    subject = models.UUIDField(primary_key=True)
    text = models.TextField()
    key_id = models.CharField(max_length=64)
    signed_at = models.DateTimeField(help_text="Wall-clock.")

    def __str__(self) -> str:
        return f"offline code of {self.subject}"


class SignedCredential(models.Model):
    """The credential of a certificate and of one issued file. Never changed; the newest is handed out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(db_index=True)
    document_sha256 = models.CharField(max_length=64)
    token = models.TextField(help_text="vc+jwt")
    secured = models.TextField(help_text="JSON with a Data Integrity proof.")
    key_id = models.CharField(max_length=64)
    signed_at = models.DateTimeField(help_text="Wall-clock.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "document_sha256"], name="credential_once_per_file"),
        ]

    def __str__(self) -> str:
        return f"credential of {self.subject}"
