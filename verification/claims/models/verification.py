"""The verifier's part: an invitation on sealed numbers, and the signed statement."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from verification.claims.enums import Assurance, EngagementState, Opinion, VisitKind
from verification.claims.models.claim import Claim, Snapshot
from verification.evidence.models import EvidenceFile
from verification.registry.models import Accreditation, Organisation


class Engagement(models.Model):
    """A verifier is asked about exactly one snapshot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="engagements")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="engagements")
    verifier = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="engagements")
    state = models.CharField(max_length=10, choices=EngagementState, default=EngagementState.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EngagementState.values), name="engagement_state_known"),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state=EngagementState.INVITED), name="engagement_one_open_per_claim"
            ),
            models.UniqueConstraint(
                fields=["snapshot"], condition=Q(state=EngagementState.CONFIRMED), name="engagement_confirmed_once"
            ),
        ]
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.verifier} on {self.snapshot}"


class VerificationStatement(models.Model):
    """The verification report as structured data (Implementing Regulation (EU) 2025/2546, Annex). Never changes."""

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="statement")
    snapshot_sha256 = models.CharField(max_length=64)
    opinion = models.CharField(max_length=30, choices=Opinion)
    assurance = models.CharField(max_length=12, choices=Assurance)
    materiality_percent = models.DecimalField(max_digits=5, decimal_places=2)
    visit_kind = models.CharField(max_length=10, choices=VisitKind)
    visit_started_on = models.DateField(null=True)
    visit_ended_on = models.DateField(null=True)
    visit_ground = models.TextField(blank=True)
    corrected_misstatements = models.TextField(blank=True)
    uncorrected_misstatements = models.TextField(blank=True)
    non_conformities = models.TextField(blank=True)
    recommendations = models.TextField(blank=True)
    lead_auditor = models.CharField(max_length=200)
    independent_reviewer = models.CharField(max_length=200)
    technical_expert = models.CharField(max_length=200, blank=True)
    confirmed_numbers = models.JSONField(help_text="Per good, numbers as text.")
    report_number = models.CharField(max_length=60)
    report = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="+")
    report_dated_on = models.DateField()
    accreditation = models.ForeignKey(Accreditation, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    second_factor_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opinion__in=Opinion.values), name="statement_opinion_known"),
            models.CheckConstraint(
                condition=Q(visit_kind="waived") | Q(visit_started_on__isnull=False), name="statement_visit_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opinion} on {self.engagement.snapshot}"
