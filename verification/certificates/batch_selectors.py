"""Reading batches of certificates: what waits for one, and how far each has come. Counted from rows every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from verification.audit.actors import Actor
from verification.certificates.models import Certificate, Edition, IssuingBatch, IssuingItem
from verification.jobs.models import JobState
from verification.signing.editions import LEVELS_AT_ISSUE

KEEPERS = frozenset({"steward", "lead"})


@dataclass(frozen=True)
class Progress:
    """Certificates of a batch: each is in exactly one of the four parts."""

    total: int
    sealed: int
    failed: int
    tried_again: int

    @property
    def waiting(self) -> int:
        return self.total - self.sealed - self.failed - self.tried_again

    @property
    def is_at_work(self) -> bool:
        return self.sealed + self.failed < self.total


def batches_for(actor: Actor) -> QuerySet[IssuingBatch]:
    """All of them for stewards and heads of team, the newest first; none for anybody else."""
    found = IssuingBatch.objects.all()
    return found if actor.roles & KEEPERS or actor.kind == "system" else found.none()


def progress_of(batch: IssuingBatch) -> Progress:
    """One query, whatever the size of the batch."""
    is_sealed, is_dead, is_alone = Q(is_sealed=True), Q(job__state=JobState.DEAD), Q(failed_at__isnull=False)
    counts = batch.items.annotate(is_sealed=_has_edition("certificate")).aggregate(
        total=Count("pk"),
        sealed=Count("pk", filter=is_sealed),
        failed=Count("pk", filter=~is_sealed & is_dead),
        tried_again=Count("pk", filter=~is_sealed & ~is_dead & is_alone),
    )
    return Progress(**counts)


def failures_in(batch: IssuingBatch) -> QuerySet[IssuingItem]:
    """What was given up, or failed and is tried again, each with its job and its certificate's number."""
    trouble = Q(job__state=JobState.DEAD) | Q(failed_at__isnull=False)
    found = unsealed_items(batch).filter(trouble).select_related("job", "certificate")
    return found.defer("certificate__record").order_by("pk")


def unsealed_items(batch: IssuingBatch | None = None) -> QuerySet[IssuingItem]:
    """Of one batch, or of all."""
    items = IssuingItem.objects.filter(~_has_edition("certificate"))
    return items if batch is None else items.filter(batch=batch)


def in_no_batch(scheme: str, year: int) -> QuerySet[Certificate]:
    """Granted under the scheme in the year (UTC), without a seal, and in no batch."""
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return _waiting().filter(claim__scheme=scheme, issued_at__gte=start, issued_at__lt=end)


def waiting_outside() -> list[dict[str, Any]]:
    """``scheme``, ``year`` and ``count`` of the certificates that a new batch would take."""
    granted = _waiting().order_by().annotate(year=ExtractYear("issued_at", tzinfo=UTC))
    counted = granted.values("claim__scheme", "year").annotate(count=Count("pk")).order_by("claim__scheme", "year")
    return [{"scheme": row["claim__scheme"], "year": row["year"], "count": row["count"]} for row in counted]


def _waiting() -> QuerySet[Certificate]:
    taken = IssuingItem.objects.filter(certificate=OuterRef("pk"))
    return Certificate.objects.filter(~_has_edition("pk"), ~Exists(taken))


def _has_edition(certificate: str) -> Exists:
    return Exists(Edition.objects.filter(certificate=OuterRef(certificate), level__in=LEVELS_AT_ISSUE))
