"""The verifier's work on a claim, over every sealing: acceptance, drafts, findings, the sealed report."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from verification.claims.models.claim import Claim, Snapshot
from verification.claims.models.verification import Engagement, VerificationStatement
from verification.claims.verification.words import DraftPart, FindingKind, FindingOutcome, Side
from verification.registry.models import Organisation


class VerificationWork(models.Model):
    """A verifier accepted the work on a claim and declared its impartiality. Never changes.

    It outlives the sealed numbers: the invitations of the same claim to the same verifier, one for
    each sealing, belong to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="works")
    verifier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="works")
    impartiality = models.TextField(help_text="The declaration in the words that were on the page.")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "verifier"], name="work_once_per_claim_and_verifier")]
        ordering = ["-accepted_at"]

    def __str__(self) -> str:
        return f"{self.verifier} on {self.claim}"

    @property
    def engagements(self) -> models.QuerySet[Engagement]:
        """The invitations of this work, the newest first."""
        return Engagement.objects.filter(claim_id=self.claim_id, verifier_id=self.verifier_id)


class ReportDraft(models.Model):
    """One part of the report as the verifier has filled it in so far."""

    work = models.ForeignKey(VerificationWork, on_delete=models.PROTECT, related_name="drafts")
    part = models.CharField(max_length=12, choices=DraftPart)
    answers = models.JSONField(help_text="Plain: numbers as text, days in ISO.")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "part"], name="report_draft_part_once"),
            models.CheckConstraint(condition=Q(part__in=DraftPart.values), name="report_draft_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.work}: {self.part}"


class VerifierFinding(models.Model):
    """Something that the verifier found, on the numbers that were sealed then. Never changes."""

    work = models.ForeignKey(VerificationWork, on_delete=models.PROTECT, related_name="findings")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=FindingKind)
    is_material = models.BooleanField()
    subject = models.CharField(max_length=200, blank=True, help_text="The good, process or field it is about.")
    text = models.TextField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="verifier_finding_number_once"),
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="verifier_finding_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=FindingKind.RECOMMENDATION) | Q(is_material=False),
                name="verifier_recommendation_not_material",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.work} finding {self.number}"


class FindingMessage(models.Model):
    """What one side wrote to the other about a finding. Never changes."""

    finding = models.ForeignKey(VerifierFinding, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(side__in=Side.values), name="finding_message_side_known")]
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.side}: {self.text[:40]}"


class FindingClosing(models.Model):
    """How the verifier closed a finding, on the numbers that were sealed by then. Never changes."""

    finding = models.OneToOneField(VerifierFinding, on_delete=models.PROTECT, related_name="closing")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=FindingOutcome)
    reason = models.TextField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=FindingOutcome.values), name="finding_closing_outcome_known")
        ]

    def __str__(self) -> str:
        return f"{self.finding}: {self.outcome}"


class SealedReport(models.Model):
    """The whole verification report as it was signed. Never changes; ``content`` is canonical JSON."""

    statement = models.OneToOneField(VerificationStatement, on_delete=models.PROTECT, related_name="sealed_report")
    schema = models.CharField(max_length=40)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.statement.report_number}, {self.sha256[:12]}"
