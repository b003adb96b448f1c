"""The officials' part: questions, answers to findings, recommendation, decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.claims.enums import DecisionOutcome, RecommendationKind
from verification.claims.models.claim import Claim, Snapshot


class Question(models.Model):
    """A request for information; asked once, answered once."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=60, blank=True, help_text="Code of the finding or name of the field.")
    text = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="question_number_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.claim} question {self.number}"


class FindingAnswer(models.Model):
    """The reviewer's recorded answer to a finding on one snapshot; a correction is a newer row."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="finding_answers")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="finding_answers")
    finding_key = models.CharField(max_length=120)
    text = models.TextField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.finding_key}: {self.text[:40]}"


class Recommendation(models.Model):
    """The reviewer's reasoned opinion on one snapshot. Never changes; a later one replaces it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="recommendations")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="recommendations")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=RecommendationKind)
    reasons = models.TextField()
    recommended_at = models.DateTimeField()

    class Meta:
        ordering = ["recommended_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.claim}"


class Decision(models.Model):
    """The approver's act. One per claim; by someone who did not recommend. Never changes."""

    number = models.CharField(max_length=20, unique=True)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="decision")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="decisions")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=DecisionOutcome)
    reasons = models.TextField()
    legal_ground = models.CharField(max_length=300)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_number = models.CharField(max_length=20)
    approver_number = models.CharField(max_length=20)
    second_factor_at = models.DateTimeField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reviewer=F("approver")), name="decision_by_two_people"),
            models.CheckConstraint(condition=Q(outcome__in=DecisionOutcome.values), name="decision_outcome_known"),
        ]

    def __str__(self) -> str:
        return self.number
