"""Any file that may hold a claim, by its content; and a claim as a file."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine

from verification.accounting.entry.context import Answers
from verification.accounting.entry.interpretation import interpret
from verification.accounting.entry.writing import NotTellable, answers_of
from verification.accounting.exchange.catalogue import problem
from verification.accounting.exchange.json_file import read_json, write_json
from verification.accounting.exchange.reading import (
    FileKind,
    FileReading,
    Places,
    reading_from_record,
)
from verification.accounting.exchange.separated import read_archive, read_csv, write_archive
from verification.accounting.exchange.tables import visible
from verification.accounting.exchange.workbook_reader import is_own_workbook, read_workbook
from verification.accounting.exchange.workbook_writer import write_workbook
from verification.accounting.record import as_record
from verification.accounting.template.guard import MAX_FILE_BYTES, MAX_UNPACKED_BYTES, OLE2, refuse_unsafe_file
from verification.accounting.template.guarded import rules_record
from verification.accounting.template.reader import read_template
from verification.accounting.template.reading import TemplateRules
from verification.kernel.archives import ArchiveLimits, archive_problem
from verification.kernel.collector import collector_held
from verification.kernel.confined import ChildFailed, Limits, run_confined
from verification.kernel.errors import InvalidInput, Problem

CHILD = "verification.accounting.exchange.child"
WITHOUT_DAY = TemplateRules(today=date.max)
"""Rules under which nothing is judged that depends on the day or on a scheme."""

OTHER_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"<", "a web page or XML document"),
)


def read_file(
    path: str | Path,
    name: str,
    *,
    decimal_mark: str = ".",
    rules: TemplateRules | None = None,
    limits: Limits | None = None,
) -> FileReading:
    """As ``read_file_here``, in a child process with limits: for files of unknown origin.

    Raises ``OSError`` where there is no such file.
    """
    location = Path(path).resolve(strict=True)
    request = json.dumps({"name": name, "mark": decimal_mark, "rules": as_record(rules_record(rules or WITHOUT_DAY))})
    try:
        return reading_from_record(run_confined(CHILD, [str(location), request], limits or Limits()))
    except ChildFailed as error:
        message = "Reading the file failed."
        if error.is_exhausted:
            message = "Reading the file took more time or memory than any real claim and was stopped."
        return _refused(problem("EXC-024", message, found=error.found))


def read_file_here(
    path: str | Path, name: str, *, decimal_mark: str = ".", rules: TemplateRules | None = None
) -> FileReading:
    """Answers of the file at ``path``, whose kind its content tells; ``name`` is what its owner calls it.

    ``decimal_mark`` is the owner's, for text that is typed; ``rules`` are for the Commission's template.
    A file that cannot be read gives no answers and a blocking problem. Raises ``OSError`` where there is none.
    """
    with collector_held():
        reading = _read(Path(path), name, decimal_mark, rules or WITHOUT_DAY)
        return reading if reading.kind is FileKind.XLSX else _without_hidden(reading)


def _without_hidden(reading: FileReading) -> FileReading:
    """What the reader of workbooks does with each column, for readings of other files."""
    answers = {
        visible(key): {
            visible(row_key): {visible(name): visible(text) for name, text in row.items()}
            for row_key, row in rows.items()
        }
        for key, rows in reading.answers.items()
    }
    return replace(reading, answers=answers)


def _read(location: Path, name: str, decimal_mark: str, rules: TemplateRules) -> FileReading:
    size = location.stat().st_size
    if size > MAX_FILE_BYTES:
        found, expected = f"{size / 1024 / 1024:.1f} MB", f"at most {MAX_FILE_BYTES // 1024 // 1024} MB"
        return _refused(problem("EXC-002", "The file is larger than the limit.", found=found, expected=expected))
    with location.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        return _refused(problem("EXC-001", "The file is empty.", found=f"{size} bytes"))
    if head.startswith(b"PK"):
        return _read_packed(location, decimal_mark, rules)
    if head.startswith(OLE2):
        return _read_workbook(location, decimal_mark, rules)
    kind = next((words for magic, words in OTHER_KINDS if head.lstrip().startswith(magic)), "")
    if kind:
        message = f"The file is {kind}, whatever its name says."
        return _refused(problem("EXC-001", message, found=kind, expected="a workbook, table, archive or JSON"))
    content = location.read_bytes()
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return read_json(content, decimal_mark)
    return read_csv(content, Path(name).name, decimal_mark)


def _read_packed(path: Path, decimal_mark: str, rules: TemplateRules) -> FileReading:
    """An archive of tables where it holds any, else a workbook, whose guard has the better words."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        return _refused(problem("EXC-003", "The file is damaged; it cannot be unpacked.", found=str(error)))
    if "[content_types].xml" in names or not any(name.endswith(".csv") for name in names):
        return _read_workbook(path, decimal_mark, rules)
    unsafe = archive_problem(path, ArchiveLimits(file_bytes=MAX_FILE_BYTES, unpacked_bytes=MAX_UNPACKED_BYTES))
    if unsafe:
        return FileReading(FileKind.ZIP, problems=(unsafe,))
    try:
        return read_archive(path, decimal_mark)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        return _refused(problem("EXC-003", "The archive is damaged; it cannot be unpacked.", found=str(error)))


def _read_workbook(path: Path, decimal_mark: str, rules: TemplateRules) -> FileReading:
    try:
        refuse_unsafe_file(path)
        if is_own_workbook(python_calamine.load_workbook(str(path))):
            return read_workbook(path, decimal_mark)
    except InvalidInput as error:
        return FileReading(FileKind.UNKNOWN, problems=tuple(error.problems))
    except python_calamine.CalamineError as error:
        return _refused(problem("EXC-003", "The workbook is damaged and cannot be opened.", found=str(error)))
    return _read_template(path, decimal_mark, rules)


def _read_template(path: Path, decimal_mark: str, rules: TemplateRules) -> FileReading:
    """The Commission's template, told in answers; each answer keeps the cell of its value."""
    reading = read_template(path, rules=rules)
    if reading.report is None:
        if any(item.code == "TPL-020" for item in reading.problems):
            message = "The workbook is neither the portal's own nor the Commission's template."
            return _refused(problem("EXC-004", message, expected="the portal's workbook or the Commission's template"))
        return FileReading(FileKind.TEMPLATE, problems=reading.problems)
    try:
        answers = answers_of(reading.report, decimal_mark)
    except NotTellable as error:
        return FileReading(FileKind.TEMPLATE, problems=(*reading.problems, problem("EXC-018", str(error))))
    addresses = interpret(answers, decimal_mark).report.sources
    cells = {addresses[item]: cell for item, cell in reading.report.sources.items() if item in addresses}
    message = f"This is the Commission's template, version {reading.template.version}."
    told = problem("EXC-023", message, found=reading.template.name)
    return FileReading(FileKind.TEMPLATE, answers, Places(single=cells), (told, *reading.problems), decimal_mark)


def _refused(found: Problem) -> FileReading:
    return FileReading(problems=(found,))


_WRITERS: dict[FileKind, Any] = {
    FileKind.XLSX: write_workbook,
    FileKind.ZIP: write_archive,
    FileKind.JSON: write_json,
}


def write_file(answers: Answers, kind: FileKind | str, path: str | Path, decimal_mark: str = ".") -> None:
    """Writes a claim as workbook, archive of tables, or JSON. Raises ``ValueError`` for another kind."""
    wanted = FileKind(kind)
    if wanted not in _WRITERS:
        raise ValueError(f"A claim cannot be written as {wanted.value}.")
    _WRITERS[wanted](answers, path, decimal_mark)
