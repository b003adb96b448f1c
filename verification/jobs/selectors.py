"""Reading jobs."""

from __future__ import annotations

from verification.jobs.models import Job


def job_for_key(key: str) -> Job | None:
    """The one job that was queued under the key."""
    return Job.objects.filter(idempotency_key=key).first()
