"""The claim as JSON: its answers, or a whole report as sealed records carry it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from verification.accounting.entry.context import Answers
from verification.accounting.entry.writing import NotTellable, Written, answers_of
from verification.accounting.exchange.catalogue import problem
from verification.accounting.exchange.json_text import JsonRefused, parse_json
from verification.accounting.exchange.reading import FileKind, FileReading
from verification.accounting.exchange.tables import MAX_ROWS
from verification.accounting.exchange.workbook_writer import FORMAT, VERSION
from verification.accounting.model import InstallationReport
from verification.kernel.errors import Problem

NAMES = frozenset({"format", "version", "decimal_mark", "answers", "report"})


def write_json(answers: Answers, path: str | Path, decimal_mark: str = ".") -> None:
    """Writes ``answers`` as the published JSON Schema has them."""
    content = {"format": FORMAT, "version": int(VERSION), "decimal_mark": decimal_mark, "answers": answers}
    Path(path).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_json(content: bytes, decimal_mark: str = ".") -> FileReading:
    """Answers of a JSON file; a decimal mark that it states comes before ``decimal_mark``."""
    try:
        document = parse_json(content)
        mark = _checked_head(document, decimal_mark)
        if "report" in document:
            return FileReading(FileKind.JSON, _answers_of_report(document["report"], mark), decimal_mark=mark)
        return _read_answers(document["answers"], mark)
    except JsonRefused as error:
        return FileReading(FileKind.JSON, problems=(error.problem,), decimal_mark=decimal_mark)


def _checked_head(document: Any, decimal_mark: str) -> str:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        found = document.get("format", "nothing") if isinstance(document, dict) else "no object"
        raise _refused("EXC-020", "The file is not a claim of the portal.", found, f'"format": "{FORMAT}"')
    if str(document.get("version")) != VERSION:
        raise _refused("EXC-005", "The file is of another version of the format.", document.get("version"), VERSION)
    unknown = sorted(document.keys() - NAMES)
    if unknown:
        raise _refused("EXC-020", f"The format has no {unknown[0][:60]!r}.", unknown[0], ", ".join(sorted(NAMES)))
    if ("answers" in document) == ("report" in document):
        raise _refused("EXC-020", "The file must hold answers or a report, and not both.", "", "answers or report")
    mark = document.get("decimal_mark", "." if "report" in document else decimal_mark)
    if mark not in (".", ","):
        raise _refused("EXC-020", "The decimal mark is neither point nor comma.", mark, ". or ,")
    return mark


def _refused(code: str, message: str, found: object, expected: str) -> JsonRefused:
    return JsonRefused(problem(code, message, found=found, expected=expected))


def _answers_of_report(record: Any, decimal_mark: str) -> Written:
    try:
        return answers_of(InstallationReport.from_record(record), decimal_mark)
    except (ValueError, TypeError, NotTellable) as error:
        raise _refused("EXC-020", f"The report cannot be read: {error}", "", "a record of a report") from None


def _read_answers(answers: Any, decimal_mark: str) -> FileReading:
    """Everything of the right shape; each wrong part is told and left out."""
    if not isinstance(answers, dict):
        raise _refused("EXC-020", "The answers are no object.", type(answers).__name__, "an object of sections")
    problems: list[Problem] = []
    found: Written = {}
    for key, rows in answers.items():
        if not isinstance(rows, dict):
            problems.append(_wrong(f"{key[:60]}//", "The section is no object of rows."))
            continue
        if len(rows) > MAX_ROWS:
            message = f"The section {key[:60]!r} has more rows than a claim may have."
            problems.append(problem("EXC-010", message, field=f"{key[:60]}//", expected=f"{MAX_ROWS} rows"))
            continue
        found[key] = {}
        for row_key, row in rows.items():
            found[key][row_key] = _row(row, f"{key[:60]}/{row_key[:60]}", problems)
    return FileReading(FileKind.JSON, found, problems=tuple(problems), decimal_mark=decimal_mark)


def _row(row: Any, where: str, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(row, dict):
        problems.append(_wrong(f"{where}/", "The row is no object of answers."))
        return {}
    found: dict[str, str] = {}
    for name, value in row.items():
        if value is None:
            continue
        if isinstance(value, bool):
            found[name] = "yes" if value else "no"
        elif isinstance(value, str):
            found[name] = value
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            found[name] = "\n".join(value)
        else:
            problems.append(
                _wrong(f"{where}/{name[:60]}", "The answer is neither text, number, yes or no, nor a list.")
            )
    return found


def _wrong(field: str, message: str) -> Problem:
    return problem("EXC-020", message, field=field, expected="as the JSON Schema says")
