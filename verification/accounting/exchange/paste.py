"""Rows pasted from a spreadsheet: parted by tabs, with or without a header."""

from __future__ import annotations

import csv
import io

from verification.accounting.entry.schema import Section
from verification.accounting.entry.sections import section_named
from verification.accounting.exchange.assembling import put_together
from verification.accounting.exchange.catalogue import problem
from verification.accounting.exchange.reading import FileKind, FileReading
from verification.accounting.exchange.separated import LONGEST_FIELD, table_of
from verification.accounting.exchange.tables import KEY, Table, column_names, match_header

PASTED = "Pasted rows"
LONGEST_PASTE = 5_000_000


def read_pasted(text: str, section: str | Section, decimal_mark: str = ".") -> FileReading:
    """Answers for one section. Without a header the columns are those of the section's own table, in their order,
    without the key.

    Raises ``LookupError`` for a section that there is not.
    """
    wanted = section_named(section) if isinstance(section, str) else section
    if len(text) > LONGEST_PASTE:
        found = problem("EXC-002", "The pasted text is too long.", found=f"{len(text)} characters")
        return FileReading(FileKind.PASTE, problems=(found,), decimal_mark=decimal_mark)
    clean = text.replace("\r\n", "\n").strip("\n")
    first = _first_row(clean)
    known, _, unknown = match_header(wanted, first)
    has_header = bool(known) and len(known) >= len(unknown)
    if not has_header:
        names = [name for name in column_names(wanted) if name != KEY]
        clean = "\t".join(names) + "\n" + clean
    table = table_of(wanted, PASTED, clean, ("\t",))
    if not has_header:
        _count_without_header(table)
    answers, cells, problems = put_together([table])
    return FileReading(FileKind.PASTE, answers, cells, problems, decimal_mark)


def _first_row(text: str) -> list[str]:
    csv.field_size_limit(LONGEST_FIELD)
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter="\t"), [])
    except csv.Error:
        return []


def _count_without_header(table: Table) -> None:
    """The header was put in front, so every row stands one line higher in what was pasted."""
    table.rows = [(number - 1, texts) for number, texts in table.rows]
