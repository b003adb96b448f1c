"""What several rules about reduction units share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase

from verification.checks.model import (
    BlockPart,
    EligibilityPart,
    Hit,
    OverlapPart,
    Severity,
    UnitSubject,
)
from verification.checks.model.findings import as_text
from verification.checks.rules.common import Place, shared_range


def at(block: BlockPart, aspect: str = "") -> Place:
    """Place of a hit on ``block``; ``aspect`` tells two hits of one check on it apart."""
    return {"where": block.label, "identity": f"{block.path} {aspect}".strip()}


def is_same(left: str, right: str) -> bool:
    return left.strip().casefold() == right.strip().casefold()


def project_number(project: str) -> str:
    """A project's id without the registry's letters before it: "GS11603" and "11603" are one project."""
    return re.sub(r"^[a-z]+[\s-]*(?=\d)", "", project.strip().casefold())


def in_span(day: date, first: date | None, before: date | None) -> bool:
    """Whether ``day`` is on or after ``first`` and before ``before``; an end that is missing is open."""
    return (first is None or first <= day) and (before is None or day < before)


def in_window(day: date, first: date | None, last: date | None) -> bool:
    """Whether ``day`` lies from ``first`` to ``last``, both included; an end that is missing is open."""
    return (first is None or first <= day) and (last is None or day <= last)


def window(first: date | None, last: date | None) -> str:
    """A window of law for people."""
    if first is None and last is None:
        return "any day"
    return f"{as_text(first) if first else 'any day'} to {as_text(last) if last else 'any day'}"


def rows_for_programme(subject: UnitSubject, block: BlockPart) -> list[EligibilityPart]:
    """Rows of the scheme's list that know the programme and hold on the day of use."""
    day = subject.day_of_use(block)
    return [
        row
        for row in subject.eligibility
        if is_same(row.programme, block.programme)
        and in_span(day, row.valid_from, row.valid_to)
        and in_window(day, row.cancelled_from, row.cancelled_to)
    ]


def rows_for_block(subject: UnitSubject, block: BlockPart) -> list[EligibilityPart]:
    """Those of the programme's rows that take this type of unit."""
    return [
        row
        for row in rows_for_programme(subject, block)
        if not row.unit_type or is_same(row.unit_type, block.unit_type)
    ]


def references(rows: list[EligibilityPart]) -> str:
    """Where the rows that were judged by come from, for the record of a finding."""
    return "; ".join(sorted({row.reference for row in rows if row.reference})) or "none"


def matches(text: str, patterns: tuple[str, ...]) -> bool:
    """Whether ``text`` is one of ``patterns``, in which ``*`` stands for anything."""
    return any(fnmatchcase(text.strip().casefold(), pattern.strip().casefold()) for pattern in patterns)


def needs_adjustment(subject: UnitSubject, block: BlockPart) -> bool:
    """Whether the host must make a corresponding adjustment for this unit: by its type, or by the scheme."""
    kind = subject.unit_types.get(block.unit_type)
    return bool(subject.requires_corresponding_adjustment or (kind and kind.requires_corresponding_adjustment))


def needs_authorisation(subject: UnitSubject, block: BlockPart) -> bool:
    """Whether the unit counts only with the host country's authorisation."""
    rows = rows_for_block(subject, block)
    is_asked = bool(rows) and all(row.authorisation_purposes_required for row in rows)
    return is_asked or needs_adjustment(subject, block)


def common_part(block: BlockPart, other: OverlapPart) -> tuple[int, int] | None:
    """Numbers that both hold."""
    return shared_range(block.numbers, other.start, other.end)


def reported_problems(block: BlockPart, code: str, *milder: Severity) -> Iterator[Hit]:
    """Hits for what the grammar said under ``code``: as grave as it said, where that is one of ``milder``."""
    for number, problem in enumerate(block.serial_problems):
        if problem.code == code:
            yield Hit(
                **at(block, f"grammar {number}"),
                found=problem.found[:90] or block.raw_serial[:90],
                expected=problem.suggestion[:90] or problem.expected[:90],
                inputs={"serial": block.raw_serial},
                severity=next((each for each in milder if each == problem.severity), None),
            )


def has_problem(block: BlockPart, code: str) -> bool:
    return any(problem.code == code for problem in block.serial_problems)
