"""Certificates a minute on two worker processes, beside bare WeasyPrint of the same page and two other PDF makers.

The portal's side is the whole job: rows of the batch and of the jobs, offline code, page, seal, time stamp, judgement
of the seal, file on the disk, edition, event and notice. All take turns in short rounds, so that each meets the same
machine; what counts of each is the median of its rounds. Beside the clock's time stands the processor time of the
worker processes, which other work on the machine hardly touches; the database's own is in the clock's time alone.
"""

from __future__ import annotations

import json
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string

from tests.benchmarks.demonstration import make_demonstration
from tests.benchmarks.granted import write_granted
from tests.benchmarks.issuing_worker import issue, start_worker
from tests.benchmarks.pdf_makers import MAKERS, make, warm_up
from tests.benchmarks.result import Result

PROCESSES, EACH, ROUNDS = 2, 2, 15
IN_TURN = PROCESSES * EACH
PORTAL, SAME_KIND = "portal", "WeasyPrint, same kind of file"
Turn = Callable[[], float]
"""Does its work and gives the processor time that it took, in seconds."""
GOALS = {
    SAME_KIND: 0.9,
    "WeasyPrint, plain file": 0.5,
    "typst": 0.02,
    "ReportLab": 0.05,
}
"""The first is the goal. The others are beside it: a plain file has no tags, archive profile, attachment or seal, and
typst and ReportLab print the words in one table."""


def run() -> list[Result]:
    """Certificates a minute. Needs PostgreSQL; makes the demonstration and the certificates that wait."""
    make_demonstration()
    with tempfile.TemporaryDirectory() as folder:
        _write_page(Path(folder))
        return _measured(folder)


def _measured(folder: str) -> list[Result]:
    """In rounds in which all take one turn each, every other round the other way round."""
    spawned = multiprocessing.get_context("spawn")
    connection.close()
    pools = {
        name: ProcessPoolExecutor(PROCESSES, mp_context=spawned, initializer=warm_up, initargs=(name, folder))
        for name in MAKERS
    }
    workers = ProcessPoolExecutor(PROCESSES, mp_context=spawned, initializer=start_worker)
    turns: dict[str, Callable[[], Turn]] = {
        name: lambda name=name, pool=pool: lambda: _made(pool, name, folder) for name, pool in pools.items()
    }
    turns[PORTAL] = lambda: _issuing(workers)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in turns}
    try:
        for number in range(ROUNDS + 1):
            for name in list(turns)[:: 1 if number % 2 else -1]:
                turn = turns[name]()
                begun = time.perf_counter()
                spent = turn()
                if number:
                    taken[name].append((time.perf_counter() - begun, spent))
    finally:
        for pool in (*pools.values(), workers):
            pool.shutdown()
    return [*_results(taken, 0, f"issued by {PROCESSES} processes", GOALS),
            *_results(taken, 1, "issued, processor time", {SAME_KIND: GOALS[SAME_KIND]})]  # fmt: skip


def _results(
    taken: dict[str, list[tuple[float, float]]], which: int, called: str, goals: dict[str, float]
) -> list[Result]:
    """Certificates a minute by the median of the rounds: of the clock's time, or of processor time on one core."""
    rate = {name: IN_TURN * 60 / median(times[which] for times in rounds) for name, rounds in taken.items()}
    return [Result(called, "/min", rate[PORTAL], rate[name], name, "at least", goal) for name, goal in goals.items()]


def _made(pool: ProcessPoolExecutor, name: str, folder: str) -> float:
    return sum(pool.map(make, [name] * PROCESSES, [folder] * PROCESSES, [range(EACH)] * PROCESSES))


def _issuing(workers: ProcessPoolExecutor) -> Turn:
    """One job a process; the rows that it needs are written before the clock starts."""
    from verification.audit.actors import Actor
    from verification.certificates.models import Certificate
    from verification.certificates.services.batch import start_batch

    like = Certificate.objects.filter(claim__kind="emissions", claim__scheme="eu-cbam").order_by("number")[0]
    standing = Certificate.objects.count()
    write_granted(like, IN_TURN, first=standing)
    batches = [
        start_batch(actor=Actor.system(), scheme="eu-cbam", year=like.issued_at.year, limit=EACH)
        for _ in range(PROCESSES)
    ]
    jobs = [str(batch.items.values_list("job", flat=True)[0]) for batch in batches]
    connection.close()
    return lambda: sum(workers.map(issue, jobs))


def _write_page(folder: Path) -> None:
    """The page of one certificate as bare makers need it."""
    from verification.certificates.models import Certificate
    from verification.certificates.pictures import qr_svg
    from verification.certificates.presentation_emissions import printed
    from verification.certificates.render import STYLE_SHEET
    from verification.certificates.services.credential import offline_code_for
    from verification.kernel.canonical import sha256_of

    like = Certificate.objects.filter(claim__kind="emissions", claim__scheme="eu-cbam").order_by("number")[0]
    record = json.loads(like.record)
    code = offline_code_for(like)
    html = render_to_string("certificates/emissions.html", printed(record, sha256_of(record), code))
    (folder / "page.html").write_text(html)
    (folder / "page.css").write_text(str(settings.BASE_DIR / "templates" / STYLE_SHEET))
    (folder / "record.json").write_text(like.record)
    (folder / "qr.svg").write_bytes(qr_svg(code or ""))
    (folder / "fonts").write_text(str(settings.BASE_DIR / "static" / "fonts" / "certificate"))
