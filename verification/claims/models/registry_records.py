"""What registries publish about units: whole exports as they were fetched, and each of their rows. Never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.units.registries import ExportKind, RecordKind


class RegistryExport(models.Model):
    """A registry's public export. A later fetch is a further export; the newest row about a serial counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registry = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value.capitalize()) for kind in ExportKind])
    families = models.JSONField(default=list, help_text="Serial families whose retirements or cancellations it lists.")
    name = models.CharField(max_length=200, help_text="As uploaded, cleaned; never used as a path.")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="registry-exports/")
    fetched_on = models.DateField(help_text="The day on which the registry gave it out.")
    row_count = models.PositiveIntegerField()
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256", "fetched_on"], name="registry_export_once_per_day"),
            models.CheckConstraint(condition=Q(row_count__gt=0), name="registry_export_has_rows"),
        ]
        indexes = [models.Index(fields=["-fetched_on", "-loaded_at"], name="registry_export_newest")]
        ordering = ["-fetched_on", "-loaded_at"]

    def __str__(self) -> str:
        return f"{self.registry}, {self.kind}, {self.fetched_on.isoformat()}"


class RegistryRow(models.Model):
    """One row: serials ``first`` to ``last``, both included, and what the registry says became of them.

    ``kind`` is issuance while the registry shows them as issued only. ``event_on`` is the day of the retirement or
    cancellation, for an issuance that of the issuance.
    """

    export = models.ForeignKey(RegistryExport, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value.capitalize()) for kind in RecordKind])
    family = models.CharField(max_length=30)
    family_key = models.CharField(max_length=120)
    batch = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=300)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    event_on = models.DateField(null=True)
    beneficiary = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "line"], name="registry_row_line_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first"), first__gte=0), name="registry_row_range"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RecordKind]), name="registry_row_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["family_key", "first", "last"], name="registry_row_space"),
            models.Index(fields=["family_key", "batch"], name="registry_row_batch"),
        ]
        ordering = ["export", "line"]

    def __str__(self) -> str:
        return f"{self.serial}: {self.kind}"
