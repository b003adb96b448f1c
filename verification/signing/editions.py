"""Sealed files of an issued paper: one for each level of its seal, each kept for good with its hash."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet


class SealLevel(models.TextChoices):
    """Baseline levels of PAdES (ETSI EN 319 142-1), the weakest first. Nothing is issued at B-B any more."""

    B_B = "B-B", "Sealed"
    B_T = "B-T", "Sealed, time stamped"
    B_LTA = "B-LTA", "Sealed, time stamped, with proofs for later years"


LEVELS_AT_ISSUE = (SealLevel.B_B, SealLevel.B_T)
"""Each paper has exactly one edition at one of these."""


class NotSealed(ObjectDoesNotExist, AttributeError):
    """The paper is being sealed."""


class SealedEdition(models.Model):
    """A sealed PDF with the hashes of its bytes. Subclasses name the paper (``OWNER``) and where files lie."""

    OWNER: ClassVar[str]

    level = models.CharField(max_length=5, choices=SealLevel)
    file: Any
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    unsealed_sha256 = models.CharField(max_length=64)
    key_id = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{getattr(self, self.OWNER)} {self.level}, sealed {self.sealed_at:%Y-%m-%d}"

    def siblings(self) -> QuerySet[Self]:
        """Every edition of the same paper."""
        return type(self)._default_manager.filter(**{self.OWNER: getattr(self, self.OWNER)})


class SealedPaper(models.Model):
    """What has editions. ``edition`` is the one that is handed out: that of the highest level."""

    editions: Any

    class Meta:
        abstract = True

    @property
    def edition(self) -> Any:
        """Raises ``NotSealed``, which templates and ``hasattr`` take for absence."""
        found = list(self.editions.all())
        if not found:
            raise NotSealed(f"{self} is being sealed.")
        return max(found, key=lambda edition: SealLevel.values.index(edition.level))


def level_is_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(level__in=SealLevel.values), name=name)
