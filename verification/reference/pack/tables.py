"""The CSV tables of a pack and the manifest that vouches for them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verification.reference import enums
from verification.reference.pack import values
from verification.reference.pack.findings import Findings
from verification.reference.pack.unit_tables import UNIT_COLUMNS
from verification.reference.pack.values import Parser

MANIFEST = "tables/manifest.yaml"
FUNCTIONAL_UNITS = ("t", "t clinker", "kg N", "kWh")
_scope = values.one_of(enums.EmissionsScope.values)
_unit = values.one_of(FUNCTIONAL_UNITS)

COLUMNS: Mapping[str, Mapping[str, Parser]] = {
    "goods": {
        "cn_code": values.code_of_length(8, 10),
        "nomenclature_year": values.year,
        "category": values.text,
        "scope": _scope,
        "functional_unit": _unit,
        "greenhouse_gases": values.text,
        "functional_unit_certainty": values.one_of(enums.Certainty.values),
        "successors": values.list_of(values.code_of_length(8, 10)),
        "valid_from": values.day,
        "valid_to": values.optional_day,
        "description": values.text,
    },
    "categories": {
        "code": values.text,
        "name": values.text,
        "sector": values.text,
        "scope": _scope,
        "functional_unit": _unit,
        "greenhouse_gases": values.text,
        "production_routes": values.list_of(values.text),
        "precursors": values.list_of(values.text),
    },
    "countries": {
        "iso2": values.text,
        "iso3": values.text,
        "iso_numeric": values.optional_text,
        "name": values.text,
        "standing": values.one_of(enums.OriginStanding.values),
        "reference": values.text,
    },
    "default_values": {
        "country": values.text,
        "cn_prefix": values.code_of_length(4, 6, 8, 10),
        "variant": values.optional_text,
        "direct": values.optional_number,
        "indirect": values.optional_number,
        "total": values.optional_number,
        "benchmark_route": values.optional_text,
        "no_value_reason": values.one_of(("", *enums.NoValueReason.values)),
    },
    "benchmarks": {
        "cn_code": values.code_of_length(8, 10),
        "column": values.one_of(enums.BenchmarkColumn.values),
        "route": values.optional_text,
        "value": values.number,
        "valid_from": values.day,
        "valid_to": values.optional_day,
    },
    **UNIT_COLUMNS,
}
OPTIONAL_COLUMNS: Mapping[str, Mapping[str, Parser]] = {
    "countries": {"valid_from": values.day, "valid_to": values.optional_day},
}
"""Columns that a table may add at its end, all or none; without them its rows hold as long as its edition."""

EDITION_KEYS: Mapping[str, Parser] = {
    "table": values.one_of(enums.TableKind.values),
    "file": values.text,
    "edition": values.text,
    "act": values.text,
    "annex": values.text,
    "published_on": values.day,
    "valid_from": values.day,
    "valid_to": values.optional_day,
    "legal_status": values.one_of(enums.LegalStatus.values),
    "superseded_by": values.optional_text,
    "source": values.text,
    "licence": values.text,
    "note": values.optional_text,
    "row_count": lambda raw: raw,
    "sha256": values.text,
}
OPTIONAL_KEYS = ("valid_to", "superseded_by", "note")


@dataclass
class TableContent:
    """One edition: what its manifest says, and its rows; ``lines`` are the rows' places in the file."""

    edition: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.edition["table"])

    @property
    def file(self) -> str:
        return f"tables/{self.edition['file']}"


def read_tables(files: Mapping[str, bytes], findings: Findings) -> list[TableContent]:
    """Every table that the manifest names, checked against its row count, hash and columns."""
    if MANIFEST not in files:
        findings.add("REF-001", MANIFEST, "The manifest of the tables is missing.", "Add tables/manifest.yaml.")
        return []
    try:
        entries = values.yaml_mapping(files[MANIFEST]).get("tables")
    except ValueError as error:
        findings.add("REF-002", MANIFEST, str(error), "Mend the YAML.")
        return []
    if not isinstance(entries, list):
        findings.add("REF-002", MANIFEST, "The manifest has no list of tables.", "Write `tables:` and a list.")
        return []
    editions = [_edition(entry, index, findings) for index, entry in enumerate(entries, start=1)]
    tables = [_table(edition, files, findings) for edition in editions if edition]
    named = {table.file for table in tables}
    for name in files:
        if name.startswith("tables/") and name != MANIFEST and name not in named:
            findings.add("REF-001", name, "The manifest does not name this file.", "Name it there or remove it.")
    return tables


