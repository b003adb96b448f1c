"""The shape of answers, and which rows belong to which."""

from __future__ import annotations

from collections.abc import Mapping

from verification.accounting.entry.context import PAIR_MARK as PAIR
from verification.accounting.entry.context import SINGLE_KEY, Answers
from verification.accounting.entry.context import Row as RowAnswers
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.sections import SECTIONS


def pair_key(parent_key: str, across_key: str) -> str:
    """Key of the row of a ``CROSS`` section that joins the two."""
    return f"{parent_key}{PAIR}{across_key}"


def is_blank(values: RowAnswers) -> bool:
    """Whether nothing was answered; a unit alone is no answer."""
    return not any(text.strip() for name, text in values.items() if not name.endswith(".unit"))


def next_key(section: Section, taken: Mapping[str, RowAnswers]) -> str:
    """A key that no row of the section bears yet."""
    number = len(taken) + 1
    while f"{section.prefix}{number}" in taken:
        number += 1
    return f"{section.prefix}{number}"


def crossing(section_key: str) -> tuple[Section, ...]:
    """``CROSS`` sections whose rows say something about a row of the section."""
    return tuple(
        section
        for section in SECTIONS
        if section.shape is Shape.CROSS and section_key in section.field(section.parent).links
    )


def dependent_rows(answers: Answers, section_key: str, key: str) -> tuple[tuple[str, str], ...]:
    """Section and key of every row that would stand without meaning if the row were gone.

    These are extensions of the row, pairs on either side of which it stands, and deliveries of it. A field
    that merely names the row is left as it is: the interpretation says that what it names is missing.
    """
    found = []
    for section in SECTIONS:
        rows = answers.get(section.key, {})
        if section.shape is Shape.EXTENSION and section.extends == section_key and key in rows:
            found.append((section.key, key))
        elif section.shape is Shape.CROSS:
            found += [
                (section.key, row_key) for row_key in rows if _stands_in_pair(section, rows[row_key], section_key, key)
            ]
        elif section.parent and section_key in section.field(section.parent).links:
            for row_key, values in rows.items():
                if values.get(section.parent) == key:
                    found.append((section.key, row_key))
                    found += dependent_rows(answers, section.key, row_key)
    return tuple(dict.fromkeys(found))


def _stands_in_pair(section: Section, values: RowAnswers, section_key: str, key: str) -> bool:
    sides = (section.field(section.parent), section.field(section.across))
    return any(section_key in side.links and values.get(side.name) == key for side in sides)


__all__ = [
    "PAIR",
    "SINGLE_KEY",
    "Answers",
    "RowAnswers",
    "crossing",
    "dependent_rows",
    "is_blank",
    "next_key",
    "pair_key",
]
