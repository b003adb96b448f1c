"""Many rows of one section, read question by question: an answer that comes again is read once.

Only answers with which nothing is wrong are taken here. A row with any other is left to ``RowReader.read``, so
that what is wrong is told row by row, in the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from verification.accounting.entry.context import Row
from verification.accounting.entry.plans import Target, targets
from verification.accounting.entry.rows import RowReader, known_names, needs_category
from verification.accounting.entry.schema import Section

FEW = 20
"""Below this many rows reading them one by one costs nothing."""
UNCLEAR = (None, "")


def clear_rows(reader: RowReader, section: Section, rows: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """Values, as ``RowReader.read`` gives them, of those rows in which every answer is clear.

    Rows that belong to others' rows, and answers whose meaning hangs on a goods category, are not read here.
    """
    if len(rows) < FEW or section.parent or needs_category(section):
        return {}
    known = known_names(section)
    are_all_known = set().union(*rows.values()) <= known
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, row in rows.items():
        if are_all_known or row.keys() <= known:
            alike.setdefault(tuple([row.get(name, "") for name in _deciding(section)]), []).append(key)
    found: dict[str, dict[str, Any]] = {}
    for keys in alike.values():
        found |= _read_alike(reader, section, keys, [rows[key] for key in keys])
    return found


@cache
def _deciding(section: Section) -> tuple[str, ...]:
    """Names of the fields on whose answers it depends which others are asked."""
    return tuple(dict.fromkeys(field.only_for[0] for field in section.fields if field.only_for))


def _read_alike(
    reader: RowReader, section: Section, keys: Sequence[str], rows: Sequence[Row]
) -> dict[str, dict[str, Any]]:
    """Rows of which the same questions are asked: an answer means the same in each."""
    unclear: set[int] = set()
    columns: dict[str, Iterable[Any]] = {}
    for target in targets(section):
        said = _said(target, rows)
        read = {
            answer: reader.clear_answer(section, row, target)
            for answer, row in dict(zip(said, rows, strict=True)).items()
        }
        if None in read.values():
            unclear.update(index for index, answer in enumerate(said) if read[answer] is None)
        known = {answer: pair or UNCLEAR for answer, pair in read.items()}
        pairs = [known[answer] for answer in said] if len(known) > 1 else [*known.values()] * len(said)
        columns[target.path] = [value for value, _ in pairs]
        if target.field.unit_path:
            columns[target.field.unit_path] = [unit for _, unit in pairs]
    made = zip(keys, zip(*columns.values(), strict=True), strict=True)
    return {key: dict(zip(columns, row, strict=True)) for index, (key, row) in enumerate(made) if index not in unclear}


def _said(target: Target, rows: Sequence[Row]) -> Sequence[str | tuple[str, str]]:
    """Texts of a column, with their units where these are not the same throughout."""
    field = target.field
    texts = [row.get(field.name, "") for row in rows]
    units = [row.get(field.unit_name, "") for row in rows] if field.units else []
    return list(zip(texts, units, strict=True)) if len(set(units)) > 1 else texts
