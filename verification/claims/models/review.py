"""The officials' part: questions, answers to findings, recommendation, decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.claims.enums import DecisionOutcome, QuestionAbout, RecommendationKind
from verification.claims.models.claim import Claim, Snapshot
from verification.claims.models.due_process import Appeal
from verification.evidence.models import EvidenceFile

OLDEST_SECOND_FACTOR_SECONDS = 900
"""What the database accepts; the setting ``SECOND_FACTOR_FRESH_SECONDS`` may ask for less."""


class Question(models.Model):
    """A request for information; asked once, answered once. What follows up an answer points back to its question."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=60, blank=True, help_text="Code of the finding or name of the field.")
    about = models.CharField(max_length=10, choices=QuestionAbout, default=QuestionAbout.CLAIM)
    about_label = models.CharField(max_length=200, blank=True, help_text="What people call the field or document.")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
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


class QuestionFile(models.Model):
    """A file that belongs to a question or to its answer."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="question_uses")
    is_answer = models.BooleanField()
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "file"], name="question_file_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.file}"


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
    left_out = models.JSONField(default=list, help_text="Goods not approved: cn, route, process, variant, reason.")
    recommended_at = models.DateTimeField()

    class Meta:
        ordering = ["recommended_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.claim}"


class Decision(models.Model):
    """The approver's act, by someone who did not recommend. One per claim, and one per appeal. Never changes."""

    number = models.CharField(max_length=20, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    appeal = models.OneToOneField(Appeal, null=True, on_delete=models.PROTECT, related_name="decision")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="decisions")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=DecisionOutcome)
    reasons = models.TextField()
    legal_ground = models.CharField(max_length=300)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewer_number = models.CharField(max_length=20)
    approver_number = models.CharField(max_length=20)
    left_out = models.JSONField(default=list, help_text="As in the recommendation.")
    second_factor_at = models.DateTimeField()
    second_factor_age_seconds = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reviewer=F("approver")), name="decision_by_two_people"),
            models.CheckConstraint(condition=Q(outcome__in=DecisionOutcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(second_factor_age_seconds__lte=OLDEST_SECOND_FACTOR_SECONDS),
                name="decision_fresh_second_factor",
            ),
            models.UniqueConstraint(fields=["claim"], condition=Q(appeal=None), name="decision_once_per_claim"),
        ]

    def __str__(self) -> str:
        return self.number
