"""Everything that a registry's export can have wrong as a file: stable codes and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from verification.kernel.errors import Problem
from verification.units.serials.problems import shown


@dataclass(frozen=True)
class Entry:
    severity: str
    title: str
    mend: str


CATALOGUE: dict[str, Entry] = {
    "UNX-001": Entry("block", "File too large", "Export a shorter period, or only the rows of the claim."),
    "UNX-002": Entry("block", "Not a table", "Use the registry's CSV export, not a workbook, a PDF or a web page."),
    "UNX-003": Entry("block", "Encoding not readable", "Take the registry's own file, or save it as CSV UTF-8."),
    "UNX-004": Entry("block", "Unknown header", "Take the registry's own file, with its row of headers."),
    "UNX-005": Entry("block", "Column given twice", "Keep one column of each name."),
    "UNX-006": Entry("block", "Table not readable", "Take the registry's own file."),
    "UNX-007": Entry("block", "Too many rows", "Export a shorter period, or only the rows of the claim."),
    "UNX-008": Entry("block", "Row of another width", "Take the registry's own file."),
    "UNX-009": Entry("block", "Date not readable", "Take the registry's own file; do not change its dates."),
    "UNX-010": Entry("block", "Quantity not readable", "Take the registry's own file; do not change its numbers."),
    "UNX-011": Entry("info", "Export without serials", "Nothing to mend. It shows that units were issued, not which."),
    "UNX-012": Entry("block", "List of projects", "Use the registry's export of retirements; this one holds no units."),
    "UNX-013": Entry("warn", "No date of the event", "Ask the registry for the date, or attach its certificate."),
    "UNX-014": Entry("info", "Serial of another registry", "Nothing to mend: the units came from there."),
    "UNX-015": Entry("block", "Unknown status", "Ask the registry whether the units are retired."),
    "UNX-016": Entry("block", "Empty file", "Choose another file, or export again."),
}  # fmt: skip


def problem(
    code: str, message: str, *, file: str = "", cell: str = "", field: str = "", found: str = "", expected: str = ""
) -> Problem:
    """A ``Problem`` of the catalogue; the file stands where a workbook's sheet would."""
    entry = CATALOGUE[code]
    return Problem(
        severity=entry.severity, code=code, message=message, mend=entry.mend, sheet=shown(file), cell=cell,
        field=shown(field), found=shown(found), expected=expected, reference="Registry export",
    )  # fmt: skip


def letters(place: int) -> str:
    """The column's letters in a spreadsheet; ``place`` counts from zero."""
    text, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        text = chr(ord("A") + digit) + text
    return text
