"""What a producer typed, row by row, where a claim is filled in without the Commission's workbook."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from verification.claims.models.claim import Claim


class AnswerRow(models.Model):
    """Answers to the fields of one row of one section (see ``accounting.entry``), as they were typed.

    ``position`` keeps the order in which rows were added. The claim's ``reading`` is always derived from
    the rows, within the transaction that writes them.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="answer_rows")
    section = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    values = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "section", "key"], name="answer_row_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.claim} {self.section}/{self.key}"
