"""``python -m tests.benchmarks``: every benchmark in its own process, then one table and an exit code."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.result import Result

ON_POSTGRES = "_postgres"
"""Benchmarks whose name ends so run on the PostgreSQL that ``make bench`` starts."""
COLUMNS = "{:<66} {:>12} {:>12}  {:>6}  {:<14} {}"


def main(arguments: list[str]) -> int:
    """Without arguments the whole table; with names of benchmarks only those."""
    if arguments[:1] == ["--one"]:
        print(json.dumps([asdict(result) for result in _run_here(arguments[1])]))
        return 0
    names = arguments or sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    results = [result for name in names for result in _run_apart(name)]
    print(COLUMNS.format("benchmark", "portal", "beside", "ratio", "goal", "holds"))
    for result in results:
        print(_line(result))
    return 0 if all(result.holds for result in results) else 1


def _run_apart(name: str) -> list[Result]:
    """In a process of its own, so that nothing is warm but what the benchmark itself warms."""
    command = [sys.executable, "-m", "tests.benchmarks", "--one", name]
    environment = dict(os.environ)
    if name.endswith(ON_POSTGRES):
        environment["DATABASE_URL"] = os.environ["POSTGRES_TEST_URL"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return [Result(**each) for each in json.loads(done.stdout.splitlines()[-1])]


def _run_here(name: str) -> list[Result]:
    import django

    django.setup()
    from django.core.management import call_command

    from verification.signing.making import make_keys

    make_keys()
    call_command("migrate", verbosity=0)
    return importlib.import_module(f"tests.benchmarks.{name}").run()


def _line(result: Result) -> str:
    values = [_number(result.value, result.unit), _number(result.floor, result.unit)]
    goal = f"{result.goal} {result.limit:g}"
    return COLUMNS.format(f"{result.name}; beside {result.floor_name}"[:66], *values, f"{result.ratio:.2f}", goal,
                          "yes" if result.holds else "NO")  # fmt: skip


def _number(number: float, unit: str) -> str:
    return f"{number * 1000:.1f} ms" if unit == "seconds" else f"{number:,.0f} {unit}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
