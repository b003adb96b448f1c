"""Comma-separated tables, one for each part of the claim, alone or together in an archive."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from verification.accounting.entry.context import Answers
from verification.accounting.entry.schema import Kind, Section
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.exchange.assembling import put_together
from verification.accounting.exchange.catalogue import problem
from verification.accounting.exchange.json_text import JsonRefused, parse_json
from verification.accounting.exchange.reading import FileKind, FileReading
from verification.accounting.exchange.tables import (
    KEY,
    UNSAFE_STARTS,
    Table,
    add_row,
    column_names,
    letters,
    match_header,
    read_header,
    with_ends,
)
from verification.accounting.exchange.workbook_writer import FORMAT, VERSION
from verification.kernel.errors import Problem

MANIFEST = "manifest.json"
SEPARATORS = (",", ";", "\t")
LONGEST_FIELD = 100_000
TEXT_MARK = "'"
STATED_SEPARATOR = "sep="
BYTE_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
FIRST_LINES = 8192


def csv_text(section: Section, answers: Answers, decimal_mark: str = ".") -> str:
    """The table of one section, ready for a file; a text that a spreadsheet would run is quoted by an apostrophe."""
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";" if decimal_mark == "," else ",", lineterminator="\r\n")
    names = column_names(section)
    numbers = {item.name for item in section.fields if item.kind in (Kind.NUMBER, Kind.WHOLE_NUMBER)}
    writer.writerow(names)
    for key, row in answers.get(section.key, {}).items():
        texts = {KEY: key, **with_ends(section, key, row)}
        writer.writerow([_shown(texts.get(name, ""), is_number=name in numbers) for name in names])
    return output.getvalue()


def _shown(text: str, *, is_number: bool) -> str:
    is_plain_number = is_number and text[1:2].isdigit()
    if text.startswith(TEXT_MARK) or (text.startswith(UNSAFE_STARTS) and not is_plain_number):
        return TEXT_MARK + text
    return text


def _typed(text: str) -> str:
    is_marked = text.startswith(TEXT_MARK) and text[1:].startswith((TEXT_MARK, *UNSAFE_STARTS))
    return text[1:] if is_marked else text


def write_archive(answers: Answers, path: str | Path, decimal_mark: str = ".") -> None:
    """All tables of the claim in one archive, with a note of version and decimal mark."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest = {"format": FORMAT, "version": int(VERSION), "decimal_mark": decimal_mark}
        archive.writestr(zipfile.ZipInfo(MANIFEST), json.dumps(manifest, indent=1))
        for section in SECTIONS:
            if answers.get(section.key):
                member = zipfile.ZipInfo(f"{section.key}.csv")
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, "\ufeff" + csv_text(section, answers, decimal_mark))


def read_archive(path: str | Path, decimal_mark: str = ".") -> FileReading:
    """Answers of an archive that has passed the guard. Its own note of the decimal mark comes first."""
    tables: list[Table] = []
    notes: list[Problem] = []
    with zipfile.ZipFile(path) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        refused, decimal_mark = _manifest(archive, names, decimal_mark)
        if refused:
            return FileReading(FileKind.ZIP, problems=(refused,))
        known = {f"{section.key}.csv": section for section in SECTIONS}
        for lower, name in names.items():
            if lower in (MANIFEST,) or name.endswith("/"):
                continue
            section = known.get(lower.rpartition("/")[2])
            if section is None or any(table.section is section for table in tables):
                message = f"{name!r} is no table of a claim, or comes twice; it was not read."
                notes.append(problem("EXC-025", message, sheet=name, found=name, expected=", ".join(known)))
                continue
            tables.append(_table(section, name, archive.read(name)))
    answers, cells, problems = put_together(tables)
    return FileReading(FileKind.ZIP, answers, cells, (*notes, *problems), decimal_mark)


def _manifest(archive: zipfile.ZipFile, names: dict[str, str], decimal_mark: str) -> tuple[Problem | None, str]:
    if MANIFEST not in names:
        return None, decimal_mark
    try:
        manifest = parse_json(archive.read(names[MANIFEST]))
    except JsonRefused as error:
        return error.problem, decimal_mark
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        return problem("EXC-020", "The archive's manifest is of another format.", expected=FORMAT), decimal_mark
    if str(manifest.get("version")) != VERSION:
        found = manifest.get("version")
        message = "The archive is of another version of the portal's format."
        return problem("EXC-005", message, sheet=MANIFEST, found=found, expected=VERSION), decimal_mark
    mark = manifest.get("decimal_mark", decimal_mark)
    if mark not in (".", ","):
        return problem("EXC-020", "The decimal mark is neither point nor comma.", found=mark), decimal_mark
    return None, mark


