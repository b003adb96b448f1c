"""Sealing every granted certificate of a scheme and year together, with progress; what failed gets another go."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from portal.commands.base import PortalCommand
from verification.audit.actors import Actor
from verification.certificates.batch_selectors import Progress, batches_for, failures_in, progress_of
from verification.certificates.models import IssuingBatch
from verification.certificates.services.batch import retry_batch, start_batch
from verification.kernel import clock
from verification.kernel.errors import Conflict

COMMAND = Actor.system("issue_batch")
LOOK_AGAIN_SECONDS, MOST_SHOWN = 5, 10


class Command(PortalCommand):
    help = "Queue granted certificates that have no seal, in chunks that the workers share, and say how far they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--scheme", required=True, help="such as eu-cbam")
        parser.add_argument("--year", type=int, help="in which they were granted; this year where left out")
        parser.add_argument("--limit", type=int, help="take no more than so many")
        parser.add_argument("--resume", action="store_true", help="start nothing; queue again what was given up")
        parser.add_argument("--follow", action="store_true", help="say how far it is until nothing is at work")

    def handle(self, *, scheme: str, as_json: bool, **options: Any) -> None:
        year = options["year"] or clock.today().year
        if options["limit"] is not None and options["limit"] < 1:
            self.refuse("The limit is at least 1.", code=2)
        try:
            batches = (
                self._resumed(scheme, year)
                if options["resume"]
                else [start_batch(actor=COMMAND, scheme=scheme, year=year, limit=options["limit"])]
            )
        except Conflict as refusal:
            self.refuse(str(refusal))
        while options["follow"] and any(progress_of(batch).is_at_work for batch in batches):
            self.stderr.write(" ".join(_words(progress_of(batch)) for batch in batches))
            time.sleep(LOOK_AGAIN_SECONDS)
        rows = [_row(batch) for batch in batches]
        lines = [f"{row['batch']}: {_words(progress_of(batch))}" for row, batch in zip(rows, batches, strict=True)]
        failures = [f"{each['certificate']}: {each['error']}" for row in rows for each in row["failures"]]
        self.say({"batches": rows}, as_json=as_json, in_words=[*lines, *failures])

    def _resumed(self, scheme: str, year: int) -> list[IssuingBatch]:
        """The batches of scheme and year that are not through."""
        found = [each for each in batches_for(COMMAND).filter(scheme=scheme, year=year) if _is_open(each)]
        if not found:
            raise Conflict("No batch of this scheme and year has certificates without a seal.")
        for batch in found:
            if progress_of(batch).failed:
                retry_batch(batch, actor=COMMAND)
        return found


def _is_open(batch: IssuingBatch) -> bool:
    progress = progress_of(batch)
    return progress.sealed < progress.total


def _row(batch: IssuingBatch) -> dict[str, Any]:
    progress = progress_of(batch)
    return {
        "batch": str(batch.pk),
        "total": progress.total,
        "sealed": progress.sealed,
        "waiting": progress.waiting,
        "tried_again": progress.tried_again,
        "failed": progress.failed,
        "failures": [
            {"certificate": item.certificate.number, "error": item.job.error or item.error}
            for item in failures_in(batch)[:MOST_SHOWN]
        ],
    }


def _words(progress: Progress) -> str:
    return (
        f"{progress.sealed} of {progress.total} sealed, {progress.waiting} waiting, "
        f"{progress.tried_again} tried again, {progress.failed} failed."
    )
