"""What is wrong with a pack: each finding names the file, the row, the field, the rule and the cure."""

from __future__ import annotations

from verification.kernel.errors import Problem

RULES = {
    "REF-001": "Every file that a pack names is there, and every file that is there is named.",
    "REF-002": "YAML files have the shape, the keys and the types of the pack format; no key stands twice.",
    "REF-003": "Every value of law carries its legal reference.",
    "REF-004": "A table has the SHA-256 that its manifest states.",
    "REF-005": "A table has the number of rows that its manifest states.",
    "REF-006": "A table has exactly the columns of its kind.",
    "REF-007": "Numbers are exact decimals, dates are ISO dates, codes are of the known ones.",
    "REF-008": "No two rows for one key hold on the same day.",
    "REF-009": "A default value has a total, or a reason why it has none, never both or neither.",
    "REF-010": "What one file names in another is there.",
    "REF-011": "Units are of those that the product calculates in.",
    "REF-012": "A release is published by two different officials.",
    "REF-013": "A percentage lies between 0 and 100, a fraction between 0 and 1.",
    "REF-014": "The rules for reduction units do not contradict one another or the channel of the scheme.",
    "REF-015": "A text is not longer than what the database keeps.",
}


class Findings:
    """Collects problems while a pack is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(
        self, code: str, file: str, message: str, mend: str, *, row: object = "", field: str = "", found: object = "",
        expected: object = "",
    ) -> None:  # fmt: skip
        self.problems.append(
            Problem(
                severity="block",
                code=code,
                message=message,
                mend=mend,
                sheet=file,
                cell=str(row),
                field=field,
                found=str(found),
                expected=str(expected),
                reference=RULES[code],
            )
        )
