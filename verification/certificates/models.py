"""Certificates, their sealed editions and their end. Issued rows never change."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.certificates.batch_models import IssuingBatch, IssuingItem
from verification.claims.models import Claim, Decision
from verification.signing.editions import SealedEdition, SealedPaper, level_is_known

__all__ = ["Certificate", "Edition", "IssuingBatch", "IssuingItem", "Revocation", "RevocationProposal"]


class Certificate(SealedPaper):
    """A signed statement of a determination. ``record`` is the canonical JSON that the PDF draws."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    number_year = models.PositiveSmallIntegerField(help_text="The year in ``number``, for which numbers run.")
    number_in_year = models.PositiveIntegerField(help_text="From 1 without a gap, over all schemes together.")
    code = models.CharField(max_length=12, unique=True, help_text="Random; printed beside the QR code.")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="certificates")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="certificate")
    record = models.TextField()
    record_sha256 = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="First day that is no longer covered.")
    issued_at = models.DateTimeField()
    is_specimen = models.BooleanField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="certificate_span"),
            models.CheckConstraint(condition=Q(number_in_year__gte=1), name="certificate_number_counts_from_one"),
            models.UniqueConstraint(fields=["number_year", "number_in_year"], name="certificate_number_once_a_year"),
        ]
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return self.number


class Edition(SealedEdition):
    """The sealed PDF at one level. Its bytes are kept with both hashes, so that every issued file is known."""

    OWNER = "certificate"

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="editions", related_query_name="edition"
    )
    file = models.FileField(upload_to="certificates/")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "level"], name="edition_once_per_level"),
            level_is_known("edition_level_known"),
        ]


class RevocationProposal(models.Model):
    """The first of the two officials who revoke."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="revocation_proposals")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reason = models.TextField()
    legal_ground = models.CharField(max_length=300)
    effective_on = models.DateField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(closed_at=None), name="revocation_one_open_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"revoke {self.certificate}"


class Revocation(models.Model):
    """The end of a certificate, by two officials, with effect from a day."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="revocation")
    number = models.CharField(max_length=20, unique=True)
    reason = models.TextField()
    legal_ground = models.CharField(max_length=300)
    effective_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_factor_at = models.DateTimeField()
    revoked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(proposed_by=F("confirmed_by")), name="revocation_by_two_people"),
        ]

    def __str__(self) -> str:
        return self.number
