"""Batches of granted certificates that are drawn and sealed together. How far one has come is read off its rows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from verification.jobs.models import Job


class IssuingBatch(models.Model):
    """Certificates of one scheme that were granted in one year and had no seal when somebody started this."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(help_text="In which the certificates were granted, UTC.")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_by_label = models.CharField(max_length=200)
    started_at = models.DateTimeField(help_text="By the product's clock, UTC.")

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}, {self.started_at:%Y-%m-%d %H:%M}"


class IssuingItem(models.Model):
    """One certificate of a batch; it is sealed when it has an edition. No certificate is in two batches.

    ``job`` is what works on it now: that of its chunk, and once it failed there the certificate's own.
    """

    batch = models.ForeignKey(IssuingBatch, on_delete=models.PROTECT, related_name="items")
    certificate = models.OneToOneField(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="issuing_item"
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    starts = models.PositiveSmallIntegerField(default=0, help_text="How often a worker began it within its chunk.")
    failed_at = models.DateTimeField(null=True, help_text="Wall clock: when it was taken out of its chunk.")
    error = models.TextField(blank=True, help_text="Why.")

    def __str__(self) -> str:
        return f"{self.certificate_id} in {self.batch_id}"