def _edition(entry: Any, index: int, findings: Findings) -> dict[str, Any] | None:
    """The manifest's entry as typed values, or ``None`` when it cannot be used."""
    row = f"table {index}"
    if not isinstance(entry, dict):
        findings.add("REF-002", MANIFEST, "An entry of the manifest is no mapping.", "Write its keys.", row=row)
        return None
    before = len(findings.problems)
    for unknown in sorted(set(map(str, entry)) - set(EDITION_KEYS)):
        findings.add("REF-002", MANIFEST, "This key is not known.", "Remove it.", row=row, field=unknown)
    edition: dict[str, Any] = {}
    for key, parse in EDITION_KEYS.items():
        if key not in entry and key not in OPTIONAL_KEYS:
            rule = "REF-003" if key in ("act", "annex", "published_on") else "REF-002"
            findings.add(rule, MANIFEST, f"The entry does not say its {key}.", "Add it.", row=row, field=key)
            continue
        raw = entry.get(key, "")
        try:
            edition[key] = parse(raw)
        except (ValueError, AttributeError) as error:
            rule = "REF-003" if key in ("act", "annex") else "REF-007"
            findings.add(rule, MANIFEST, str(error), "Correct the entry.", row=row, field=key, found=raw)
    return edition if len(findings.problems) == before else None


def _table(edition: dict[str, Any], files: Mapping[str, bytes], findings: Findings) -> TableContent:
    table = TableContent(edition)
    content = files.get(table.file)
    if content is None:
        findings.add("REF-001", table.file, "The manifest names a file that is not there.", "Add the file.")
        return table
    actual = hashlib.sha256(content).hexdigest()
    if actual != edition["sha256"]:
        findings.add(
            "REF-004", table.file, "The file is not the one that the manifest vouches for.",
            "Restore the file, or review the change and write its new hash.", found=actual, expected=edition["sha256"],
        )  # fmt: skip
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        header, *records = list(reader)
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        findings.add("REF-006", table.file, f"The file is not a CSV table in UTF-8: {error}", "Export it again.")
        return table
    if len(records) != edition["row_count"]:
        findings.add(
            "REF-005", table.file, "The number of rows is not the one in the manifest.",
            "Restore the rows, or correct the manifest.", found=len(records), expected=edition["row_count"],
        )  # fmt: skip
    columns = dict(COLUMNS[table.kind])
    if header != list(columns):
        columns |= OPTIONAL_COLUMNS.get(table.kind, {})
    if header != list(columns):
        findings.add(
            "REF-006", table.file, "The columns are not those of this kind of table.", "Use the columns in order.",
            row=1, found=",".join(header), expected=",".join(COLUMNS[table.kind]),
        )  # fmt: skip
        return table
    _parse_rows(table, records, list(columns.items()), findings)
    return table


def _parse_rows(
    table: TableContent, records: list[list[str]], columns: list[tuple[str, Parser]], findings: Findings
) -> None:
    for line, record in enumerate(records, start=2):
        if len(record) != len(columns):
            findings.add(
                "REF-006", table.file, "The row has another number of cells than the header.", "Complete the row.",
                row=line, found=len(record), expected=len(columns),
            )  # fmt: skip
            continue
        row: dict[str, Any] = {}
        for (name, parse), raw in zip(columns, record, strict=True):
            try:
                row[name] = parse(raw)
            except values.OutOfRange as error:
                findings.add("REF-013", table.file, str(error), "Correct the cell.", row=line, field=name, found=raw)
            except ValueError as error:
                rule = "REF-003" if name == "reference" else "REF-011" if parse is _unit else "REF-007"
                findings.add(rule, table.file, str(error), "Correct the cell.", row=line, field=name, found=raw)
        if len(row) == len(columns):
            table.rows.append(row)
            table.lines.append(line)
