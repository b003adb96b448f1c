"""Everything that an answer can have wrong: stable codes, severity and how to mend it.

Severity says what follows: ``block`` the claim cannot be filed as it stands, ``refer`` a person must look,
``warn`` is told. A code is never given a second meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from verification.kernel.errors import Problem

FOUND_AT_MOST = 200
UNKNOWN_CHARACTER = "\ufffd"
PERIOD_ACT = "IR (EU) 2025/2547, Article 7"
ATTRIBUTION_ACT = "IR (EU) 2025/2547, Annex III, A.1"


@dataclass(frozen=True)
class Entry:
    severity: str
    title: str
    mend: str
    reference: str = ""


CATALOGUE: dict[str, Entry] = {
    # Numbers
    "ENT-001": Entry("block", "Answer missing", "Answer this question; the claim cannot be filed without it."),
    "ENT-002": Entry("block", "Not a number", "Enter digits alone, such as 1234.5."),
    "ENT-003": Entry("block", "Number with two meanings", "Write the number without separators between thousands."),
    "ENT-004": Entry("block", "Number too long", "Enter the number with the digits that were measured."),
    "ENT-005": Entry("warn", "Written in powers of ten", "Check the number as it was read."),
    "ENT-006": Entry("block", "Number too small", "Enter a number within the limits."),
    "ENT-007": Entry("block", "Number too large", "Enter a number within the limits, and check its unit."),
    "ENT-008": Entry("block", "Zero is not possible", "Enter a number above zero, or leave the field empty."),
    "ENT-009": Entry("block", "Not a whole number", "Enter a whole number, without decimals."),
    "ENT-010": Entry("block", "Unit missing", "Choose the unit beside the number."),
    "ENT-011": Entry("block", "Unknown unit", "Choose one of the units that the field offers."),
    "ENT-012": Entry("block", "Unit of another goods category", "Choose the unit of the goods category."),
    # Choices, dates, texts
    "ENT-013": Entry("block", "Not one of the choices", "Choose one of the values of the list."),
    "ENT-014": Entry("block", "Neither yes nor no", "Answer yes or no, or leave the field empty."),
    "ENT-015": Entry("block", "Not a date", "Enter the date as year-month-day, such as 2026-12-31."),
    "ENT-016": Entry("block", "Date with two meanings", "Enter the date as year-month-day, such as 2026-12-31."),
    "ENT-017": Entry("block", "Country not recognised", "Choose the country from the list, or enter its two letters."),
    "ENT-018": Entry("block", "Unknown goods category", "Choose the aggregated goods category from the list."),
    "ENT-019": Entry("block", "Route not of the goods category", "Choose a production route of the goods category."),
    "ENT-028": Entry("block", "Text too long", "Shorten the text."),
    "ENT-029": Entry("block", "Characters that cannot be kept", "Type the text again without hidden characters."),
    "ENT-036": Entry("block", "Not in the right form", "Enter the text in the form that is asked."),
    # Links between rows
    "ENT-020": Entry("block", "Named row is missing", "Choose a row that there is, or add it first."),
    "ENT-021": Entry("block", "Name with two meanings", "Use the key of the row instead of its name."),
    "ENT-022": Entry("block", "Name used twice", "Give each row its own name."),
    "ENT-023": Entry("block", "Pair given twice", "Keep one row for the pair, with the sum of both."),
    "ENT-033": Entry("block", "Row without its subject", "Add the row that this one says more about, or delete it."),
    "ENT-034": Entry("warn", "Goods category that no process makes", "Delete the goods category, or add its process."),
    # Answers that do not fit together
    "ENT-024": Entry("block", "Ends before it starts", "Correct the first or the last day.", PERIOD_ACT),
    "ENT-025": Entry(
        "block", "More than the whole", "Lower the shares until they add up to 100 % or less.", ATTRIBUTION_ACT
    ),
    "ENT-026": Entry("warn", "Answer that is not asked", "Delete the answer, or change the choice it depends on."),
    "ENT-027": Entry("block", "Units do not go together", "Choose units of amount and factor that match."),
    # What the declaration does not know
    "ENT-030": Entry("block", "Unknown section", "Use the names of the sections that the portal gives."),
    "ENT-031": Entry("block", "Unknown field", "Use the names of the fields that the portal gives."),
    "ENT-035": Entry("block", "Key of the row cannot be used", "Give the row a short key without ~ and without /."),
}


def problem(
    code: str,
    message: str,
    *,
    field: str = "",
    found: object = "",
    expected: str = "",
    mend: str = "",
    severity: str = "",
) -> Problem:
    """A ``Problem`` of the catalogue; ``severity`` and ``mend`` only where the case knows better."""
    entry = CATALOGUE[code]
    return Problem(
        severity=severity or entry.severity,
        code=code,
        message=visible(message),
        mend=mend or entry.mend,
        field=visible(field),
        found=visible(str(found)[:FOUND_AT_MOST]),
        expected=expected,
        reference=entry.reference,
    )


def visible(text: str) -> str:
    """``text`` with a mark in the place of every character that no page, database or printer can take."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in "\n\t" else UNKNOWN_CHARACTER for letter in text)
