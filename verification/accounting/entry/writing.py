"""From a report to the answers that tell it: the inverse of ``interpretation``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from verification.accounting.entry.assembly import derived_goods
from verification.accounting.entry.context import PAIR_MARK, SINGLE_KEY
from verification.accounting.entry.plans import Target, class_of, targets
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.sections import SECTIONS, section_named
from verification.accounting.entry.values import base_unit
from verification.accounting.model import InstallationReport
from verification.kernel.quantities import plain

Written = dict[str, dict[str, dict[str, str]]]


class NotTellable(ValueError):
    """The report has two rows of one key, so answers could not tell them apart."""


def answers_of(report: InstallationReport, decimal_mark: str = ".") -> Written:
    """Answers that ``interpret`` makes ``report`` from again, numbers in its own units, rows in its order.

    Goods categories are written only where they do not follow from the processes. Raises ``NotTellable``.
    """
    written: Written = {}
    for section in SECTIONS:
        rows: dict[str, dict[str, str]] = {}
        for key, row in _rows(section, report, decimal_mark):
            if key in rows:
                raise NotTellable(f"The section {section.key} has two rows {key!r}.")
            rows[key] = row
        if rows:
            written[section.key] = rows
    if report.goods == derived_goods(report.processes):
        written.pop("goods_categories", None)
    return written


def _rows(section: Section, report: InstallationReport, mark: str) -> Iterable[tuple[str, dict[str, str]]]:
    if section.shape is Shape.SINGLE:
        row = _row(section, getattr(report, section.collection), mark)
        if any(row.values()):
            yield SINGLE_KEY, row
    elif section.parent:
        for parent_key, parent in _parents(section, report):
            yield from _children(section, parent_key, parent, mark)
    else:
        for item in getattr(report, section.collection):
            row = _row(section, item, mark)
            if section.shape is Shape.LIST or any(row.values()):
                yield item.id, row


def _parents(section: Section, report: InstallationReport) -> Iterable[tuple[str, Any]]:
    """Rows that may own rows of ``section``; the same key in two sections could not be told apart."""
    seen: set[str] = set()
    for link in section.field(section.parent).links:
        for parent in getattr(report, section_named(link).collection):
            if hasattr(parent, section.collection):
                if parent.id in seen and getattr(parent, section.collection):
                    raise NotTellable(f"The key {parent.id!r} is used twice for {section.title}.")
                seen.add(parent.id)
                yield parent.id, parent


def _children(section: Section, parent_key: str, parent: Any, mark: str) -> Iterable[tuple[str, dict[str, str]]]:
    items = getattr(parent, section.collection)
    if isinstance(items, Mapping):
        for name, value in items.items():
            row = {section.parent: parent_key, section.across: name, "value": _number(value, mark)}
            yield f"{parent_key}{PAIR_MARK}{name}", row | {"value.unit": section.field("value").units[0]}
        return
    for item in items:
        row = {section.parent: parent_key} | _row(section, item, mark)
        yield (item.id if section.shape is Shape.LIST else f"{parent_key}{PAIR_MARK}{row[section.across]}"), row


def _row(section: Section, item: Any, mark: str) -> dict[str, str]:
    if not isinstance(item, class_of(section)):
        raise TypeError(f"{type(item).__name__} is no row of {section.key}.")
    found: dict[str, str] = {}
    for target in targets(section):
        owner = getattr(item, target.group) if target.group else item
        value = getattr(owner, target.attribute)
        text = _text(value, mark)
        unit = _unit(target, item, value)
        if text:
            found[target.field.name] = text
        if unit:
            found[target.field.unit_name] = unit
    return found


def _unit(target: Target, item: Any, value: Any) -> str:
    field = target.field
    if field.unit_path:
        return getattr(item, field.unit_path)
    if value is None or not field.units:
        return ""
    if field.name == "net_calorific_value":
        return base_unit(field, "GJ/1000Nm3" if item.activity_unit == "1000Nm3" else "GJ/t")
    return field.units[0]


def _text(value: Any, mark: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return _number(value, mark)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)


def _number(value: Decimal, mark: str) -> str:
    return plain(value).replace(".", mark)
