"""From answers to the report that they tell, and everything that is wrong with them.

What cannot be read is missing in the report, never zero, and everything else still gets in. Text that is
only unknown (a route of another category) is kept beside its problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verification.accounting.entry import rules
from verification.accounting.entry.assembly import assembled
from verification.accounting.entry.catalogue import problem
from verification.accounting.entry.columns import clear_rows
from verification.accounting.entry.context import PAIR_MARK, SINGLE_KEY, Answers, Context, Row
from verification.accounting.entry.rows import RowReader
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.sections import SECTIONS, section_named
from verification.accounting.model import InstallationReport
from verification.kernel.collector import collector_held
from verification.kernel.errors import Problem

LONGEST_KEY = 60


@dataclass(frozen=True)
class Interpretation:
    """``report.sources`` leads from a path in the record to ``section/row/field``, and so does a problem's field."""

    report: InstallationReport
    problems: tuple[Problem, ...]

    @property
    def is_blocked(self) -> bool:
        return any(item.severity == "block" for item in self.problems)


def interpret(answers: Answers, decimal_mark: str = ".") -> Interpretation:
    """The report that ``answers`` tell. ``decimal_mark`` is the point or the comma, as the writer uses it."""
    with collector_held():
        return _interpreted(answers, decimal_mark)


def _interpreted(answers: Answers, decimal_mark: str) -> Interpretation:
    reader = RowReader(Context(answers), decimal_mark)
    for key in answers:
        if key not in _KEYS:
            reader.problems.append(
                problem("ENT-030", f"There is no section {key[:60]!r}.", field=f"{key[:60]}//", found=key)
            )
    values = {section.key: _read_section(reader, section) for section in SECTIONS}
    report = assembled(values, reader.context)
    rules.check_goods_categories(reader, report)
    return Interpretation(report, tuple(reader.problems))


def problems_of_row(section_key: str, row_key: str, answers: Answers, decimal_mark: str = ".") -> tuple[Problem, ...]:
    """What is wrong with one row. Raises ``LookupError`` for a section or a row that there is not."""
    section = section_named(section_key)
    reader = RowReader(Context(answers), decimal_mark)
    rows = reader.context.rows(section_key)
    if section.shape is Shape.SINGLE and not rows:
        rows = {SINGLE_KEY: {}}
    if row_key not in rows:
        raise LookupError(f"The section {section_key} has no row {row_key!r}.")
    if section.shape is Shape.CROSS:
        _read_section(reader, section)
    else:
        _read_row(reader, section, row_key, rows[row_key])
        rules.check_names(reader, section)
    start = f"{section_key}/{row_key}/"
    return tuple(item for item in reader.problems if item.field.startswith(start))


def _read_section(reader: RowReader, section: Section) -> dict[str, dict[str, Any]]:
    rows: Mapping[str, Row] = reader.context.rows(section.key)
    if section.shape is Shape.SINGLE and not rows:
        rows = {SINGLE_KEY: {}}
    clear = clear_rows(reader, section, rows)
    found = {key: _read_row(reader, section, key, row, clear.get(key)) for key, row in rows.items()}
    rules.check_names(reader, section)
    if section.shape is Shape.CROSS:
        rules.check_pairs(reader, section, found)
    return found


def _read_row(
    reader: RowReader, section: Section, key: str, row: Row, clear: dict[str, Any] | None = None
) -> dict[str, Any]:
    _check_key(reader, section, key)
    values = reader.read(section, key, row) if clear is None else clear
    rules.check_row(reader, section, key, row, values)
    return values


def _check_key(reader: RowReader, section: Section, key: str) -> None:
    first = section.fields[0].name
    if section.shape is Shape.SINGLE:
        if key != SINGLE_KEY:
            reader.note("ENT-035", section, key, first, "This part has one row only.", key, SINGLE_KEY)
    elif section.shape is Shape.EXTENSION:
        if key not in reader.context.rows(section.extends):
            title = section_named(section.extends).title
            reader.note("ENT-033", section, key, first, f"There is no row {key[:60]!r}.", key, f"a row of: {title}")
    elif section.shape is Shape.LIST and (
        not key.strip() or len(key) > LONGEST_KEY or not key.isprintable() or PAIR_MARK in key or "/" in key
    ):
        message = "The key of the row is empty, too long, or holds a character that keys cannot have."
        reader.note("ENT-035", section, key, first, message, key, f"at most {LONGEST_KEY} letters and digits")


_KEYS = frozenset(section.key for section in SECTIONS)
