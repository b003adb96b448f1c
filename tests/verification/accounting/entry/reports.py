"""Made-up reports for property tests: every question of the declaration answered at random, or not at all.

They are built as records, beside the code that puts answers together, so that neither vouches for itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from verification.accounting.categories import ALL_ROUTES, categories
from verification.accounting.entry.plans import targets
from verification.accounting.entry.schema import Field, Kind, Section, Shape
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.model import InstallationReport
from verification.kernel.quantities import plain

# U+FFFD is what stands for a character that could not be kept, and is refused as such.
TEXT = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd"), min_size=1, max_size=12)
UNITS_KEPT = {
    "activity_unit": ["t", "1000Nm3"],
    "emission_factor_unit": ["tCO2/TJ", "tCO2/t", "tCO2/1000Nm3"],
    "carbon_content_unit": ["tC/t", "tC/1000Nm3"],
}


@st.composite
def reports(draw: st.DrawFn) -> InstallationReport:
    """A report that may lack anything; its links lead to rows that there are."""
    record: dict[str, Any] = {}
    keys = {
        section.key: [f"{section.prefix}{number}" for number in range(1, draw(st.integers(0, 3)) + 1)]
        for section in SECTIONS
        if section.shape is Shape.LIST and not section.parent
    }
    for section in SECTIONS:
        if section.shape is Shape.SINGLE:
            record[section.collection] = _row(draw, section, keys)
        elif section.key in keys:
            record[section.collection] = [{"id": key} | _row(draw, section, keys) for key in keys[section.key]]
    for section in SECTIONS:
        if section.shape is Shape.EXTENSION:
            for item in record[section.collection]:
                item |= _row(draw, section, keys)
        elif section.parent:
            _add_children(draw, section, record, keys)
    if not record["goods"]:
        record["goods"] = [{"id": "G1", "category": "Cement", "routes": []}]
    return InstallationReport.from_record(record)


def _row(draw: st.DrawFn, section: Section, keys: dict[str, list[str]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for target in targets(section):
        field = target.field
        values = _values(field, keys)
        is_needed = field.is_required and (section.shape is Shape.CROSS or section.key == "goods_categories")
        value = draw(values if is_needed else st.none() | values)
        if value is None:
            continue
        place = row.setdefault(target.group, {}) if target.group else row
        place[target.attribute] = value
        if field.unit_path:
            row[field.unit_path] = draw(st.sampled_from(UNITS_KEPT[field.unit_path]))
    return row


def _values(field: Field, keys: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    routes = sorted({route for item in categories() for route in item.routes})
    names = [item.name for item in categories()]
    by_kind: dict[Kind, Any] = {
        Kind.TEXT: st.from_regex(field.pattern, fullmatch=True)
        if field.pattern
        else TEXT.map(lambda text: text[: field.longest]),
        Kind.LONG_TEXT: TEXT,
        Kind.CHOICE: st.sampled_from([value for value, _ in field.choices] or [""]),
        Kind.PARAMETER: st.sampled_from([value for value, _ in field.choices] or [""]),
        Kind.YES_NO: st.booleans(),
        Kind.DATE: st.dates().map(lambda day: day.isoformat()),
        Kind.COUNTRY: st.sampled_from(["IN", "TR", "JP"]),
        Kind.CATEGORY: st.sampled_from(names),
        Kind.CATEGORIES: st.lists(st.sampled_from(names), unique=True, max_size=3),
        Kind.ROUTE: st.sampled_from([*routes, ALL_ROUTES]),
        Kind.ROUTES: st.lists(st.sampled_from(routes), unique=True, max_size=3),
        Kind.LINK: st.sampled_from([key for link in field.links for key in keys.get(link, [])] or [""]),
        Kind.WHOLE_NUMBER: st.integers(1, 12),
        Kind.NUMBER: _number(field),
    }
    return by_kind[field.kind]


def _number(field: Field) -> st.SearchStrategy[str]:
    bounds = field.bounds
    least = Decimal(bounds.least or bounds.above or "-1e15")
    whole = st.decimals(least, Decimal(bounds.most or "1e15"), places=9)
    return whole.filter(lambda value: not (bounds.above and value <= Decimal(bounds.above))).map(plain)


def _add_children(draw: st.DrawFn, section: Section, record: dict[str, Any], keys: dict[str, list[str]]) -> None:
    collections = {item.key: item.collection for item in SECTIONS}
    for link in section.field(section.parent).links:
        for number, parent in enumerate(record[collections[link]]):
            rows = [_row(draw, section, keys) for _ in range(draw(st.integers(0, 2)))]
            if section.shape is Shape.LIST:
                named = [{"id": f"{section.prefix}{number}-{index}"} | row for index, row in enumerate(rows)]
                parent[section.collection] = named
                continue
            across = next(target.attribute for target in targets(section) if target.field.name == section.across)
            rows = [row for row in {row[across]: row for row in rows}.values() if row[across]]
            if section.makes == "parameter":
                parts = {row[across]: row["value"] for row in rows}
                parent[section.collection] = {name: str(Decimal(value) / 1000) for name, value in parts.items()}
            else:
                parent[section.collection] = rows
