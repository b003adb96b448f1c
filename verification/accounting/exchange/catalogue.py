"""Everything that a file can have wrong before its answers are looked at: stable codes and how to mend it."""

from __future__ import annotations

from verification.accounting.entry.catalogue import FOUND_AT_MOST, Entry, visible
from verification.kernel.errors import Problem

CATALOGUE: dict[str, Entry] = {
    "EXC-001": Entry("block", "Unknown kind of file", "Use a workbook (.xlsx), a table (.csv), a .zip or .json file."),
    "EXC-002": Entry("block", "File too large", "Split the file, or remove what does not belong to the claim."),
    "EXC-003": Entry("block", "Damaged file", "Save the file again with the program that made it."),
    "EXC-004": Entry("block", "Not the portal's workbook", "Start from the blank workbook that the portal gives."),
    "EXC-005": Entry("block", "Other version of the file", "Start from the newest blank file that the portal gives."),
    "EXC-006": Entry("warn", "Unknown sheet", "Delete the sheet, or give it the name of a part of the claim."),
    "EXC-007": Entry("block", "No header", "Begin the table with one row that holds the names of the columns."),
    "EXC-008": Entry("warn", "Unknown column", "Delete the column, or give it the name of a question."),
    "EXC-009": Entry("block", "Column given twice", "Keep one column for each question."),
    "EXC-010": Entry("block", "Too many rows", "Split the table, or put small rows together."),
    "EXC-011": Entry("warn", "Formula", "Check the number; better, replace the formula by its value."),
    "EXC-012": Entry("block", "Formula without a result", "Open the file in Excel, let it calculate, and save it."),
    "EXC-013": Entry("block", "Row longer than the header", "Put texts and numbers that hold the separator in quotes."),
    "EXC-014": Entry("warn", "Encoding assumed", "Check the letters with accents, or save the file as UTF-8."),
    "EXC-015": Entry("block", "Encoding not readable", "Save the file as CSV UTF-8."),
    "EXC-016": Entry("block", "Table not readable", "Save the file again as CSV, with quotes around texts."),
    "EXC-017": Entry("block", "Part of the claim not clear", "Name the file after the part, such as streams.csv."),
    "EXC-018": Entry("block", "Key given twice", "Give each row its own key, or leave the key empty."),
    "EXC-019": Entry("block", "Name given twice", "Keep one value for each name."),
    "EXC-020": Entry("block", "Not a claim in JSON", "Follow the published JSON Schema."),
    "EXC-021": Entry("block", "Not a usable number", "Write finite numbers, of at most a hundred characters."),
    "EXC-022": Entry("block", "Row without a key", "Enter the key of the row that this one says more about."),
    "EXC-023": Entry("info", "The Commission's template", "Nothing to do: its values became answers."),
    "EXC-024": Entry("block", "Reading stopped", "Start from a blank file and enter the data again."),
    "EXC-025": Entry("warn", "Unknown file in the archive", "Leave only the tables of the claim in the archive."),
    "EXC-026": Entry("block", "More than one row", "Keep one row; this part of the claim has no more."),
}


def problem(
    code: str,
    message: str,
    *,
    sheet: str = "",
    cell: str = "",
    field: str = "",
    found: object = "",
    expected: str = "",
    severity: str = "",
) -> Problem:
    """A ``Problem`` of the catalogue; ``severity`` only where a rule makes it graver."""
    entry = CATALOGUE[code]
    return Problem(
        severity=severity or entry.severity,
        code=code,
        message=visible(message),
        mend=entry.mend,
        sheet=visible(sheet),
        cell=cell,
        field=visible(field),
        found=visible(str(found)[:FOUND_AT_MOST]),
        expected=expected,
        reference=entry.reference,
    )
