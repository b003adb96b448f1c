"""A claim for another year begins with all that stays the same."""

from __future__ import annotations

from verification.accounting.entry.context import Answers
from verification.accounting.entry.sections import section_named
from verification.accounting.entry.writing import Written


def answers_for_next_year(answers: Answers) -> Written:
    """``answers`` without what the declaration marks as yearly: amounts, dates, measured values, certificates.

    Rows stay with their keys and names, and a unit stays where its number goes, so that the form asks in
    the same one. Sections of one year, such as data gaps, begin empty. Raises ``LookupError`` for a section
    that there is not.
    """
    found: Written = {}
    for key, rows in answers.items():
        section = section_named(key)
        if section.is_yearly:
            continue
        yearly = {field.name for field in section.fields if field.is_yearly}
        found[key] = {
            row_key: {name: text for name, text in row.items() if name not in yearly} for row_key, row in rows.items()
        }
    return {key: rows for key, rows in found.items() if rows}
