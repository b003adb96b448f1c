"""Queue, claim, run and sweep jobs.

A job is written in the transaction of the change that needs it. After commit its id is
published once, and failure to publish is only logged: the sweeper publishes again.
"""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from verification.jobs.handlers import handler_for, queue_of
from verification.jobs.models import Job, JobState
from verification.kernel.clock import wall_now

MAX_ATTEMPTS = 5
MOST_IN_A_SWEEP, MOST_AGAIN_IN_A_SWEEP = 500, 25
log = structlog.get_logger(__name__)


def enqueue(kind: str, *, key: str, payload: dict[str, Any], not_before: datetime | None = None) -> Job:
    """One job per ``key``, whatever the number of calls. Must run inside a transaction.

    ``not_before`` is wall-clock; the sweeper publishes the job once that instant has come.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A job must be queued in the transaction of the change that needs it.")
    job, is_new = Job.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "kind": kind,
            "payload": payload,
            "created_at": wall_now(),
            "not_before": not_before or wall_now(),
        },
    )
    if is_new and not_before is None:
        transaction.on_commit(partial(publish, job.pk, kind))
    return job


def publish(job_id: uuid.UUID, kind: str) -> bool:
    """Hand the id to the broker. ``False`` when the broker cannot be reached; the row stays queued."""
    try:
        current_app.send_task("jobs.run", args=[str(job_id)], queue=queue_of(kind), retry=False, ignore_result=True)
    except Exception as error:  # every transport raises its own kind
        log.warning("jobs.publish_failed", job=str(job_id), error=str(error))
        return False
    Job.objects.filter(pk=job_id).update(published_at=wall_now())
    return True


def run(job_id: str) -> bool:
    """Claim the job and do it. ``False`` when it is not to be had: done, dead or in other hands."""
    token = uuid.uuid4()
    if not _claim(job_id, token):
        return False
    job = Job.objects.get(pk=job_id)
    with _Heartbeat(job_id, token):
        try:
            result = handler_for(job.kind)(job.payload)
        except Exception as error:
            _fail(job, token, error)
            return True
    Job.objects.filter(pk=job_id, lease_token=token).update(
        state=JobState.DONE, result=result, error="", lease_until=None, finished_at=wall_now()
    )
    return True


def sweep() -> int:
    """Publish what was not yet, again what waits too long or whose worker died; bury what died too often.

    Of what was published and waits, only the few that wait longest are published again: a long queue is no lost one.
    """
    late = wall_now() - timedelta(seconds=settings.JOB_SWEEP_SECONDS)
    Job.objects.filter(state=JobState.RUNNING, lease_until__lt=wall_now(), attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.DEAD, error="The worker stopped while doing this, five times.", finished_at=wall_now()
    )
    ready = Q(state=JobState.QUEUED, not_before__lte=wall_now())
    new = Job.objects.filter(ready & Q(published_at=None) | Q(state=JobState.RUNNING, lease_until__lt=wall_now()))
    again = Job.objects.filter(ready, published_at__lt=late)
    stalled = [
        *new.order_by("created_at", "pk").values_list("pk", "kind")[:MOST_IN_A_SWEEP],
        *again.order_by("published_at", "pk").values_list("pk", "kind")[:MOST_AGAIN_IN_A_SWEEP],
    ]
    return sum(publish(job_id, kind) for job_id, kind in stalled)


def retry(job_id: uuid.UUID) -> bool:
    """Give a dead job another five attempts."""
    kind = Job.objects.filter(pk=job_id).values_list("kind", flat=True).first()
    return bool(kind and retry_later(Job.objects.filter(pk=job_id)) and publish(job_id, kind))


def retry_later(jobs: QuerySet[Job]) -> int:
    """Give the dead among ``jobs`` another five attempts, however many they are; the sweeper publishes them."""
    return jobs.filter(state=JobState.DEAD).update(
        state=JobState.QUEUED, attempts=0, not_before=wall_now(), published_at=None, finished_at=None
    )


def _claim(job_id: str, token: uuid.UUID) -> bool:
    free = Q(state=JobState.QUEUED, not_before__lte=wall_now()) | Q(state=JobState.RUNNING, lease_until__lt=wall_now())
    return bool(
        Job.objects.filter(free, pk=job_id, attempts__lt=MAX_ATTEMPTS).update(
            state=JobState.RUNNING, lease_token=token, lease_until=_lease_end(), attempts=F("attempts") + 1
        )
    )


def _fail(job: Job, token: uuid.UUID, error: Exception) -> None:
    log.error("jobs.failed", job=str(job.pk), kind=job.kind, attempt=job.attempts, exc_info=error)
    is_dead = job.attempts >= MAX_ATTEMPTS
    Job.objects.filter(pk=job.pk, lease_token=token).update(
        state=JobState.DEAD if is_dead else JobState.QUEUED,
        error=f"{type(error).__name__}: {error}"[:2000],
        lease_until=None,
        not_before=wall_now() + timedelta(seconds=2**job.attempts),
        published_at=None,
        finished_at=wall_now() if is_dead else None,
    )


def _lease_end() -> datetime:
    return wall_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


class _Heartbeat:
    """Extends the lease from a thread of its own while the work goes on."""

    def __init__(self, job_id: str, token: uuid.UUID) -> None:
        self._job_id, self._token, self._stop = job_id, token, threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stop.wait(settings.JOB_LEASE_SECONDS / 3):
            Job.objects.filter(pk=self._job_id, lease_token=self._token).update(lease_until=_lease_end())
        connection.close()
