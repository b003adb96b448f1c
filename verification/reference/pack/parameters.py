"""Dated scalars: YAML keyed by the first day on which a value holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verification.reference.enums import Certainty
from verification.reference.pack import values
from verification.reference.pack.findings import Findings

UNITS = ("fraction", "EUR/tCO2e", "SGD/tCO2e", "GBP/tCO2e", "GBP", "t", "years", "tCO2e/MWh")
_SERIES_KEYS = {"name", "description", "unit", "values", "valid_to"}
_VALUE_KEYS = {"value", "reference", "published_on", "checked_on", "certainty", "note"}


def read_parameters(files: Mapping[str, bytes], findings: Findings) -> list[dict[str, Any]]:
    """One dictionary per value, with its half-open span; a series ends at its ``valid_to`` or stays open."""
    rows: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    for file in sorted(name for name in files if name.startswith("parameters/")):
        try:
            series_list = values.yaml_mapping(files[file]).get("parameters")
            if not isinstance(series_list, list):
                raise ValueError("The file has no list of parameters.")
        except ValueError as error:
            findings.add("REF-002", file, str(error), "Write `parameters:` and a list.")
            continue
        for series in series_list:
            name = str(series.get("name", "")) if isinstance(series, dict) else ""
            if name in seen:
                findings.add(
                    "REF-008", file, f"The parameter stands in {seen[name]} already.", "Keep one series.", row=name
                )
                continue
            seen[name] = file
            rows.extend(_read_series(series, file, name, findings))
    return rows


def _read_series(series: Any, file: str, name: str, findings: Findings) -> Iterator[dict[str, Any]]:
    if not isinstance(series, dict) or not name or not isinstance(series.get("values"), dict):
        findings.add("REF-002", file, "A series needs a name and its dated values.", "Add them.", row=name)
        return
    for unknown in sorted(set(map(str, series)) - _SERIES_KEYS):
        findings.add("REF-002", file, "This key is not known.", "Remove it.", row=name, field=unknown)
    unit = series.get("unit")
    if unit not in UNITS:
        findings.add(
            "REF-011", file, "The unit is not known.", "Use a known unit.", row=name, field="unit", found=unit,
            expected=", ".join(UNITS),
        )  # fmt: skip
    try:
        starts = sorted(values.day(key) for key in series["values"])
        end = values.optional_day(series.get("valid_to"))
    except ValueError as error:
        findings.add("REF-007", file, str(error), "Key every value by an ISO date.", row=name)
        return
    if end and end <= starts[-1]:
        findings.add("REF-008", file, "The series ends before its last value begins.", "Correct valid_to.", row=name)
        return
    entries = {values.day(key): entry for key, entry in series["values"].items()}
    for start, following in zip(starts, [*starts[1:], end], strict=True):
        typed = _read_value(entries[start], file, f"{name} {start}", findings)
        if typed is not None:
            yield {
                "name": name,
                "description": str(series.get("description", "")),
                "unit": unit,
                "valid_from": start,
                "valid_to": following,
                **typed,
            }


def _read_value(entry: Any, file: str, row: str, findings: Findings) -> dict[str, Any] | None:
    if not isinstance(entry, dict) or not set(entry) <= _VALUE_KEYS:
        findings.add(
            "REF-002", file, "A value is a mapping of known keys.", "Use the known keys.", row=row,
            found=", ".join(map(str, entry)) if isinstance(entry, dict) else entry,
            expected=", ".join(sorted(_VALUE_KEYS)),
        )  # fmt: skip
        return None
    if not str(entry.get("reference") or "").strip():
        findings.add(
            "REF-003", file, "The value has no legal reference.", "Cite act and article.", row=row, field="reference"
        )
        return None
    try:
        return {
            "value": values.number(entry.get("value")),
            "reference": values.text(entry["reference"]),
            "published_on": values.optional_day(entry.get("published_on")),
            "checked_on": values.day(entry.get("checked_on")),
            "certainty": values.one_of(Certainty.values)(entry.get("certainty", Certainty.CONFIRMED.value)),
            "note": str(entry.get("note", "")),
        }
    except ValueError as error:
        findings.add("REF-007", file, str(error), "Correct the value.", row=row, found=entry)
        return None
