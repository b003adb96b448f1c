"""A scheme, its releases, and the edition of each table inside a release."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from verification.reference.enums import LegalStatus, TableKind


class Scheme(models.Model):
    """A border carbon scheme; everything that can change about it is in its releases."""

    code = models.SlugField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.code


class Release(models.Model):
    """One whole pack as it was loaded; published once, by two officials, and never changed.

    What was known at an instant is the newest release published at or before it.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64, help_text="Over the names and hashes of the pack's files.")
    definition = models.JSONField(help_text="The pack's scheme.yaml.")
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True)
    published_by_first = models.CharField(max_length=200, null=True)
    published_by_second = models.CharField(max_length=200, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="release_number_once"),
            models.UniqueConstraint(fields=["scheme", "content_sha256"], name="release_content_once"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by_first=None, published_by_second=None)
                | (
                    Q(published_at__isnull=False, published_by_first__isnull=False, published_by_second__isnull=False)
                    & ~Q(published_by_first=F("published_by_second"))
                    & ~Q(published_by_first="")
                    & ~Q(published_by_second="")
                ),
                name="release_published_by_two",
            ),
        ]
        ordering = ["scheme", "number"]

    def __str__(self) -> str:
        return f"{self.scheme.code} release {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Edition(models.Model):
    """One published edition of one table: its act, its dates, its standing in law, its weight."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="editions")
    table = models.CharField(max_length=20, choices=TableKind)
    code = models.CharField(max_length=40)
    act = models.CharField(max_length=200)
    annex = models.CharField(max_length=200)
    published_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    legal_status = models.CharField(max_length=20, choices=LegalStatus)
    superseded_by = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    row_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "table", "code"], name="edition_once"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="edition_span"),
            models.CheckConstraint(condition=Q(legal_status__in=LegalStatus.values), name="edition_status_known"),
            models.CheckConstraint(condition=Q(table__in=TableKind.values), name="edition_table_known"),
            models.CheckConstraint(
                condition=~Q(legal_status=LegalStatus.SUPERSEDED) | ~Q(superseded_by=""),
                name="edition_says_by_what_superseded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_table_display()}, edition {self.code}"

    @property
    def warning(self) -> str:
        """What a reader of a value must be told about its edition; empty where it is plainly in force."""
        if self.legal_status == LegalStatus.SUPERSEDED:
            return f"This edition has been superseded by {self.superseded_by}; the newer edition is not loaded."
        if self.legal_status == LegalStatus.PLACEHOLDER:
            return "These values are placeholders; the law has not been published."
        if self.legal_status == LegalStatus.TEST_DATA:
            return "These values are test data."
        return ""
