"""Approved wordings of decisions. A row never changes: a changed text is a new version, published by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from verification.wording.enums import Act, Language, WordedKind, WordingStatus


class DecisionWording(models.Model):
    """One text in one language. Rows of the project's own file name their two officials by number alone."""

    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=10, choices=Language, default=Language.ENGLISH)
    scheme = models.CharField(max_length=40, blank=True, help_text="Empty: every scheme.")
    claim_kind = models.CharField(max_length=20, choices=WordedKind, blank=True)
    act = models.CharField(max_length=20, choices=Act)
    title = models.CharField(max_length=120)
    text = models.TextField()
    legal_ground = models.CharField(max_length=300)
    valid_from = models.DateField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_by_number = models.CharField(max_length=20)
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published_by_number = models.CharField(max_length=20, null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "version"], name="wording_version_once"),
            models.CheckConstraint(condition=Q(act__in=Act.values), name="wording_act_known"),
            models.CheckConstraint(condition=Q(claim_kind__in=WordedKind.values), name="wording_kind_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="wording_language_known"),
            models.CheckConstraint(condition=~Q(drafted_by=F("published_by")), name="wording_by_two_people"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by_number=None)
                | (
                    Q(published_at__isnull=False, published_by_number__isnull=False)
                    & ~Q(published_by_number=F("drafted_by_number"))
                ),
                name="wording_published_by_a_second",
            ),
        ]
        ordering = ["claim_kind", "act", "key", "language", "-version"]

    def __str__(self) -> str:
        return f"{self.key} {self.language} version {self.version}"

    @property
    def status(self) -> WordingStatus:
        if self.withdrawn_at:
            return WordingStatus.WITHDRAWN
        return WordingStatus.PUBLISHED if self.published_at else WordingStatus.DRAFT
