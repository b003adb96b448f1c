"""The fairness report as it was worked out on a day."""

from __future__ import annotations

from django.db import models


class Summary(models.Model):
    """Published figures of every decided claim up to an instant. Never changes; the newest is shown."""

    made_at = models.DateTimeField(unique=True)
    claims = models.PositiveIntegerField(help_text="How many decided claims it was made from.")
    report = models.JSONField(help_text="Tables without their small cells; whole numbers alone.")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.claims} decided claims up to {self.made_at:%Y-%m-%d}"
