"""Letters that the authority sends about a claim, and their sealed files. Neither ever changes."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from verification.claims.models import Claim
from verification.letters.enums import LetterKind
from verification.signing.editions import SealedEdition, SealedPaper, level_is_known
from verification.wording.enums import Language


class Letter(SealedPaper):
    """One letter for each thing that was decided or asked. ``record`` is the canonical JSON that the PDF draws.

    ``subject`` names what the letter is about: the number of the decision or revocation, or the step of the claim.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=30, choices=LetterKind)
    subject = models.CharField(max_length=60)
    language = models.CharField(max_length=10, choices=Language, help_text="Beside English; English where none is.")
    record = models.TextField()
    record_sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "kind", "subject"], name="letter_once"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="letter_language_known"),
        ]
        ordering = ["-written_at", "-number"]

    def __str__(self) -> str:
        return self.number


class LetterEdition(SealedEdition):
    """The sealed PDF of a letter at one level, with the hashes of its bytes."""

    OWNER = "letter"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="editions", related_query_name="edition")
    file = models.FileField(upload_to="letters/")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "level"], name="letter_edition_once_per_level"),
            level_is_known("letter_edition_level_known"),
        ]
