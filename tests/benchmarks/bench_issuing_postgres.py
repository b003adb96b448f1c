"""Certificates a minute on two worker processes, beside bare WeasyPrint of the same page and two other PDF makers.

The portal's side is the whole job: rows of the batch and of the jobs, offline code, page, seal, time stamp, judgement
of the seal, file on the disk, edition, event and notice. All take turns in blocks, so that each meets the same
machine; what counts of each is its best block.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string

from tests.benchmarks.granted import write_granted
from tests.benchmarks.issuing_worker import issue, start_worker
from tests.benchmarks.pdf_makers import MAKERS, make
from tests.benchmarks.result import Result
from tests.clock import set_test_clock

PROCESSES, BLOCKS, IN_BLOCK = 2, 6, 10
GOALS = {
    "WeasyPrint, same kind of file": 0.9,
    "WeasyPrint, plain file": 0.5,
    "typst": 0.02,
    "ReportLab": 0.05,
}
"""The first is the goal. The others are beside it: a plain file has no tags, archive profile, attachment or seal, and
typst and ReportLab print the words in one table."""


def run() -> list[Result]:
    """Certificates a minute. Needs PostgreSQL; makes the demonstration and the certificates that wait."""
    from django.core.management import call_command

    if connection.vendor != "postgresql":
        raise RuntimeError("This benchmark is about PostgreSQL; start it with make bench.")
    set_test_clock()
    for name in ("queue", "control"):
        (settings.BROKER_DIR / name).mkdir(parents=True, exist_ok=True)
    with redirect_stdout(sys.stderr):
        call_command("demo", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        _write_page(Path(folder))
        return _measured(folder)


def _measured(folder: str) -> list[Result]:
    spawned = multiprocessing.get_context("spawn")
    connection.close()
    pools = {name: ProcessPoolExecutor(PROCESSES, mp_context=spawned) for name in MAKERS}
    workers = ProcessPoolExecutor(PROCESSES, mp_context=spawned, initializer=start_worker)
    turns: dict[str, Callable[[], Callable[[], object]]] = {
        name: lambda name=name, pool=pool: lambda: _made(pool, name, folder) for name, pool in pools.items()
    }
    turns["portal"] = lambda: _issuing(workers)
    best = dict.fromkeys(turns, float("inf"))
    try:
        for block in range(BLOCKS + 1):
            for name, prepared in turns.items():
                work = prepared()
                begun = time.perf_counter()
                work()
                if block:
                    best[name] = min(best[name], time.perf_counter() - begun)
    finally:
        for pool in (*pools.values(), workers):
            pool.shutdown()
    rate = {name: IN_BLOCK * 60 / seconds for name, seconds in best.items()}
    return [
        Result(
            f"certificates issued, {PROCESSES} processes", "/min", rate["portal"], rate[name], name, "at least", goal
        )
        for name, goal in GOALS.items()
    ]


def _made(pool: ProcessPoolExecutor, name: str, folder: str) -> None:
    _drain(pool.map(make, [name] * IN_BLOCK, [folder] * IN_BLOCK, range(IN_BLOCK)))


def _issuing(workers: ProcessPoolExecutor) -> Callable[[], object]:
    """A block of jobs, one batch a process; that they were all sealed is looked at after the clock has stopped."""
    from verification.audit.actors import Actor
    from verification.certificates.models import Certificate
    from verification.certificates.services.batch import start_batch

    like = Certificate.objects.filter(claim__kind="emissions", claim__scheme="eu-cbam").order_by("number")[0]
    standing = Certificate.objects.count()
    write_granted(like, IN_BLOCK, first=standing)
    half = IN_BLOCK // PROCESSES
    batches = [
        start_batch(actor=Actor.system(), scheme="eu-cbam", year=like.issued_at.year, limit=half)
        for _ in range(PROCESSES)
    ]
    jobs = [str(batch.items.values_list("job", flat=True)[0]) for batch in batches]
    connection.close()
    return lambda: _drain(workers.map(issue, jobs))


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


def _drain(done: Iterable[object]) -> None:
    """Wait for all, and raise what any of them raised."""
    for _ in done:
        pass
