"""A producer's request that its values be accepted, its sealed contents and its history."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.claims.enums import ClaimKind, ClaimState, WayIn
from verification.evidence.enums import Purpose
from verification.evidence.models import EvidenceFile
from verification.registry.models import Installation, Organisation

if TYPE_CHECKING:
    from verification.claims.models.review import Decision


class Claim(models.Model):
    """A claim of one kind in one scheme, for one period; of emissions or a price paid, for one installation.

    ``state`` and ``version`` are written by ``services.transitions.move`` alone. ``reading`` is
    what became of the uploaded workbook or of the answers, as ``way_in`` says; it changes only while
    the claim is with the producer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=ClaimKind, default=ClaimKind.EMISSIONS)
    scheme = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims")
    installation = models.ForeignKey(Installation, null=True, on_delete=models.PROTECT, related_name="claims")
    period_start = models.DateField()
    period_end = models.DateField(help_text="First day after the reporting period.")
    state = models.CharField(max_length=20, choices=ClaimState, default=ClaimState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    amends = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="amended_by", help_text="The claim that it corrects."
    )
    way_in = models.CharField(max_length=20, choices=WayIn, default=WayIn.NONE, blank=True)
    template_file = models.ForeignKey(EvidenceFile, null=True, on_delete=models.PROTECT, related_name="+")
    reading = models.JSONField(null=True)
    goods_in_short = models.JSONField(
        null=True, help_text="What later claims are compared with: a narrow copy out of ``reading``."
    )
    read_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True, help_text="By when whoever has the claim must act; a copy, see ``clocks``.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="claim_period"),
            models.CheckConstraint(condition=Q(way_in__in=WayIn.values), name="claim_way_in_known"),
            models.CheckConstraint(condition=Q(kind__in=ClaimKind.values), name="claim_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ClaimKind.UNITS) | Q(installation__isnull=False), name="claim_has_installation"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id", "state"], condition=Q(due_on__isnull=False), name="claim_queue"),
            models.Index(fields=["state", "due_on", "id"], name="claim_queue_by_state"),
            models.Index(
                fields=["reviewer", "due_on", "id"], condition=Q(due_on__isnull=False), name="claim_queue_by_reviewer"
            ),
            models.Index(fields=["-decided_at", "-id"], condition=Q(decided_at__isnull=False), name="claim_decided"),
            models.Index(fields=["organisation", "-created_at"], name="claim_by_organisation"),
            models.Index(
                fields=["scheme", "period_start", "-decided_at"],
                condition=Q(decided_at__isnull=False, goods_in_short__isnull=False),
                name="claim_peers",
            ),
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.number

    @property
    def place(self) -> str:
        """What people know the claim by: its installation, or whose units they are."""
        return self.installation.name if self.installation else self.organisation.name

    @property
    def decision(self) -> Decision | None:
        """What was decided last; an appeal brings a second decision."""
        return max(self.decisions.all(), key=lambda decision: decision.pk, default=None)

    @property
    def site(self) -> Installation:
        """The installation of a claim that is about one. Raises ``ValueError`` for a claim that is not."""
        if self.installation is None:
            raise ValueError(f"{self.number} is about no installation.")
        return self.installation


class ClaimEvidence(models.Model):
    """A file stands as evidence in a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="uses")
    purpose = models.CharField(max_length=30, choices=Purpose)
    note = models.CharField(max_length=300, blank=True)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["attached_at", "pk"]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.file}"


class Snapshot(models.Model):
    """Sealed content of a claim. Never changes; ``content`` is canonical JSON."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="snapshot_number_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.claim} snapshot {self.number}"


class Step(models.Model):
    """One transition that happened: the claim's history for people."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    claim_version = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=200)
    second_actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The other of the two people of one act.",
    )
    comment = models.TextField(blank=True)
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "claim_version"], name="step_version_once")]
        ordering = ["claim_version"]

    def __str__(self) -> str:
        return f"{self.claim} {self.name}"
