"""The bytes of an export as rows of text. Either the whole table is read, or none of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from verification.kernel.errors import Problem
from verification.units.registries.catalogue import problem
from verification.units.registries.layouts import Layout, layout_of, plain_header

LARGEST_FILE = 40 * 1024 * 1024
"""Bytes. A registry's whole list of retirements has a few hundred bytes a row."""

MOST_ROWS = 100_000
LONGEST_CELL = 100_000
"""Characters; free texts of real exports stay under two thousand."""

_SEPARATORS = (",", ";", "\t")
_OTHER_FILES = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"%PDF", "a PDF"),
    (b"<", "a web page"),
    (b"{", "a JSON file"),
)


@dataclass(frozen=True)
class Row:
    """``number`` is the row as a spreadsheet counts it."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    layout: Layout
    header: tuple[str, ...]
    rows: tuple[Row, ...]


class TableRefused(Exception):
    """The file cannot be read as a table; carries the problem. ``header`` holds the columns, where they were read."""

    def __init__(self, found: Problem, header: tuple[str, ...] = ()) -> None:
        super().__init__(found.message)
        self.problem = found
        self.header = header


def read_table(content: bytes, name: str) -> Table:
    """The table and the layout that its header is of. Raises ``TableRefused``."""
    text = decoded(content, name)
    layout, header, separator = _recognised(text, name)
    _refuse_doubles(layout, header, name)
    try:
        return Table(layout, header, tuple(_rows(text, separator, len(header), name)))
    except TableRefused as refused:
        raise TableRefused(refused.problem, header) from refused


def decoded(content: bytes, name: str) -> str:
    """The text of an export. Raises ``TableRefused`` where it is too large, no text or not UTF-8."""
    if len(content) > LARGEST_FILE:
        message = f"The file has {len(content):,} bytes."
        raise TableRefused(problem("UNX-001", message, file=name, expected=f"at most {LARGEST_FILE:,} bytes"))
    if not content.strip():
        raise TableRefused(problem("UNX-016", "The file is empty.", file=name))
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, words in _OTHER_FILES:
        if start.startswith(mark):
            raise TableRefused(problem("UNX-002", f"The file is {words}.", file=name, found=words, expected="CSV"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        message = "The file is UTF-16 or no text at all."
        raise TableRefused(problem("UNX-003", message, file=name, found="UTF-16 or binary", expected="UTF-8"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"Line {line} is not UTF-8. A spreadsheet probably saved the file again as Windows-1252."
        found = f"byte {content[error.start]:#04x} in line {line}"
        raise TableRefused(problem("UNX-003", message, file=name, found=found, expected="UTF-8")) from None


def _recognised(text: str, name: str) -> tuple[Layout, tuple[str, ...], str]:
    """Layout, header and separator: the first separator with which the header is known."""
    headers = {each: _first_row(text, each) for each in _SEPARATORS}
    for separator, header in headers.items():
        layout = layout_of(header)
        if layout is not None:
            return layout, header, separator
    header = max(headers.values(), key=len)
    message = "The first row is not the header of a registry export known here."
    raise TableRefused(
        problem("UNX-004", message, file=name, cell="A1", found=", ".join(header),
                expected="an export of Verra, Gold Standard, ACR, CAR, ART or EcoRegistry"),
        header,
    )  # fmt: skip


def _first_row(text: str, separator: str) -> tuple[str, ...]:
    """The header; without any where it cannot be read, which makes it unknown."""
    try:
        return tuple(next(_reader(text, separator), ()))
    except csv.Error:
        return ()


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _refuse_doubles(layout: Layout, header: tuple[str, ...], name: str) -> None:
    read = {plain_header(each) for each in layout.columns}
    plain = [plain_header(each) for each in header]
    double = next((each for each in plain if each in read and plain.count(each) > 1), None)
    if double is not None:
        message = f"The column “{header[plain.index(double)]}” stands there more than once."
        raise TableRefused(problem("UNX-005", message, file=name, found=double), header)


def _rows(text: str, separator: str, width: int, name: str) -> Iterator[Row]:
    """Every row below the header that holds anything. Raises ``TableRefused``."""
    reader = _reader(text, separator)
    number = 0
    try:
        for number, values in enumerate(reader, 1):
            if number == 1 or not any(value.strip() for value in values):
                continue
            if number > MOST_ROWS + 1:
                message = f"The table has more than {MOST_ROWS:,} rows."
                raise TableRefused(problem("UNX-007", message, file=name, expected=f"at most {MOST_ROWS:,} rows"))
            if len(values) != width:
                message = f"Row {number} has {len(values)} values, the header {width}."
                found, expected = f"{len(values)} values", f"{width} values"
                raise TableRefused(
                    problem("UNX-008", message, file=name, cell=f"A{number}", found=found, expected=expected)
                )
            yield Row(number, tuple(values))
    except csv.Error as error:
        message = f"From row {number + 1} on the table cannot be read: {error}."
        raise TableRefused(problem("UNX-006", message, file=name, cell=f"A{number + 1}", found=str(error))) from None
