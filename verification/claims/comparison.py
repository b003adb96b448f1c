"""What changed between two states of a claim's numbers, field by field. Pure.

Both are told as answers (see ``accounting.entry``), in base units, so that a number that was only typed
in another unit is no change; the results that follow come after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from verification.accounting.entry.answers import PAIR, SINGLE_KEY, Answers
from verification.accounting.entry.context import name_field
from verification.accounting.entry.schema import Field, Section, Shape
from verification.accounting.entry.sections import SECTIONS, section_named
from verification.accounting.entry.writing import answers_of
from verification.accounting.model import InstallationReport

RESULTS = (
    ("see_direct", "Direct specific embedded emissions"),
    ("see_indirect", "Indirect specific embedded emissions"),
    ("see_applicable", "Value in the scheme’s scope"),
    ("quantity", "Verified quantity"),
)
IDENTITY = (("operator", "Producer"), ("installation", "Installation in the register"))


@dataclass(frozen=True)
class Change:
    """One field: empty ``before`` means that it was added, empty ``after`` that it went."""

    part: str
    row: str
    field: str
    before: str
    after: str
    unit: str = ""

    @property
    def kind(self) -> str:
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Changes from one sealed content to another (see ``claims.content``), in the order of the form."""
    old, new = _answers(before), _answers(after)
    return (
        *_identity_changes(before, after),
        *(change for section in SECTIONS for change in _section_changes(section, old, new)),
        *_result_changes(before, after),
    )


def changes_of_any(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Changes between two contents of whatever shape, value by value, named by where they stand."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return tuple(
        Change(
            _words(path[0]), ", ".join(map(_words, path[1:-1])), _words(path[-1]), old.get(path, ""), new.get(path, "")
        )
        for path in dict.fromkeys([*old, *new])
        if old.get(path, "") != new.get(path, "")
    )


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            yield from _leaves(inner, (*path, str(number)))
    else:
        yield path, "" if value is None else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _answers(content: Mapping[str, Any]) -> Answers:
    report = (content.get("reading") or {}).get("report")
    return answers_of(InstallationReport.from_record(report)) if report else {}


def _identity_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key, part in IDENTITY:
        old, new = before.get(key) or {}, after.get(key) or {}
        for name in dict.fromkeys([*old, *new]):
            was, now = str(old.get(name) or ""), str(new.get(name) or "")
            if was != now:
                yield Change(part, "", name.replace("_", " ").capitalize(), was, now)


def _section_changes(section: Section, old: Answers, new: Answers) -> Iterator[Change]:
    was, now = old.get(section.key, {}), new.get(section.key, {})
    for key in dict.fromkeys([*was, *now]):
        row_before, row_after = was.get(key, {}), now.get(key, {})
        label = row_label(section, key, new if key in now else old)
        for field in section.fields:
            if section.shape is Shape.CROSS and field.name in (section.parent, section.across):
                continue
            if row_before.get(field.name, "") != row_after.get(field.name, ""):
                yield _change(section, label, field, row_before, row_after)


def _change(section: Section, label: str, field: Field, before: Mapping[str, str], after: Mapping[str, str]) -> Change:
    words = dict(field.choices)
    was, now = before.get(field.name, ""), after.get(field.name, "")
    default = field.units[0] if field.units else ""
    unit = after.get(field.unit_name) or before.get(field.unit_name) or default
    return Change(section.title, label, field.label, words.get(was, was), words.get(now, now), unit)


def row_label(section: Section, key: str, answers: Answers) -> str:
    """What people call a row; of a pair, both sides; empty for a part with one row only."""
    if key == SINGLE_KEY:
        return ""
    if section.shape is Shape.CROSS:
        values = answers.get(section.key, {}).get(key, {})
        ends = (section.field(section.parent), section.field(section.across))
        fallback = key.split(PAIR, 1)
        return " → ".join(
            _name_of(end.links, values.get(end.name) or part, answers)
            for end, part in zip(ends, fallback, strict=False)
        )
    return _name_of((section.extends or section.key,), key, answers)


def _name_of(sections: tuple[str, ...], key: str, answers: Answers) -> str:
    for section_key in sections:
        values = answers.get(section_key, {}).get(key)
        if values is not None:
            field = name_field(section_named(section_key))
            return values.get(field, "") or values.get("cn", "") or key
    return key


def _result_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = _goods(before), _goods(after)
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key, {}), new.get(key, {})
        for name, label in RESULTS:
            value_before, value_after = str(was.get(name) or ""), str(now.get(name) or "")
            if value_before != value_after:
                unit = now.get("unit") or was.get("unit") or ""
                said = unit if name == "quantity" else f"t CO2e/{unit}"
                yield Change("Results", " · ".join(filter(None, key)), label, value_before, value_after, said)


def _goods(content: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    rows = (content.get("reading") or {}).get("goods", [])
    return {(row["cn"], row.get("process") or ""): row for row in rows}