def read_csv(content: bytes, name: str, decimal_mark: str = ".") -> FileReading:
    """Answers of one table; the section follows from the file's name, else from its header."""
    text, notes = decoded(content, name)
    if text is None:
        return FileReading(FileKind.CSV, problems=notes)
    stem = Path(name).stem.casefold().replace("-", "_").replace(" ", "_")
    section = next((item for item in SECTIONS if item.key == stem), None) or _section_of(text)
    if section is None:
        expected = ", ".join(f"{item.key}.csv" for item in SECTIONS)
        message = "Neither the name of the file nor its header says which part of the claim it is."
        return FileReading(
            FileKind.CSV, problems=(*notes, problem("EXC-017", message, sheet=name, found=name, expected=expected))
        )
    table = table_of(section, name, text)
    answers, cells, problems = put_together([table])
    return FileReading(FileKind.CSV, answers, cells, (*notes, *problems), decimal_mark)


def _section_of(text: str) -> Section | None:
    """The one section whose columns all stand in the header, or most of them by far."""
    scored = sorted(((_best_score(section, text), section) for section in SECTIONS), key=lambda item: -item[0])
    (best, section), (second, _) = scored[:2]
    return section if best > 1 and best > second else None


def _best_score(section: Section, text: str) -> int:
    return max(len(match_header(section, row)[0]) for row in (_first_row(text, item) for item in SEPARATORS))


def _first_row(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text[:FIRST_LINES], newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def decoded(content: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Text of a table and a word on its encoding where that was assumed; ``None`` where it cannot be read."""
    for mark, encoding in BYTE_MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), ()
            except UnicodeDecodeError as error:
                message = f"The file says that it is {encoding.upper()}, but it is not."
                return None, (problem("EXC-015", message, sheet=name, found=f"byte {error.start}"),)
    if b"\x00" in content:
        message = "The file holds zero bytes: it is UTF-16 without its mark, or no text at all."
        return None, (problem("EXC-015", message, sheet=name, expected="UTF-8"),)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        message = f"Line {line} holds bytes that are neither UTF-8 nor Windows-1252."
        return None, (problem("EXC-015", message, sheet=name, found=f"line {line}", expected="UTF-8"),)
    message = f"The file is not UTF-8 (line {line}); it was read as Windows-1252."
    return text, (problem("EXC-014", message, sheet=name, cell=f"A{line}", found="Windows-1252", expected="UTF-8"),)


def _table(section: Section, name: str, content: bytes) -> Table:
    text, notes = decoded(content, name)
    table = Table(section, name) if text is None else table_of(section, name, text)
    table.problems[:0] = notes
    return table


def table_of(section: Section, name: str, text: str, separators: Sequence[str] = SEPARATORS) -> Table:
    """The table that ``text`` holds; the separator is the one with which the header names most questions."""
    table = Table(section, name)
    above = 0
    if text.startswith(STATED_SEPARATOR):
        above = 1
        line, _, text = text.partition("\n")
        separators = (line.removeprefix(STATED_SEPARATOR)[:1].strip("\r") or SEPARATORS[0],)
    separator = max(separators, key=lambda item: len(match_header(section, _first_row(text, item))[0]))
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = next(reader, [])
        read_header(table, header, above + 1)
        columns = list(table.columns.items())
        start = above + reader.line_num + 1
        for row in reader:
            number, start = start, above + reader.line_num + 1
            if _is_too_long(table, row, len(header), number):
                continue
            texts = {column: _typed(row[place]) for place, column in columns if place < len(row) and row[place]}
            if not add_row(table, number, texts):
                break
    except csv.Error as error:
        line_number = above + reader.line_num
        message = f"From line {line_number} on the table cannot be read: {error}."
        table.note("EXC-016", message, f"A{line_number}", str(error), "quotes that are closed")
    return table


def _is_too_long(table: Table, row: list[str], width: int, number: int) -> bool:
    """A row with more values than columns is shifted somewhere, so none of its values can be trusted."""
    if len(row) <= width or not any(row[width:]):
        return False
    message = f"Line {number} has {len(row)} values, the header {width}; the line was not read."
    table.note("EXC-013", message, f"{letters(width)}{number}", f"{len(row)} values", f"{width} values")
    return True
