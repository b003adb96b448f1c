"""What changed between two sealed contents of a unit claim, block by block. Pure.

Blocks are told apart by their serials, letters by country, reference and version, lines of goods by their number:
a block that only moved in the list is no change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from verification.claims.comparison import Change

Row = Mapping[str, Any]
TOLD_APART = frozenset({"position", "serial", "raw_serial", "family", "family_key", "first", "last", "line"})
UNITS = {"mass_t": "t", "see": "tCO2e/t", "free_allocation": "tCO2e/t", "quantity": "t"}
HEAD = ("channel", "policy", "statement")


def unit_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Changes from one content to another (see ``unit_content``): the claim itself, its base, blocks and letters."""
    old_base, new_base = before.get("base", {}), after.get("base", {})
    stated = [name for name in dict.fromkeys([*old_base, *new_base]) if name != "lines"]
    return (
        *_fields("Claimant", "", before.get("claimant", {}), after.get("claimant", {})),
        *_fields("Claim", "", {name: before.get(name) for name in HEAD}, {name: after.get(name) for name in HEAD}),
        *_fields("Base of the limit", "", _only(old_base, stated), _only(new_base, stated)),
        *_rows("Goods", old_base.get("lines", ()), new_base.get("lines", ()), lambda row: f"Line {row['line']}"),
        *_rows("Blocks", before.get("blocks", ()), after.get("blocks", ()), lambda row: str(row["serial"])),
        *_rows("Letters", before.get("authorisations", ()), after.get("authorisations", ()), _letter),
    )


def _rows(part: str, before: Iterable[Row], after: Iterable[Row], name: Callable[[Row], str]) -> Iterator[Change]:
    """A row that came or went is one change; of a row that stayed, each field that differs."""
    old, new = {name(row): row for row in before}, {name(row): row for row in after}
    for label in dict.fromkeys([*old, *new]):
        if label in old and label in new:
            yield from _fields(part, label, old[label], new[label])
        else:
            was, now = (_summary(each[label]) if label in each else "" for each in (old, new))
            yield Change(part, label, "", was, now)


def _fields(part: str, label: str, before: Row, after: Row) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        was, now = _text(before.get(name)), _text(after.get(name))
        if was != now and name not in TOLD_APART:
            yield Change(part, label, name.replace("_", " ").capitalize(), was, now, UNITS.get(name, ""))


def _summary(row: Row) -> str:
    """A row that came or went, in a few words."""
    quantity = row.get("quantity") or row.get("mass_t")
    return f"{quantity} t" if quantity else "yes"


def _letter(row: Row) -> str:
    return " ".join(str(part) for part in (row["host_country"], row["reference"], row["version"]) if part)


def _only(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row.get(name) for name in names}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')}: {_text(value[name])}" for name in sorted(value))
    return ", ".join(_text(each) for each in value) if isinstance(value, list | tuple) else str(value)
