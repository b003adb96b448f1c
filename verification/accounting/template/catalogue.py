"""Everything that reading a template can find wrong: stable codes, severity and how to mend it.

Severity says what follows: ``block`` the values cannot be used as they stand, ``refer`` a person
must look, ``warn`` and ``info`` are told. A code is never given a second meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from verification.kernel.errors import Problem


@dataclass(frozen=True)
class Kind:
    severity: str
    title: str
    mend: str
    reference: str = ""


PERIOD_ACT = "IR (EU) 2025/2547, Article 7"
ROUNDING_ACT = "IR (EU) 2025/2547, Annex II, A.1"

KINDS: dict[str, Kind] = {
    # The file
    "TPL-001": Kind(
        "block", "Not a workbook", "Upload the template as Excel saves it: a workbook with the ending .xlsx."
    ),
    "TPL-002": Kind(
        "block", "File too large", "Remove pictures and added sheets, or start again from an empty template."
    ),
    "TPL-003": Kind("block", "Damaged file", "Open the workbook in Excel, save it again as .xlsx and upload it again."),
    "TPL-004": Kind("block", "Encrypted file", "Remove the password (File, Info, Protect Workbook) and save again."),
    "TPL-005": Kind("block", "Old Excel format", "Open the file and save it as Excel workbook (.xlsx)."),
    "TPL-006": Kind("block", "Macros inside", "Save the workbook without macros as Excel workbook (.xlsx)."),
    "TPL-007": Kind("block", "Unpacks to too much", "Start from an empty template and enter the data again."),
    "TPL-008": Kind(
        "block", "Unsafe archive", "Save the workbook with Excel; do not pack or change it with other tools."
    ),
    "TPL-009": Kind("block", "Another kind of document", "Save the template as Excel workbook (.xlsx)."),
    "TPL-010": Kind(
        "block", "Unsafe XML", "Save the workbook with Excel; a document type declaration has no place in it."
    ),
    # The template
    "TPL-020": Kind(
        "block", "Not the communication template", "Use the Commission's communication template, version 2."
    ),
    "TPL-021": Kind("block", "Old template version", "Copy the data into version 2 of the communication template."),
    "TPL-022": Kind(
        "block", "Unknown template version", "Use version 2.1.1, or ask the portal's operators to add the new one."
    ),
    "TPL-023": Kind("block", "Empty template", "Fill in the sheets A to E and Summary_Products and save in Excel."),
    "TPL-024": Kind(
        "block", "Sheet missing", "Start from an empty template; its sheets must not be renamed or deleted."
    ),
    "TPL-025": Kind("block", "Too many sheets, rows or columns", "Remove what was added to the template."),
    "TPL-026": Kind(
        "warn",
        "Results were not saved",
        "Open the workbook in Excel, let it recalculate, and save it, so that its own results can be compared.",
    ),
    "TPL-027": Kind("warn", "Input sheet hidden", "Unhide the sheet, check what it holds and save."),
    "TPL-028": Kind("info", "Unlisted template edition", "Check that the template was downloaded from the Commission."),
    # One cell
    "TPL-030": Kind("block", "Not a number", "Enter a plain number in this cell, without unit or thousands separator."),
    "TPL-031": Kind("block", "Not a usable number", "Enter the real number; the cell holds no finite value."),
    "TPL-032": Kind("block", "Not a date", "Enter a date in this cell."),
    "TPL-033": Kind("block", "Not one of the choices", "Pick a value from the drop-down list of the cell."),
    "TPL-034": Kind("block", "Text too long", "Shorten the text to 2,000 characters."),
    "TPL-035": Kind("block", "Negative number", "Enter an amount of zero or more."),
    "TPL-036": Kind("block", "Share out of range", "Enter a share between nothing and the whole."),
    "TPL-037": Kind(
        "block", "Not a number of this unit", "Choose the unit from the drop-down list, and enter the number in it."
    ),
    # Who, where, when
    "TPL-040": Kind(
        "block", "Reporting period missing or impossible", "Enter first and last day of the period.", PERIOD_ACT
    ),
    "TPL-041": Kind(
        "refer", "Not a calendar year", "Report a whole calendar year, or show the ground for another.", PERIOD_ACT
    ),
    "TPL-042": Kind("block", "Reporting period has not ended", "Report once the period is over.", PERIOD_ACT),
    "TPL-043": Kind(
        "block", "Period not accepted by the scheme", "Report a period that the scheme accepts.", PERIOD_ACT
    ),
    "TPL-044": Kind("refer", "Installation name missing", "Enter the English name of the installation."),
    "TPL-045": Kind("block", "Coordinates impossible", "Enter decimal degrees, such as 38.801944."),
    "TPL-046": Kind("block", "Country not recognised", "Pick the country from the drop-down list."),
    "TPL-047": Kind("refer", "Country missing", "Pick the country from the drop-down list."),
    "TPL-048": Kind("warn", "UN/LOCODE doubtful", "Enter the five characters of the UN/LOCODE of the place."),
    "TPL-049": Kind("info", "Coordinates missing or coarse", "Enter coordinates with six decimals."),
    # Emissions
    "TPL-050": Kind("block", "Activity level missing or zero", "Enter the production of the period by route."),
    "TPL-051": Kind("block", "Number missing", "Enter the number; leave no cell empty that the calculation needs."),
    "TPL-052": Kind(
        "refer", "Number for indirect emissions missing", "Enter it, or confirm that they are out of scope."
    ),
    "TPL-053": Kind("block", "Units do not go together", "Choose units of activity data and factor that match."),
    "TPL-054": Kind("refer", "Quantities do not balance", "Correct the quantities so that inputs and outputs agree."),
    "TPL-055": Kind(
        "block", "Processes consume each other's whole output", "Correct the quantities passed between processes."
    ),
    "TPL-058": Kind(
        "refer", "Marked as applicable but empty", "Enter the amounts, or mark the section as not applicable."
    ),
    "TPL-056": Kind("warn", "Default value without justification", "State why a default value was used."),
    "TPL-057": Kind(
        "warn", "Attributed emissions differ from the installation's", "Check attribution between the processes."
    ),
    # Goods
    "TPL-060": Kind("block", "No goods listed", "List the goods with CN code on sheet Summary_Products."),
    "TPL-061": Kind("block", "Unknown production process", "Pick the production process from the drop-down list."),
    "TPL-062": Kind("block", "Process name used twice", "Give each production process its own name."),
    "TPL-063": Kind("block", "CN code missing or malformed", "Enter the eight digits of the CN code."),
    "TPL-064": Kind("block", "Good outside the scheme", "Remove the good, or correct its CN code."),
    "TPL-065": Kind(
        "block", "Process without name or category", "Give the process a name and a goods category on sheet A."
    ),
    # Comparison with the results in the file
    "TPL-070": Kind(
        "refer",
        "Stated result differs",
        "Recalculate and save the workbook in Excel, or explain the difference.",
        ROUNDING_ACT,
    ),
    "TPL-071": Kind("warn", "Stated result missing", "Open the workbook in Excel, let it recalculate, and save it."),
    # The reading itself
    "TPL-080": Kind(
        "block", "Reading took too long or too much memory", "Start from an empty template and enter the data again."
    ),
    "TPL-081": Kind(
        "block", "Reading failed", "Save the workbook with Excel and try again; if it fails again, report it."
    ),
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
    kind = KINDS[code]
    return Problem(
        severity=severity or kind.severity,
        code=code,
        message=message,
        mend=kind.mend,
        sheet=sheet,
        cell=cell,
        field=field,
        found=str(found)[:200],
        expected=expected,
        reference=kind.reference,
    )
