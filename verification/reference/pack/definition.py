"""``scheme.yaml``: who the scheme is, the order of its ladder, its switches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from verification.reference.pack import values
from verification.reference.pack.findings import Findings
from verification.reference.pack.procedure import SECTION as PROCEDURE
from verification.reference.pack.procedure import check_procedure
from verification.reference.pack.units import SECTION as UNITS
from verification.reference.pack.units import check_units

FILE = "scheme.yaml"
RUNGS = ("exemption", "override", "alternative_value", "country_default", "other_countries_default")
_TEXTS = ("code", "name", "short_name", "authority", "instrument", "currency", "reference")
_SECTIONS = ("ladder", "mark_up", "obligation", "rules")


def read_definition(files: Mapping[str, bytes], findings: Findings) -> dict[str, Any]:
    """The definition with dates as text, fit for JSON; what is wrong with it goes to ``findings``."""
    if FILE not in files:
        findings.add("REF-001", FILE, "The pack has no scheme.yaml.", "Point to the folder of one scheme.")
        return {}
    try:
        definition = _plain(values.yaml_mapping(files[FILE]))
    except ValueError as error:
        findings.add("REF-002", FILE, str(error), "Mend the YAML; write numbers in quotes.")
        return {}
    for key in sorted(set(definition) - {*_TEXTS, *_SECTIONS, PROCEDURE, UNITS, "valid_from"}):
        findings.add("REF-002", FILE, "This key is not known.", "Remove it.", field=key)
    for key in _TEXTS:
        if not isinstance(definition.get(key), str) or not definition[key].strip():
            rule = "REF-003" if key == "reference" else "REF-002"
            findings.add(rule, FILE, f"The scheme does not say its {key}.", "Add it.", field=key)
    for key in _SECTIONS:
        if not isinstance(definition.get(key), dict):
            findings.add("REF-002", FILE, f"The section {key} is missing.", "Add it.", field=key)
            definition[key] = {}
        elif key != "rules" and not definition[key].get("reference"):
            findings.add("REF-003", FILE, f"The section {key} has no legal reference.", "Cite it.", field=key)
    _check_sections(definition, findings)
    check_units(definition, findings)
    check_procedure(definition, findings)
    return definition


def _check_sections(definition: dict[str, Any], findings: Findings) -> None:
    rungs = definition["ladder"].get("rungs")
    if not isinstance(rungs, list) or not rungs or len(set(rungs)) != len(rungs) or not set(rungs) <= set(RUNGS):
        findings.add(
            "REF-007", FILE, "The ladder is not a list of known rungs, each once.", "List the rungs in order.",
            field="ladder.rungs", found=rungs, expected=", ".join(RUNGS),
        )  # fmt: skip
    decimals = definition["mark_up"].get("decimals")
    if not isinstance(decimals, int) or not isinstance(definition["mark_up"].get("parameter_by_sector"), dict):
        findings.add(
            "REF-002", FILE, "The mark-up needs its decimals and a parameter for each sector.", "Add them.",
            field="mark_up",
        )  # fmt: skip
        definition["mark_up"]["parameter_by_sector"] = {}
    for name, rule in definition["rules"].items():
        if not isinstance(rule, dict) or "value" not in rule:
            findings.add("REF-002", FILE, "A rule is a mapping with a value.", "Add it.", field=f"rules.{name}")
        elif not rule.get("reference"):
            findings.add("REF-003", FILE, "The rule has no legal reference.", "Cite it.", field=f"rules.{name}")


def _plain(value: Any) -> Any:
    """Dates as text; floats refused, so that no number of law passes through a binary fraction."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        raise ValueError(f"The number {value} is not in quotes.")
    return value.isoformat() if isinstance(value, date) else value
