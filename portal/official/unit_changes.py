"""What changed between two sealed contents of a unit claim, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from verification.claims.comparison import Change

BLOCKS, LETTERS, CLAIM = "Blocks", "Letters of authorisation", "Claim"
OF_CLAIM = ("statement", "channel", "policy")
NOT_COMPARED = ("position",)
Row = Mapping[str, Any]


def changes_of_units(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Changes from one content to another (see ``claims.unit_content``), in the order of the form."""
    return (
        *_fields(CLAIM, "", _picked(before, OF_CLAIM), _picked(after, OF_CLAIM)),
        *_fields(CLAIM, _("Claimant"), before.get("claimant") or {}, after.get("claimant") or {}),
        *_fields(CLAIM, _("Base of the limit"), before.get("base") or {}, after.get("base") or {}),
        *_rows(BLOCKS, _by(before, "blocks", "serial"), _by(after, "blocks", "serial")),
        *_rows(LETTERS, _by(before, "authorisations", "reference"), _by(after, "authorisations", "reference")),
    )


def _picked(content: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: content.get(name) for name in names}


def _by(content: Mapping[str, Any], part: str, key: str) -> dict[str, Row]:
    return {row[key]: row for row in content.get(part, ())}


def _rows(part: str, before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    """A row that came or went is told as a whole; of one that stayed, each field."""
    for key in dict.fromkeys([*before, *after]):
        if key not in after:
            yield Change(part, key, _("The whole"), _size(before[key]), "")
        elif key not in before:
            yield Change(part, key, _("The whole"), "", _size(after[key]))
        else:
            yield from _fields(part, key, before[key], after[key])


def _fields(part: str, row: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        was, now = _text(before.get(name)), _text(after.get(name))
        if was != now and name not in NOT_COMPARED:
            yield Change(part, row, name.replace("_", " ").capitalize(), was, now)


def _size(row: Mapping[str, Any]) -> str:
    return f"{row['quantity']} t" if row.get("quantity") else _("there")


def _text(value: Any) -> str:
    """A value as people compare it; a table of goods by its lines."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{name.replace('_', ' ')}: {_text(item)}" for name, item in value.items() if _text(item))
    if isinstance(value, list):
        return " | ".join(_text(item) for item in value)
    return str(value)
