"""Starting a batch of granted certificates, in chunks that several workers share, and trying again what failed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.certificates.batch_selectors import KEEPERS, in_no_batch, unsealed_items
from verification.certificates.models import IssuingBatch, IssuingItem
from verification.jobs.models import Job
from verification.jobs.services import enqueue, retry_later
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, NotAllowed

CHUNK = 25
ISSUE_CHUNK = "certificates.issue_chunk"


def start_batch(*, actor: Actor, scheme: str, year: int, limit: int | None = None) -> IssuingBatch:
    """A batch of what was granted under the scheme in the year, has no seal and is in no batch yet, by number.

    Its jobs are published by the sweeper, so that nobody waits here for a broker. Raises ``NotAllowed``, and
    ``Conflict`` where nothing waits or somebody started the same a moment ago.
    """
    _demand_right(actor)
    try:
        with transaction.atomic():
            batch = IssuingBatch(
                scheme=scheme,
                year=year,
                started_by_id=int(actor.id) if actor.kind == "user" else None,
                started_by_label=actor.label,
                started_at=clock.now(),
            )
            batch.save(force_insert=True)
            count = sum(_queue_chunk(batch, chunk) for chunk in _chunks(scheme, year, limit))
            if not count:
                raise Conflict("No certificate of this scheme and year waits for a seal outside a batch.")
            _record("started", batch, actor, {"certificates": count})
    except IntegrityError as error:
        raise Conflict("Somebody started a batch of the same certificates a moment ago.") from error
    return batch


def retry_batch(batch: IssuingBatch, *, actor: Actor) -> int:
    """Give everything in the batch that was given up another five attempts; how many jobs that are.

    Raises ``NotAllowed``, and ``Conflict`` where nothing was given up.
    """
    _demand_right(actor)
    left = unsealed_items(batch)
    with transaction.atomic():
        count = retry_later(Job.objects.filter(pk__in=left.values("job")))
        if not count:
            raise Conflict("Nothing in this batch was given up.")
        left.update(starts=0)
        _record("retried", batch, actor, {"jobs": count})
    return count


def _chunks(scheme: str, year: int, limit: int | None) -> Iterator[list[uuid.UUID]]:
    """By number, each read after the one before was queued, so that no more than a chunk is held."""
    left, last = limit, ""
    while left is None or left > 0:
        rows = in_no_batch(scheme, year).filter(number__gt=last).order_by("number").values_list("pk", "number")
        chunk = list(rows[: CHUNK if left is None else min(CHUNK, left)])
        if not chunk:
            return
        last = chunk[-1][1]
        left = None if left is None else left - len(chunk)
        yield [pk for pk, _ in chunk]


def _queue_chunk(batch: IssuingBatch, certificate_ids: list[uuid.UUID]) -> int:
    job = enqueue(
        ISSUE_CHUNK,
        key=f"issuing-{batch.pk}-{certificate_ids[0]}",
        payload={"certificates": [str(pk) for pk in certificate_ids]},
        not_before=wall_now(),
    )
    IssuingItem.objects.bulk_create([IssuingItem(batch=batch, certificate_id=pk, job=job) for pk in certificate_ids])
    return len(certificate_ids)


def _demand_right(actor: Actor) -> None:
    if actor.kind != "system" and not actor.roles & KEEPERS:
        raise NotAllowed("Stewards and heads of team start batches and try them again.")


def _record(act: str, batch: IssuingBatch, actor: Actor, facts: dict[str, int]) -> None:
    record_event(
        f"certificates.issuing.{act}",
        actor=actor,
        subject_type="issuing_batch",
        subject_id=batch.pk,
        facts={"scheme": batch.scheme, "year": batch.year, **facts},
    )
