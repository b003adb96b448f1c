"""Work that was given up after five attempts: mails, letters, certificates; and another go."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from portal.commands.base import PortalCommand
from verification.jobs.models import Job
from verification.jobs.selectors import dead_jobs
from verification.jobs.services import retry


class Command(PortalCommand):
    help = "List jobs that failed for good, each with its last error; give them another five attempts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kind", default="", help="only kinds that begin so, for example notifications or letters")
        parser.add_argument("--retry", action="store_true", help="queue them again")

    def handle(self, *, kind: str, retry: bool, as_json: bool, **options: Any) -> None:
        jobs = list(dead_jobs(kind))
        rows = [_row(job) for job in jobs]
        if retry:
            for job in jobs:
                _again(job)
        lines = [f"{row['kind']} {row['key']}, {row['finished_at']}: {row['error']}" for row in rows]
        words = "queued again" if retry else "failed for good"
        self.say({"jobs": rows, "retried": retry}, as_json=as_json, in_words=[*lines, f"{len(rows)} {words}."])


def _again(job: Job) -> None:
    retry(job.pk)


def _row(job: Job) -> dict[str, str]:
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "key": job.idempotency_key,
        "error": job.error,
        "finished_at": job.finished_at.isoformat() if job.finished_at else "",
    }
