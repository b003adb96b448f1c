"""Extending what was sealed at B-T, night by night: in batches, each of which may be interrupted and run again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.signing.editions import SealedEdition, SealLevel
from verification.signing.errors import SealingError

BATCH = 25
log = structlog.get_logger(__name__)


def not_extended(model: type[SealedEdition]) -> QuerySet[Any]:
    """Editions at B-T whose paper has none at B-LTA, the oldest first."""
    extended = model._default_manager.filter(**{model.OWNER: OuterRef(model.OWNER)}, level=SealLevel.B_LTA)
    return model._default_manager.filter(~Exists(extended), level=SealLevel.B_T).order_by("pk")


def queue_batches(model: type[SealedEdition], kind: str, *, day: date | None = None) -> dict[str, Any]:
    """One job of ``kind`` per batch and day, whatever the number of calls."""
    on = day or clock.today()
    waiting = list(not_extended(model).values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            enqueue(kind, key=f"{kind}-{on.isoformat()}-{batch[0]}", payload={"editions": batch})
    return {"waiting": len(waiting)}


def extend_each(editions: Iterable[SealedEdition], extend_one: Callable[[Any], object]) -> dict[str, Any]:
    """Extend one after the other; one that fails does not hold up the others.

    Raises ``SealingError`` in the end where any failed, so that the job tries again and shows it.
    """
    done, failed = 0, []
    for edition in editions:
        try:
            extend_one(edition)
        except (SealingError, OSError) as error:
            log.error("signing.extend_failed", edition=str(edition), exc_info=error)
            failed.append(f"{edition}: {error}")
        else:
            done += 1
    if failed:
        raise SealingError(f"{len(failed)} of {done + len(failed)} could not be extended. {' '.join(failed[:3])}")
    return {"extended": done}
