"""The columns of the unit tables, and the rules that hold inside and between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from verification.reference import enums
from verification.reference.pack import values
from verification.reference.pack.findings import Findings
from verification.reference.pack.values import Parser

_HELD = {
    "valid_from": values.day,
    "valid_to": values.optional_day,
    "certainty": values.one_of(enums.Certainty.values),
    "reference": values.text,
    "note": values.optional_text,
}
_countries = values.list_of(values.country)
_texts = values.list_of(values.text)

UNIT_COLUMNS: Mapping[str, Mapping[str, Parser]] = {
    "unit_programmes": {
        "code": values.text,
        "name": values.text,
        "registry_name": values.text,
        "registry_url": values.optional_text,
        "serial_family": values.one_of(enums.SerialFamily.values),
        "lookup_mode": values.one_of(enums.LookupMode.values),
        **_HELD,
    },
    "unit_types": {
        "code": values.text,
        "name": values.text,
        "programme": values.optional_text,
        "treaty_basis": values.one_of(enums.TreatyBasis.values),
        "unit_class": values.text,
        "requires_corresponding_adjustment": values.yes_or_no,
        "metric": values.one_of(enums.UnitMetric.values),
        **_HELD,
    },
    "unit_eligibility": {
        "code": values.text,
        "programme": values.optional_text,
        "unit_type": values.optional_text,
        "outcome": values.one_of(enums.EligibilityOutcome.values),
        "methodology_include": _texts,
        "methodology_exclude": _texts,
        "host_include": _countries,
        "host_exclude": _countries,
        "vintage_from": values.optional_day,
        "vintage_to": values.optional_day,
        "first_crediting_start_min": values.optional_day,
        "cancelled_from": values.optional_day,
        "cancelled_to": values.optional_day,
        "authorisation_purposes_required": values.list_of(values.one_of(enums.AuthorisationPurpose.values)),
        "label_required": values.optional_text,
        "exclusion_label": values.optional_text,
        "exclusion_note": values.optional_text,
        **_HELD,
    },
    "host_agreements": {
        "host_country": values.country,
        "signed_on": values.optional_day,
        "in_force_from": values.optional_day,
        "in_force_to": values.optional_day,
        "loa_levy_percent": values.optional_percent,
        "url": values.optional_text,
        **_HELD,
    },
    "unit_limits": {
        "code": values.text,
        "base": values.one_of(enums.LimitBase.values),
        "percent": values.percent,
        "sublimits": values.list_of(values.pair("class", "percent_of_limit", values.percent)),
        "carry_over_years": values.whole_number,
        "carry_over_cap": values.optional_percent,
        "rounding": values.one_of(enums.LimitRounding.values),
        "unit_factors": values.list_of(values.pair("class", "factor", values.number)),
        **_HELD,
    },
}
UNIT_KEYS: Mapping[str, tuple[str, ...]] = {
    "unit_programmes": ("code",),
    "unit_types": ("code",),
    "unit_eligibility": ("code",),
    "host_agreements": ("host_country",),
    "unit_limits": (),
}
"""What two rows of one day may not share; of limits only one holds on a day."""


def check_unit_row(kind: str, row: dict[str, Any], line: int, file: str, findings: Findings) -> None:
    """Pairs of days in order; a class named once; a refusal that says why; a purpose that says where it is not met."""
    for first, last in (("vintage_from", "vintage_to"), ("cancelled_from", "cancelled_to")):
        if row.get(first) and row.get(last) and row[last] < row[first]:
            _contradiction(findings, file, line, last, f"{last} lies before {first}.", row[last])
    if row.get("in_force_from") and row.get("in_force_to") and row["in_force_to"] <= row["in_force_from"]:
        _contradiction(findings, file, line, "in_force_to", "The agreement ends before it begins.", row["in_force_to"])
    if kind == "unit_eligibility":
        _check_eligibility(row, line, file, findings)
    for field in ("sublimits", "unit_factors"):
        named = [entry["class"] for entry in row.get(field, ())]
        if len(set(named)) != len(named):
            _contradiction(findings, file, line, field, "A class of units is named twice.", ", ".join(named))


def _check_eligibility(row: dict[str, Any], line: int, file: str, findings: Findings) -> None:
    if row["outcome"] != enums.EligibilityOutcome.ACCEPT and not row["exclusion_note"]:
        _contradiction(findings, file, line, "exclusion_note", "A row that does not accept must say why.", "")
    if row["exclusion_label"] and not row["methodology_exclude"]:
        _contradiction(
            findings, file, line, "exclusion_label", "The label lifts an exclusion, and none is named.",
            row["exclusion_label"],
        )  # fmt: skip
    both = sorted(set(row["host_include"]) & set(row["host_exclude"]))
    if both:
        _contradiction(findings, file, line, "host_exclude", "A country is both named and left out.", ", ".join(both))


def unit_names(kind: str, row: dict[str, Any], known: Mapping[str, Collection[str]]) -> list[tuple[str, str, Any]]:
    """What the row names elsewhere: (field, name, the names that there are)."""
    programmes, types = known["unit_programmes"], known["unit_types"]
    classes, countries = known["unit_classes"], known["countries"]
    if kind == "unit_types":
        return [("programme", row["programme"], programmes)] if row["programme"] else []
    if kind == "unit_eligibility":
        named = [("programme", row["programme"], programmes), ("unit_type", row["unit_type"], types)]
        hosts = [(field, code, countries) for field in ("host_include", "host_exclude") for code in row[field]]
        return [name for name in named if name[1]] + hosts
    if kind == "host_agreements":
        return [("host_country", row["host_country"], countries)]
    if kind == "unit_limits":
        return [(field, entry["class"], classes) for field in ("sublimits", "unit_factors") for entry in row[field]]
    return []


def _contradiction(findings: Findings, file: str, line: int, field: str, message: str, found: object) -> None:
    findings.add("REF-014", file, message, "Correct the row.", row=line, field=field, found=found)
