"""Rules that hold across rows and files."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from verification.reference.enums import OTHER_COUNTRIES, LegalStatus
from verification.reference.pack.findings import Findings
from verification.reference.pack.tables import MANIFEST, TableContent
from verification.reference.pack.unit_tables import UNIT_KEYS, check_unit_row, unit_names
from verification.reference.pack.units import check_channel_has_tables

_KEYS = {
    "goods": ("cn_code",),
    "categories": ("code",),
    "countries": ("iso2",),
    "default_values": ("country", "cn_prefix", "variant"),
    "benchmarks": ("cn_code", "column", "route"),
    **UNIT_KEYS,
}


def check_table(table: TableContent, findings: Findings) -> None:
    """Overlaps of rows, spans that end before they start, values and their absence."""
    spans: dict[tuple[Any, ...], list[tuple[date, date | None, int]]] = defaultdict(list)
    for row, line in zip(table.rows, table.lines, strict=True):
        start = row.get("valid_from", table.edition["valid_from"])
        end = row.get("valid_to", table.edition.get("valid_to"))
        if end and end <= start:
            findings.add(
                "REF-008", table.file, "The row ends before it begins.", "Correct its dates.", row=line,
                field="valid_to", found=end,
            )  # fmt: skip
        spans[tuple(row[name] for name in _KEYS[table.kind])].append((start, end, line))
        if table.kind == "default_values":
            _check_value_or_reason(row, line, table, findings)
        if table.kind in UNIT_KEYS:
            check_unit_row(table.kind, row, line, table.file, findings)
    for key, taken in spans.items():
        _check_overlaps(key, taken, table, findings)
    if table.edition["legal_status"] == LegalStatus.SUPERSEDED and not table.edition["superseded_by"]:
        findings.add(
            "REF-010", MANIFEST, "A superseded edition must say by which act.", "Add superseded_by.", row=table.file
        )


def check_links(tables: list[TableContent], parameters: list[dict[str, Any]], definition: dict[str, Any],
                findings: Findings) -> None:  # fmt: skip
    """Categories, countries, successors and parameters that are named must be there."""
    rows_of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for table in tables:
        rows_of[table.kind].extend(table.rows)
    categories = {row["code"] for row in rows_of["categories"]}
    goods = {row["cn_code"] for row in rows_of["goods"]}
    countries = {row["iso2"] for row in rows_of["countries"]} | {OTHER_COUNTRIES}
    named = {
        "goods": lambda row: (
            [("category", row["category"], categories)] + [("successors", code, goods) for code in row["successors"]]
        ),
        "categories": lambda row: [("precursors", code, categories) for code in row["precursors"]],
        "default_values": lambda row: [("country", row["country"], countries)],
        "benchmarks": lambda row: [("cn_code", row["cn_code"], goods)],
        "countries": lambda row: [],
    }
    units = {
        "unit_programmes": {row["code"] for row in rows_of["unit_programmes"]},
        "unit_types": {row["code"] for row in rows_of["unit_types"]},
        "unit_classes": {row["unit_class"] for row in rows_of["unit_types"]},
        "countries": countries,
    }
    named |= {kind: partial(unit_names, kind, known=units) for kind in UNIT_KEYS}
    for table in tables:
        for row, line in zip(table.rows, table.lines, strict=True):
            for field, value, known in named[table.kind](row):
                if value not in known:
                    findings.add(
                        "REF-010", table.file, f"{value} is named here and defined nowhere in the pack.",
                        "Add it, or correct the name.", row=line, field=field, found=value,
                    )  # fmt: skip
    check_channel_has_tables(definition, {kind for kind, rows in rows_of.items() if rows}, findings)
    _check_parameters(parameters, {row["sector"] for row in rows_of["categories"]}, definition, findings)


def _check_parameters(
    parameters: list[dict[str, Any]], sectors: set[str], definition: dict[str, Any], findings: Findings
) -> None:
    names = {row["name"] for row in parameters}
    by_sector = definition.get("mark_up", {}).get("parameter_by_sector", {})
    obligation = definition.get("obligation", {})
    wanted = {f"mark_up.{sector}": name for sector, name in by_sector.items()}
    wanted |= {f"obligation.{key}": name for key, name in obligation.items() if key != "reference"}
    for field, name in wanted.items():
        if name not in names:
            findings.add(
                "REF-010", "scheme.yaml", "The parameter is not defined.", "Define it.", field=field, found=name
            )
    for sector in sorted(sectors - set(by_sector)):
        findings.add(
            "REF-010", "scheme.yaml", "The sector has no mark-up.", "Name its parameter.", field="mark_up", found=sector
        )


def _check_value_or_reason(row: dict[str, Any], line: int, table: TableContent, findings: Findings) -> None:
    has_number = any(row[name] is not None for name in ("direct", "indirect", "total"))
    if row["no_value_reason"] and has_number:
        findings.add(
            "REF-009", table.file, "The row carries a number and a reason for having none.", "Keep one of the two.",
            row=line, field="no_value_reason", found=row["no_value_reason"],
        )  # fmt: skip
    elif not row["no_value_reason"] and row["total"] is None:
        findings.add(
            "REF-009", table.file, "The row has neither a total nor a reason.", "Write the total, dash or heading.",
            row=line, field="total",
        )  # fmt: skip


def _check_overlaps(
    key: tuple[Any, ...], taken: list[tuple[date, date | None, int]], table: TableContent, findings: Findings
) -> None:
    ordered = sorted(taken, key=lambda span: span[0])
    for (_, end, line), (start, _, following) in pairwise(ordered):
        if end is None or start < end:
            findings.add(
                "REF-008", table.file, f"Rows {line} and {following} hold for the same key on the same day.",
                "End the older row, or remove one.", row=following, field=", ".join(_KEYS[table.kind]) or "valid_from",
                found=" ".join(map(str, key)),
            )  # fmt: skip
