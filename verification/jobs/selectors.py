"""Reading jobs."""

from __future__ import annotations

from django.db.models import QuerySet

from verification.jobs.models import Job, JobState


def job_for_key(key: str) -> Job | None:
    """The one job that was queued under the key."""
    return Job.objects.filter(idempotency_key=key).first()


def dead_jobs(kind_prefix: str = "") -> QuerySet[Job]:
    """Work that was given up, the oldest first, each with its last error."""
    return Job.objects.filter(state=JobState.DEAD, kind__startswith=kind_prefix).order_by("finished_at", "pk")
