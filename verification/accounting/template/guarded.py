"""Reads a template in a child process, so that a hostile file costs the portal nothing.

The child may use 1.5 GB of address space and 60 s of processor time, and is stopped after 90 s
in any case.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from verification.accounting.calculation import calculate
from verification.accounting.model import InstallationReport
from verification.accounting.record import as_record, from_record
from verification.accounting.template.catalogue import problem
from verification.accounting.template.reading import Stated, TemplateIdentity, TemplateReading, TemplateRules
from verification.kernel.errors import Problem

MEMORY_BYTES = 3 * 512 * 1024 * 1024
PROCESSOR_SECONDS = 60
WALL_SECONDS = 90
OUT_OF_MEMORY_STATUS = 3
CHILD = "verification.accounting.template.child"
ROOT = Path(__file__).resolve().parents[3]
EXHAUSTED = frozenset({-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGABRT, -signal.SIGSEGV, OUT_OF_MEMORY_STATUS})


def read_template_guarded(
    path: str | Path,
    *,
    rules: TemplateRules,
    memory_bytes: int = MEMORY_BYTES,
    processor_seconds: int = PROCESSOR_SECONDS,
    wall_seconds: int = WALL_SECONDS,
) -> TemplateReading:
    """As ``read_template``, in a child with limits; a child that fails yields TPL-080 or TPL-081.

    Raises ``OSError`` when there is no such file.
    """
    location = Path(path).resolve(strict=True)
    request = {"rules": as_record(rules_record(rules)), "memory": memory_bytes, "seconds": processor_seconds}
    command = [sys.executable, "-m", CHILD, str(location), json.dumps(request)]
    try:
        # The command is this interpreter, our own module and a path that we resolved; no shell.
        done = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            timeout=wall_seconds,
            check=False,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return _failed("TPL-080", "Reading the workbook took too long and was stopped.", f"over {wall_seconds} s")
    if done.returncode in EXHAUSTED:
        text = "Reading the workbook took more memory or time than any real template and was stopped."
        return _failed("TPL-080", text, _ending(done.returncode))
    if done.returncode:
        return _failed("TPL-081", "The workbook could not be read.", _ending(done.returncode))
    return reading_from_record(json.loads(done.stdout))


def rules_record(rules: TemplateRules) -> dict[str, Any]:
    period = rules.period
    return {
        "today": rules.today,
        "known_goods": None if rules.known_goods is None else sorted(rules.known_goods),
        "period": None if period is None else period,
    }


def reading_as_record(reading: TemplateReading) -> dict[str, Any]:
    """What the child hands over; the result is left out, for it follows from the report."""
    return {
        "template": as_record(reading.template),
        "report": None if reading.report is None else reading.report.as_record(),
        "stated": as_record(reading.stated),
        "problems": as_record(reading.problems),
    }


def reading_from_record(record: dict[str, Any]) -> TemplateReading:
    report = None if record["report"] is None else InstallationReport.from_record(record["report"])
    return TemplateReading(
        template=from_record(TemplateIdentity, record["template"]),
        report=report,
        result=None if report is None else calculate(report),
        stated=from_record(Stated, record["stated"]),
        problems=tuple(from_record(Problem, item) for item in record["problems"]),
    )


def _failed(code: str, message: str, found: str) -> TemplateReading:
    return TemplateReading(problems=(problem(code, message, found=found),))


def _ending(status: int) -> str:
    return f"stopped by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
