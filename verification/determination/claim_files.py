"""A claim's answers from a file or a pasted table, and as a file again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from verification.accounting.entry.answers import Answers, RowAnswers, next_key
from verification.accounting.entry.numbers import NotANumber, number_from
from verification.accounting.entry.schema import Kind
from verification.accounting.entry.sections import section_named
from verification.accounting.entry.writing import Written, answers_of
from verification.accounting.examples import example_report
from verification.accounting.exchange import FileKind, FileReading, read_file, read_pasted, write_file
from verification.accounting.model import InstallationReport
from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.enums import WayIn
from verification.claims.models import Claim
from verification.claims.selectors import stored_answers
from verification.determination.claim_entry import add_rows, answers_of_claim, import_answers
from verification.determination.claim_reading import template_rules
from verification.evidence.services import received
from verification.kernel.errors import InvalidInput, Problem
from verification.kernel.quantities import plain

EXAMPLE = "stainless_steelworks"
POINT = "."
WHOLE_CLAIM = (FileKind.XLSX, FileKind.ZIP, FileKind.JSON, FileKind.TEMPLATE)


@dataclass(frozen=True)
class Imported:
    """What became of a file: its problems with their cells, whatever of it was taken in."""

    claim: Claim
    kind: FileKind
    rows: int
    problems: tuple[Problem, ...]


def import_file(
    claim: Claim, chunks: Iterable[bytes], *, name: str, actor: Actor, decimal_mark: str = POINT
) -> Imported:
    """Read a file in a confined process and make its answers the claim's; a table of one part replaces that part.

    What cannot be read of single cells is kept as typed and said with its cell. Raises ``InvalidInput`` (field
    ``file``) where the file as a whole cannot be taken in; then nothing changes.
    """
    policy.demand_editable(actor, claim)
    with received(chunks, name=name, is_inspected=False) as file:
        reading = read_file(file.path, file.name, decimal_mark=decimal_mark, rules=template_rules(claim))
    if reading.is_blocked or not reading.answers:
        raise InvalidInput("The file was not taken in.", _at_file(reading))
    answers = with_points(reading.answers, decimal_mark)
    if reading.kind not in WHOLE_CLAIM:
        answers = {**stored_answers(claim), **answers}
    claim = import_answers(claim, answers, actor=actor, origin=f"{reading.kind.value}: {file.name}")
    count = sum(len(rows) for rows in reading.answers.values())
    return Imported(claim, reading.kind, count, reading.interpretation().problems)


def paste_rows(claim: Claim, section: str, text: str, *, actor: Actor, decimal_mark: str = POINT) -> Imported:
    """Add rows copied from a spreadsheet to a part. Raises ``InvalidInput`` (field ``text``) for no table."""
    policy.demand_editable(actor, claim)
    reading = read_pasted(text, section, decimal_mark)
    pasted = with_points(reading.answers, decimal_mark).get(section, {})
    if reading.is_blocked or not pasted:
        problems = reading.problems or (_nothing_pasted(),)
        raise InvalidInput("Nothing was pasted.", problems)
    taken: dict[str, dict[str, str]] = dict(stored_answers(claim).get(section, {}))
    rows: Written = {section: {}}
    for values in pasted.values():
        key = next_key(section_named(section), taken)
        taken[key] = rows[section][key] = values
    claim = add_rows(claim, section, rows[section], actor=actor)
    return Imported(claim, FileKind.PASTE, len(pasted), reading.interpretation().problems)


def claim_as_file(claim: Claim, kind: str) -> bytes:
    """The claim's answers as the project's workbook, archive of tables, or JSON. Raises ``ValueError`` for a kind."""
    if claim.way_in == WayIn.ANSWERS:
        return _written(answers_of_claim(claim), kind)
    report = (claim.reading or {}).get("report")
    return _written(answers_of(InstallationReport.from_record(report)) if report else {}, kind)


def blank_file(kind: str) -> bytes:
    """An empty form as a file."""
    return _written({}, kind)


def example_file(kind: str) -> bytes:
    """A form filled in for an invented mill, as a file."""
    return _written(answers_of(example_report(EXAMPLE)), kind)


def with_points(answers: Answers, decimal_mark: str) -> Written:
    """``answers`` with every readable number written with a point; the rest as it was typed."""
    return {
        section: {key: _row_with_points(section, values, decimal_mark) for key, values in rows.items()}
        for section, rows in answers.items()
    }


def _row_with_points(section: str, values: RowAnswers, decimal_mark: str) -> dict[str, str]:
    row = dict(values)
    for field in section_named(section).fields:
        text = row.get(field.name, "")
        if field.kind is Kind.NUMBER and text.strip() and decimal_mark != POINT:
            try:
                row[field.name] = plain(number_from(text, decimal_mark))
            except NotANumber:
                continue
    return row


def _written(answers: Answers, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"claim.{kind}"
        write_file(answers, kind, path)
        return path.read_bytes()


def _at_file(reading: FileReading) -> list[Problem]:
    if reading.problems:
        return list(reading.problems)
    return [
        Problem(
            "block",
            "EXC-030",
            "The file holds no answers.",
            "Fill in the sheets and save the file again.",
            field="file",
        )
    ]


def _nothing_pasted() -> Problem:
    return Problem(
        "block",
        "EXC-031",
        "No row of a table was found.",
        "Copy the rows in your spreadsheet, with or without the line of headings, and paste them here.",
        field="text",
    )
