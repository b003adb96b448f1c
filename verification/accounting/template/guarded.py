"""Reads a template in a child process, so that a hostile file costs the portal nothing.

The child may use 1.5 GB of address space and 60 s of processor time, and is stopped after 90 s
in any case.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from verification.accounting.calculation import calculate
from verification.accounting.model import InstallationReport
from verification.accounting.record import as_record, from_record
from verification.accounting.template.catalogue import problem
from verification.accounting.template.reading import (
    PeriodRule,
    Stated,
    TemplateIdentity,
    TemplateReading,
    TemplateRules,
)
from verification.kernel.confined import ChildFailed, Limits, run_confined
from verification.kernel.errors import Problem

CHILD = "verification.accounting.template.child"


def read_template_guarded(
    path: str | Path,
    *,
    rules: TemplateRules,
    memory_bytes: int = Limits.memory_bytes,
    processor_seconds: int = Limits.processor_seconds,
    wall_seconds: int = Limits.wall_seconds,
) -> TemplateReading:
    """As ``read_template``, in a child with limits; a child that fails yields TPL-080 or TPL-081.

    Raises ``OSError`` when there is no such file.
    """
    location = Path(path).resolve(strict=True)
    limits = Limits(memory_bytes, processor_seconds, wall_seconds)
    try:
        record = run_confined(CHILD, [str(location), json.dumps(as_record(rules_record(rules)))], limits)
    except ChildFailed as error:
        if not error.is_exhausted:
            return _failed("TPL-081", "The workbook could not be read.", error.found)
        text = "Reading the workbook took more memory or time than any real template and was stopped."
        return _failed("TPL-080", text, error.found)
    return reading_from_record(record)


def rules_record(rules: TemplateRules) -> dict[str, Any]:
    period = rules.period
    return {
        "today": rules.today,
        "known_goods": None if rules.known_goods is None else sorted(rules.known_goods),
        "period": None if period is None else period,
    }


def rules_from_record(record: dict[str, Any]) -> TemplateRules:
    return TemplateRules(
        today=date.fromisoformat(record["today"]),
        known_goods=None if record["known_goods"] is None else frozenset(record["known_goods"]),
        period=None if record["period"] is None else from_record(PeriodRule, record["period"]),
    )


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
