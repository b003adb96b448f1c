"""What makes a procedure fair: declared conflicts of interest, being heard before a refusal, reminders, appeals."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from verification.claims.models.claim import Claim, Snapshot


class ConflictDeclaration(models.Model):
    """An official says whether it has a conflict of interest in a claim. Never changes; one "yes" bars for good."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="conflict_declarations")
    official = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_conflict = models.BooleanField()
    statement = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "official", "has_conflict"], name="conflict_declared_once")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.official}: {'conflict' if self.has_conflict else 'no conflict'} in {self.claim}"


class DraftDecision(models.Model):
    """A refusal that the producer may comment on before it is made."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="draft_decisions")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField()
    legal_ground = models.CharField(max_length=300)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    comment_due_on = models.DateField()
    comment = models.TextField(blank=True)
    commented_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, help_text="When the comment came, or its time was over.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=Q(closed_at=None), name="draft_decision_one_open")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draft refusal of {self.claim}"


class Appeal(models.Model):
    """A producer asks that a refusal or a revocation be decided anew, by other people."""

    number = models.CharField(max_length=20, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appeals")
    against = models.CharField(max_length=10, choices=[("refused", "Refusal"), ("revoked", "Revocation")])
    grounds = models.TextField()
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    lodged_version = models.PositiveIntegerField(help_text="Version of the claim that the appeal made.")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "against"], name="appeal_once"),
            models.CheckConstraint(condition=Q(against__in=("refused", "revoked")), name="appeal_against_known"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class Reminder(models.Model):
    """A message that is sent once, however often the day's work is done."""

    key = models.CharField(max_length=120, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reminders")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
