"""Determinations with a full trace for each second, beside opencbam 0.1.0 on the same questions in the same run.

opencbam's ``assess_good`` finds a default value and computes the obligation of it; so does the
second measurement here. The first measures the determination alone. Nothing is cached between the
two sides; both have their tables in memory.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import verification.reference
from tests.benchmarks.result import Result
from verification.audit.actors import Actor
from verification.determination.engine import Question, determine
from verification.determination.obligation import obligation_of_line, side_for
from verification.determination.snapshot import Snapshot, snapshot_of
from verification.kernel import clock
from verification.kernel.errors import MissingReference
from verification.reference.selectors import published_release
from verification.reference.services import load_pack

PACK = Path(verification.reference.__file__).parent / "packs" / "eu-cbam"
QUESTIONS = 10_000
ROUNDS = 3
IMPORTED_ON = date(2026, 3, 1)
MASS_T = Decimal(25)


def run() -> list[Result]:
    """Needs a migrated database and brings its own pack. Raises ``RuntimeError`` without opencbam 0.1.0."""
    try:
        from opencbam.engine.defaults import country_is_listed
        from opencbam.engine.orchestrator import Route, assess_good
        from opencbam.engine.types import DataSource, Sector
    except ImportError as error:
        raise RuntimeError("opencbam 0.1.0 is not installed; the comparison cannot be made without it.") from error

    load_pack(PACK, actor=Actor.system("benchmark"), publish_with=("benchmark 1", "benchmark 2"))
    snapshot = snapshot_of(published_release("eu-cbam"))
    names = {code: origin.name for code, origin in snapshot.tables.origins.items() if country_is_listed(origin.name)}
    questions, routes = _questions_that_both_can_answer(snapshot, sorted(names))
    sectors = {code: Sector(entries[0].sector) for code, entries in snapshot.tables.goods.items()}
    price = snapshot.parameters.at("certificate_price", IMPORTED_ON).value

    def determine_all() -> None:
        for question in questions:
            determine(question, snapshot.tables, {}, snapshot.parameters)

    def determine_with_obligation() -> None:
        for question in questions:
            answer = determine(question, snapshot.tables, {}, snapshot.parameters)
            assert answer.value is not None
            side = side_for(
                "default", answer.value, good=question.good, route=answer.benchmark_route, on=question.legal_date,
                tables=snapshot.tables, parameters=snapshot.parameters,
            )  # fmt: skip
            obligation_of_line(
                emissions_per_t=side.emissions_per_t, allocation_per_t=side.allocation_per_t, mass_t=MASS_T, price=price
            )

    def assess_all() -> None:
        for question, route in zip(questions, routes, strict=True):
            assess_good(
                cn_code=question.good, country=names[question.origin], mass=MASS_T, year=IMPORTED_ON.year,
                data_source=DataSource.DEFAULT, sector=sectors[question.good], certificate_price=price,
                route=Route(route) if route else None,
                functional_unit_mass=MASS_T,
            )  # fmt: skip

    floor = _best_rate(assess_all)
    return [
        _result("determination with trace", _best_rate(determine_all), floor),
        _result("determination and obligation", _best_rate(determine_with_obligation), floor),
    ]


def _questions_that_both_can_answer(snapshot: Snapshot, origins: list[str]) -> tuple[list[Question], list[str]]:
    """Random goods and origins with a country default and one benchmark route; seeded, so the same every time."""
    draw = random.Random(2026)
    tables = snapshot.tables
    goods = sorted(code for code, entries in tables.goods.items() if IMPORTED_ON in entries[0].span)
    known_at = clock.now()
    questions: list[Question] = []
    routes: list[str] = []
    while len(questions) < QUESTIONS:
        question = Question("eu-cbam", draw.choice(goods), draw.choice(origins), IMPORTED_ON, known_at)
        answer = determine(question, tables, {}, snapshot.parameters)
        if answer.rung != "country_default" or "/" in answer.benchmark_route or answer.benchmark_route in ("A", "B"):
            continue
        try:
            side_for(
                "default", answer.value or Decimal(0), good=question.good, route=answer.benchmark_route,
                on=IMPORTED_ON, tables=tables, parameters=snapshot.parameters,
            )  # fmt: skip
        except MissingReference:
            continue
        questions.append(question)
        routes.append(answer.benchmark_route)
    return questions, routes


def _best_rate(work: Callable[[], None]) -> float:
    """Questions for each second in the best of the rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return QUESTIONS / best


def _result(name: str, value: float, floor: float) -> Result:
    return Result(name, "/s", value, floor, "opencbam 0.1.0 assess_good", "at least", 1.0)
