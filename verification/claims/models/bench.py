"""What officials keep for their own work: notes on claims, views of the queue, claims that were screened together."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from verification.claims.models.claim import Claim
from verification.claims.models.review import Recommendation


class PrivateNote(models.Model):
    """A remark that only officials read. Never changes."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="private_notes")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.claim}: {self.text[:40]}"


class SavedView(models.Model):
    """Filters of the queue under a name of the person's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, help_text="Query string of the queue, without the page.")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SearchEntry(models.Model):
    """Every word and number printed on a claim, folded and parted by blanks: what the search looks in."""

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.PROTECT, related_name="search_entry")
    words = models.TextField()

    def __str__(self) -> str:
        return f"{self.claim}: {self.words[:60]}"


class ScreeningList(models.Model):
    """Claims without findings that one reviewer recommended together. Never changes."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()

    class Meta:
        ordering = ["screened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.screened_at:%Y-%m-%d %H:%M}"


class ScreenedClaim(models.Model):
    """One recommendation of a list. Never changes; what became of the claim is the claim's own."""

    list = models.ForeignKey(ScreeningList, on_delete=models.PROTECT, related_name="screened")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="screened")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.recommendation} with others"
