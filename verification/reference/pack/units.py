"""The optional section ``units`` of ``scheme.yaml``: what units may do in the scheme, from when, and its switches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from itertools import pairwise
from typing import Any

from verification.reference import enums
from verification.reference.pack import values
from verification.reference.pack.findings import Findings

FILE = "scheme.yaml"
SECTION = "units"
NOT_STATED = "not_stated"
_KEYS = {"channels", "switches", "reference"}
_CHANNEL_KEYS = {"value", "status", "valid_from", "valid_to", "certainty", "reference", "note"}
_SWITCH_KEYS = {"value", "certainty", "reference", "note"}
_DEADLINE = re.compile(r"\+\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def _fraction(raw: Any) -> None:
    if values.number(raw) > 1:
        raise values.OutOfRange("A fraction lies between 0 and 1.")


def _deadline(raw: Any) -> None:
    if raw == NOT_STATED:
        return
    if not isinstance(raw, str) or not _DEADLINE.fullmatch(raw):
        raise ValueError(f"Write years after the period, month and day, such as +1-09-30, or {NOT_STATED}.")
    values.day(f"{date.min.year:04}{raw[2:]}")


def _words(raw: Any) -> None:
    if not isinstance(raw, list) or not all(isinstance(word, str) and word.strip() for word in raw):
        raise ValueError("Write a list of words; an empty list demands none.")


def _order(raw: Any) -> None:
    if not isinstance(raw, list) or sorted(map(str, raw)) != ["price_credit", "units"]:
        raise ValueError("Write units and price_credit in the order in which they are taken off.")


def _one_of(allowed: Collection[str]) -> Callable[[Any], None]:
    def check(raw: Any) -> None:
        values.one_of(allowed)(raw if isinstance(raw, str) else "")

    return check


SWITCHES: dict[str, Callable[[Any], None]] = {
    "intl_credit_cap": _fraction,
    "cap_base": _one_of(enums.LimitBase.values),
    "host_agreement": _one_of(("required", "not_required")),
    "precheck": _one_of(("offered", "none")),
    "filing_deadline": _deadline,
    "beneficiary_words": _words,
    "purpose_words": _words,
    "order": _order,
    "unevidenced_rebate": _one_of(("voids_deduction", NOT_STATED)),
}
"""Every switch of the section and what its value must look like."""


def check_units(definition: dict[str, Any], findings: Findings) -> None:
    """Shape, words, dates and references of the section, where there is one."""
    if SECTION not in definition:
        return
    section = definition[SECTION]
    if not isinstance(section, dict) or not isinstance(section.get("channels"), list) or not section["channels"]:
        findings.add(
            "REF-002", FILE, "The section units needs a list of channels.", "List what holds, dated.", field=SECTION
        )
        definition[SECTION] = {"channels": [], "switches": {}}
        return
    for unknown in sorted(set(section) - _KEYS):
        findings.add("REF-002", FILE, "This key is not known.", "Remove it.", field=f"units.{unknown}")
    for index, channel in enumerate(section["channels"], start=1):
        _check_channel(channel, f"units.channels {index}", findings)
    section["channels"] = [channel for channel in section["channels"] if isinstance(channel, dict)]
    _check_days(section["channels"], findings)
    switches = section.setdefault("switches", {})
    if not isinstance(switches, dict):
        findings.add("REF-002", FILE, "The switches are a mapping.", "Write them by name.", field="units.switches")
        section["switches"] = switches = {}
    for name, switch in switches.items():
        _check_switch(name, switch, findings)


def check_channel_has_tables(definition: dict[str, Any], kinds_with_rows: set[str], findings: Findings) -> None:
    """A scheme that takes units says which and how many; tables without the section, or against it, are a mistake."""
    has_tables = any(kind.startswith(("unit_", "host_")) for kind in kinds_with_rows)
    if SECTION not in definition:
        if has_tables:
            findings.add("REF-014", FILE, "The pack has unit tables and no section units.", "Add it.", field=SECTION)
        return
    channels = definition[SECTION]["channels"]
    if any(channel.get("value") == enums.UnitChannel.SURRENDER_WITH_LIMIT for channel in channels):
        for kind in ("unit_programmes", "unit_types", "unit_eligibility", "unit_limits"):
            if kind not in kinds_with_rows:
                findings.add(
                    "REF-014", FILE, f"Units are surrendered with a limit, and the pack has no {kind}.",
                    "Add the table.", field="units.channels", found=kind,
                )  # fmt: skip
    rule = definition["rules"].get("unit_channel")
    holding = {channel.get("value") for channel in channels if channel.get("status") != enums.ChannelStatus.DRAFT}
    if isinstance(rule, dict) and rule.get("value") not in holding:
        findings.add(
            "REF-014", FILE, "The rule unit_channel says something else than the channels that hold.",
            "Make the two agree; a draft is no rule.", field="rules.unit_channel", found=rule.get("value"),
            expected=", ".join(sorted(map(str, holding))),
        )  # fmt: skip


def _check_channel(channel: Any, row: str, findings: Findings) -> None:
    if not isinstance(channel, dict) or not set(channel) <= _CHANNEL_KEYS:
        findings.add(
            "REF-002", FILE, "A channel is a mapping of known keys.", "Use the known keys.", row=row,
            expected=", ".join(sorted(_CHANNEL_KEYS)),
        )  # fmt: skip
        return
    if not str(channel.get("reference") or "").strip():
        findings.add("REF-003", FILE, "The channel has no legal reference.", "Cite it.", row=row, field="reference")
    parsers = {
        "value": _one_of(enums.UnitChannel.values),
        "status": _one_of(enums.ChannelStatus.values),
        "certainty": _one_of(enums.Certainty.values),
        "valid_from": values.day,
        "valid_to": values.optional_day,
    }
    for field, parse in parsers.items():
        try:
            parse(channel.get(field))
        except ValueError as error:
            findings.add("REF-007", FILE, str(error), "Correct it.", row=row, field=field, found=channel.get(field, ""))


def _check_days(channels: list[dict[str, Any]], findings: Findings) -> None:
    """Of the channels in force, and of the drafts, only one holds on a day."""
    spans: dict[bool, list[tuple[date, date]]] = {True: [], False: []}
    for channel in channels:
        try:
            start, end = values.day(channel.get("valid_from")), values.optional_day(channel.get("valid_to"))
        except ValueError:
            continue
        if end and end <= start:
            findings.add(
                "REF-008", FILE, "The channel ends before it begins.", "Correct its days.", field="units.channels",
                found=end,
            )  # fmt: skip
        spans[channel.get("status") == enums.ChannelStatus.DRAFT].append((start, end or date.max))
    for taken in spans.values():
        for (_, end), (start, _) in pairwise(sorted(taken)):
            if start < end:
                findings.add(
                    "REF-008", FILE, "Two channels hold on the same day.", "End the older one.",
                    field="units.channels", found=start,
                )  # fmt: skip


def _check_switch(name: str, switch: Any, findings: Findings) -> None:
    field = f"units.switches.{name}"
    if name not in SWITCHES:
        findings.add(
            "REF-002", FILE, "This switch is not known.", "Remove it.", field=field, expected=", ".join(SWITCHES)
        )
        return
    if not isinstance(switch, dict) or "value" not in switch or not set(switch) <= _SWITCH_KEYS:
        findings.add("REF-002", FILE, "A switch is a mapping with a value.", "Write its value.", field=field)
        return
    if not str(switch.get("reference") or "").strip():
        findings.add("REF-003", FILE, "The switch has no legal reference.", "Cite it.", field=field)
    try:
        SWITCHES[name](switch["value"])
        _one_of(enums.Certainty.values)(switch.get("certainty"))
    except values.OutOfRange as error:
        findings.add("REF-013", FILE, str(error), "Correct it.", field=field, found=switch["value"])
    except ValueError as error:
        findings.add("REF-007", FILE, str(error), "Correct it.", field=field, found=switch["value"])
