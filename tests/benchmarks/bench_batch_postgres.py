"""The bookkeeping of a large batch on two worker processes, one of which is killed on the way.

Drawing and sealing are left out, at their outermost edge: what is tried is whether queueing, progress, resuming and
memory hold at the size. 500 certificates, or as many as PORTAL_BENCH_BATCH says.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.batch_worker import take_chunks
from tests.benchmarks.demonstration import make_demonstration
from tests.benchmarks.granted import write_granted
from tests.benchmarks.result import Result

CERTIFICATES = int(os.environ.get("PORTAL_BENCH_BATCH", "500"))
WORKERS, WRITTEN_AT_ONCE, KILLED_AFTER = 2, 500, 0.2
ALLOWED_PROGRESS_SECONDS = 0.2


def run() -> list[Result]:
    """Raises ``RuntimeError`` where anything was lost or done twice. Needs PostgreSQL; makes the demonstration."""
    from verification.certificates.models import Certificate

    make_demonstration()
    like = Certificate.objects.filter(claim__kind="emissions", claim__scheme="eu-cbam").order_by("number")[0]
    for first in range(0, CERTIFICATES, WRITTEN_AT_ONCE):
        write_granted(like, min(WRITTEN_AT_ONCE, CERTIFICATES - first), first=first)
    return [*_queued(like.issued_at.year), *_worked_off()]


def _queued(year: int) -> list[Result]:
    """A tenth first, then the rest: what a chunk costs must not depend on how many there are."""
    from verification.audit.actors import Actor
    from verification.certificates.services.batch import CHUNK, start_batch

    costs, tenth = [], CERTIFICATES // 10
    held = _most_held_kilobytes()
    for limit in (tenth, CERTIFICATES - tenth):
        count = 0

        def counted(execute: Callable[..., object], *rest: object) -> object:
            nonlocal count
            count += 1
            return execute(*rest)

        begun = time.perf_counter()
        with connection.execute_wrapper(counted):
            start_batch(actor=Actor.system(), scheme="eu-cbam", year=year, limit=limit)
        costs.append((count / -(-limit // CHUNK), (time.perf_counter() - begun) / limit))
    _note(f"queued: {costs[1][1] * 1000:.1f} ms a certificate, {_most_held_kilobytes() - held:,} kB more memory")
    return [
        Result("queueing, queries a chunk", "queries", costs[1][0], costs[0][0], "a tenth of the size", "at most", 1.1)
    ]


def _worked_off() -> list[Result]:
    from verification.certificates.batch_selectors import failures_in, progress_of
    from verification.certificates.models import IssuingBatch

    large = max(IssuingBatch.objects.all(), key=lambda batch: batch.items.count())
    total = progress_of(large).total
    with tempfile.TemporaryDirectory() as folder:
        spawned = multiprocessing.get_context("spawn")
        places = [str(Path(folder) / f"worker-{number}") for number in range(WORKERS + 1)]
        workers = [spawned.Process(target=take_chunks, args=(str(large.pk), place)) for place in places]
        begun = time.perf_counter()
        for worker in workers[:WORKERS]:
            worker.start()
        while progress_of(large).sealed < total * KILLED_AFTER:
            time.sleep(0.2)
        workers[0].kill()
        workers[WORKERS].start()
        with CaptureQueriesContext(connection) as seen:
            asked = time.perf_counter()
            progress_of(large)
            list(failures_in(large)[:25])
            took = time.perf_counter() - asked
        for worker in workers:
            worker.join()
        _note(f"{total:,} worked off in {time.perf_counter() - begun:.0f} s")
        notes = [[json.loads(line) for line in Path(place).read_text().splitlines()] for place in places]
    _demand_each_once(total)
    whole = [spent / sealed for sealed, spent, _ in notes[1] if sealed]
    tenth = max(1, len(whole) // 10)
    memory = [most for _, _, most in notes[1]]
    return [
        Result("queries a certificate, last tenth", "queries", mean(whole[-tenth:]), mean(whole[:tenth]),
               "first tenth", "at most", 1.02),
        Result("a worker's memory, last chunk", "MB", memory[-1] / 1024, memory[tenth] / 1024,
               "after a tenth", "at most", 1.15),
        Result(f"progress and failures, {len(seen)} queries", "seconds", took, ALLOWED_PROGRESS_SECONDS,
               "what is allowed", "at most", 1.0),
    ]  # fmt: skip


def _demand_each_once(total: int) -> None:
    """Every certificate of the batch has one edition, one event, and the files of the dead worker are not counted."""
    from verification.audit.models import Event
    from verification.certificates.models import Edition, IssuingBatch
    from verification.jobs.models import Job, JobState

    batch = max(IssuingBatch.objects.all(), key=lambda each: each.items.count())
    certificates = batch.items.values("certificate")
    editions = Edition.objects.filter(certificate__in=certificates)
    named = {str(pk) for pk in batch.items.values_list("certificate", flat=True)}
    told = Event.objects.filter(name="certificates.certificate.sealed").values_list("subject_id", flat=True)
    jobs = Job.objects.filter(pk__in=batch.items.values("job")).exclude(state=JobState.DONE)
    found = (editions.count(), editions.values("certificate").distinct().count(), len([s for s in told if s in named]))
    if found != (total, total, total) or jobs.exists():
        raise RuntimeError(f"Of {total}: editions, certificates with one, events: {found}; open: {jobs.count()}.")


def _most_held_kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _note(words: str) -> None:
    sys.stderr.write(words + "\n")
