"""Who may see which report of which sealed numbers, and who saw it. A grant is ended, never taken back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from verification.claims.enums import ClaimState
from verification.claims.models import Claim, Snapshot
from verification.disclosure.enums import Level, ViewFormat
from verification.registry.models import Organisation


class Disclosure(models.Model):
    """A grant: one recipient sees one level of one snapshot until it is ended.

    ``addendum`` and ``eori`` are set for an addendum alone: its id in the sealed report, and the declarant
    whom it concerns. Organisations carry no EORI here, so the grant is what ties the two together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="disclosures")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="disclosures")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="disclosures_received")
    level = models.CharField(max_length=10, choices=Level)
    addendum = models.CharField(max_length=80, blank=True)
    eori = models.CharField(max_length=17, blank=True)
    note = models.CharField(max_length=300, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="disclosure_level_known"),
            models.CheckConstraint(
                condition=(Q(level=Level.ADDENDUM) & ~Q(addendum="") & ~Q(eori=""))
                | (~Q(level=Level.ADDENDUM) & Q(addendum="", eori="")),
                name="disclosure_addendum_named",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="disclosure_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["claim", "recipient", "level", "addendum"],
                condition=Q(ended_at=None),
                name="disclosure_open_once",
            ),
            models.UniqueConstraint(
                fields=["claim", "addendum"],
                condition=Q(level=Level.ADDENDUM, ended_at=None),
                name="disclosure_addendum_one_declarant",
            ),
        ]
        ordering = ["-granted_at", "-pk"]

    @property
    def has_certificate(self) -> bool:
        """Whether the claim's state is public: approved, or what became of an approval."""
        return self.claim.state in (ClaimState.APPROVED, ClaimState.EXPIRED, ClaimState.SUPERSEDED, ClaimState.REVOKED)

    def __str__(self) -> str:
        return f"{self.get_level_display()} of {self.claim} to {self.recipient}"


class DisclosureView(models.Model):
    """Somebody of the recipient read or downloaded a report. Written before it is handed out; never changes."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="views")
    viewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    viewed_at = models.DateTimeField()
    document = models.CharField(max_length=60, help_text="Schema of the report that was handed out.")
    format = models.CharField(max_length=4, choices=ViewFormat)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(format__in=ViewFormat.values), name="disclosure_view_format_known")
        ]
        indexes = [models.Index(fields=["disclosure", "-viewed_at"], name="view_by_disclosure")]
        ordering = ["-viewed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.viewed_by}: {self.disclosure} ({self.format})"
