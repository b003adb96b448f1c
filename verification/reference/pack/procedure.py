"""The section ``procedure`` of ``scheme.yaml``: the periods of the procedure and the authority's calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from verification.reference.enums import Certainty
from verification.reference.pack import values
from verification.reference.pack.findings import Findings

FILE = "scheme.yaml"
SECTION = "procedure"
NUMBER_TERMS = (
    "decision_working_days",
    "attention_working_days",
    "answer_working_days",
    "hearing_working_days",
    "appeal_months",
)
LIST_TERMS = ("answer_reminder_working_days", "renewal_reminder_days")
LAST_USE = "last_use"
TERMS = (*NUMBER_TERMS, *LIST_TERMS, LAST_USE)
_KEYS = {"reference", "calendar", "terms"}
_TERM_KEYS = {"value", "certainty", "reference", "note"}
_CALENDAR_KEYS = {"name", "known_to", "holidays", "certainty", "reference", "note"}
_LAST_USE = re.compile(r"\+\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def check_procedure(definition: dict[str, Any], findings: Findings) -> None:
    """Every period is there, is a whole number and cites its rule; holidays are days."""
    section = definition.get(SECTION)
    if not isinstance(section, dict) or not isinstance(section.get("terms"), dict):
        findings.add("REF-002", FILE, "The section procedure with its terms is missing.", "Add it.", field=SECTION)
        return
    _check_keys(section, _KEYS, SECTION, findings)
    if not section.get("reference"):
        findings.add("REF-003", FILE, "The section procedure has no legal reference.", "Cite it.", field=SECTION)
    terms = section["terms"]
    for name in sorted(set(TERMS) - set(terms)):
        findings.add("REF-002", FILE, "A period of the procedure is missing.", "Add it.", field=f"{SECTION}.{name}")
    for name, term in terms.items():
        _check_term(name, term, findings)
    _check_calendar(section.get("calendar"), findings)


def _check_term(name: str, term: Any, findings: Findings) -> None:
    field = f"{SECTION}.{name}"
    if name not in TERMS:
        findings.add("REF-002", FILE, "This period is not known.", "Remove it.", field=field)
        return
    if not isinstance(term, dict) or "value" not in term:
        findings.add("REF-002", FILE, "A period is a mapping with a value.", "Add it.", field=field)
        return
    _check_keys(term, _TERM_KEYS, field, findings)
    _check_certainty(term, field, findings)
    if name in NUMBER_TERMS and not _is_count(term["value"]):
        expected = "a whole number from 1"
    elif name in LIST_TERMS and not (isinstance(term["value"], list) and all(map(_is_count, term["value"]))):
        expected = "a list of whole numbers from 1"
    elif name == LAST_USE and not _LAST_USE.fullmatch(str(term["value"])):
        expected = "years after the period, month and day, such as +1-09-30"
    else:
        return
    findings.add(
        "REF-007", FILE, "The period cannot be read.", "Correct it.", field=field, found=term["value"],
        expected=expected,
    )  # fmt: skip


def _check_calendar(calendar: Any, findings: Findings) -> None:
    field = f"{SECTION}.calendar"
    if not isinstance(calendar, dict) or not isinstance(calendar.get("holidays"), list) or not calendar.get("name"):
        findings.add("REF-002", FILE, "The authority's calendar is missing.", "Give name and holidays.", field=field)
        return
    _check_keys(calendar, _CALENDAR_KEYS, field, findings)
    _check_certainty(calendar, field, findings)
    try:
        days = [values.day(str(day)) for day in (*calendar["holidays"], calendar.get("known_to"))]
    except ValueError:
        findings.add(
            "REF-007", FILE, "A day of the calendar cannot be read.", "Write ISO dates, known_to included.", field=field
        )
        return
    *holidays, known_to = days
    if len(set(holidays)) != len(holidays) or any(day >= known_to for day in holidays):
        findings.add(
            "REF-008", FILE, "A holiday stands twice, or lies after known_to.", "List each day once.", field=field
        )


def _check_certainty(entry: dict[str, Any], field: str, findings: Findings) -> None:
    if not entry.get("reference"):
        findings.add("REF-003", FILE, "The value has no legal reference.", "Cite it.", field=field)
    if entry.get("certainty") not in Certainty.values:
        findings.add(
            "REF-007", FILE, "How certain the value is is not said.", "Add it.", field=field,
            found=entry.get("certainty", ""), expected=", ".join(Certainty.values),
        )  # fmt: skip


def _check_keys(entry: dict[str, Any], known: set[str], field: str, findings: Findings) -> None:
    for unknown in sorted(set(entry) - known):
        findings.add("REF-002", FILE, "This key is not known.", "Remove it.", field=f"{field}.{unknown}")


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def last_use_of(rule: str, period_end: date) -> date:
    """The day that ``+1-09-30`` names for a period that ends before ``period_end``."""
    last_year = period_end.year if (period_end.month, period_end.day) > (1, 1) else period_end.year - 1
    return date(last_year + int(rule[1]), int(rule[3:5]), int(rule[6:8]))
