"""What happens when a producer saves: answers interpreted and everything computed anew, and all checks run.

The beside-value is the time that the product allows for it; the whole save writes to a database, too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date

from django.db import transaction

from tests.benchmarks.result import Result
from tests.clock import set_test_clock
from verification.accounting.calculation import calculate
from verification.accounting.entry.interpretation import interpret
from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_names, example_report
from verification.accounting.template import report_as_contract
from verification.checks import run_checks
from verification.claims.kinds import content_of
from verification.claims.models import Claim
from verification.claims.subjects.emissions import subject_of
from verification.claims.subjects.sealed import SealedContent
from verification.determination.accounting_rules import rules_of
from verification.determination.claim_entry import import_answers, save_rows
from verification.kernel import clock
from verification.kernel.canonical import sha256_of
from verification.registry.selectors import actor_for

ALLOWED_SECONDS = 0.020
ROUNDS = 30
SCHEME = "eu-cbam"


def run() -> list[Result]:
    """Best of ``ROUNDS`` for the largest example, on the demonstration's database."""
    from django.core.management import call_command

    set_test_clock()
    with redirect_stdout(sys.stderr):
        call_command("demo", verbosity=0)
    name = max(example_names(), key=lambda each: len(str(example_report(each).as_record())))
    claim = Claim.objects.get(installation__city="Gaziantep")
    actor = actor_for(claim.created_by)
    answers = answers_of(example_report(name))
    rules = rules_of(SCHEME, date(2026, 12, 31))
    import_answers(claim, answers, actor=actor, origin="benchmark")
    claim.refresh_from_db()
    content = content_of(claim)
    sealed = SealedContent(content, sha256_of(content), clock.now())
    subject = subject_of(claim, sealed, None)
    row = {("streams", "S1"): answers["streams"]["S1"]}

    def recompute() -> None:
        report = interpret(answers).report
        report_as_contract(report, calculate(report, rules=rules))

    def save() -> None:
        with transaction.atomic():
            save_rows(claim, row, actor=actor)

    return [
        _allowed(f"recomputing on save, {name}", recompute),
        _allowed("all checks, subject at hand", lambda: run_checks(subject)),
        _allowed("all checks, subject from the database", lambda: run_checks(subject_of(claim, sealed, None))),
        _allowed("a whole save, database and defaults included", save, limit=5.0),
    ]


def _allowed(name: str, work: Callable[[], object], limit: float = 1.0) -> Result:
    work()
    best = float("inf")
    for _round in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return Result(name, "seconds", best, ALLOWED_SECONDS, "20 ms allowed", "at most", limit)
