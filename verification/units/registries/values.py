"""Dates, versions and labels as the registries print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from verification.units.registries.layouts import Layout

_MONTH_FIRST = re.compile(
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"
    r"(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})\s*(?P<half>AM|PM))?",
    re.ASCII,
)
_VERSION = re.compile(r"\bVersion\s+[\w.]+\s*\Z", re.IGNORECASE)
_AUTHORISED = re.compile(r"Article 6 Authori[sz]ed\s*[–—-]\s*(?P<purpose>.+)", re.IGNORECASE)
_PURPOSES = {"ndc use": "NDC", "intl mitigation purposes": "IMP", "other purposes": "OP"}
_PHASES = {
    "pilot": re.compile(r"\bCORSIA\b.*\bpilot", re.IGNORECASE),
    "first": re.compile(r"\bCORSIA\b.*\bfirst", re.I),
}


@dataclass(frozen=True)
class Moment:
    """A day, and the instant in UTC where the registry prints a time with its zone."""

    on: date | None = None
    at: datetime | None = None


def moment_from(text: str, layout: Layout) -> Moment:
    """A date or date-time of the export; nothing for an empty text. Raises ``ValueError`` for anything else."""
    text = text.strip()
    if not text:
        return Moment()
    moment = _month_first(text) if layout.has_month_first else datetime.fromisoformat(text)
    has_time = ":" in text
    if moment.tzinfo is None and layout.timezone and has_time:
        moment = moment.replace(tzinfo=UTC)
    if moment.tzinfo is None:
        return Moment(moment.date())
    at = moment.astimezone(UTC)
    return Moment(at.date(), at)


def _month_first(text: str) -> datetime:
    found = _MONTH_FIRST.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no date with the month first.")
    hour = int(found["hour"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"{text!r} holds no hour of a twelve-hour clock.")
        hour = hour % 12 + (12 if found["half"] == "PM" else 0)
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 – the caller knows the zone


def year_from(text: str) -> tuple[date, date] | None:
    """First and last day of a vintage year; ``None`` for an empty text. Raises ``ValueError`` for anything else."""
    text = text.strip().removesuffix(".0")
    if not text:
        return None
    if not re.fullmatch(r"[12][0-9]{3}", text):
        raise ValueError(f"{text!r} is no year.")
    return date(int(text), 1, 1), date(int(text), 12, 31)


def version_in(methodology: str) -> str:
    """The version at the end of a methodology's name, or empty."""
    found = _VERSION.search(methodology)
    return found[0].strip() if found else ""


def labels_from(text: str, separator: str) -> tuple[str, ...]:
    return tuple(label for label in (each.strip() for each in text.split(separator)) if label)


def article_6_purposes(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Purposes of the authorisation in the words of the UNFCCC's tables; an unknown purpose as printed."""
    found = (_AUTHORISED.fullmatch(label) for label in labels)
    return tuple(_PURPOSES.get(each["purpose"].casefold(), each["purpose"]) for each in found if each)


def corsia_phases(labels: tuple[str, ...], pilot: str, first: str) -> tuple[str, ...]:
    """Phases for which the registry says that the units are eligible: by a column of its own or by a label."""
    columns = {"pilot": pilot, "first": first}
    return tuple(
        phase
        for phase, pattern in _PHASES.items()
        if columns[phase].strip().casefold() == "yes" or any(pattern.search(label) for label in labels)
    )
