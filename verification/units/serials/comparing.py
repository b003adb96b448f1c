"""S-SELF: a serial beside what a form or a registry's record says of the same units."""

from __future__ import annotations

import re
from datetime import date

from verification.units.serials.model import Serial, SerialProblem

_MEND = "Correct the field, or copy the serial again from the registry's certificate."
_NUMBER = re.compile(r"[A-Z]*0*([0-9]+)(?:\.0)?", re.IGNORECASE)


def self_problems(
    serial: Serial,
    *,
    project: str = "",
    vintage_from: date | None = None,
    vintage_to: date | None = None,
    country: str = "",
) -> tuple[SerialProblem, ...]:
    """S-SELF for every field that is given and differs.

    Project and vintage block. The country warns only: a serial's country is the host country of the units and
    not always the one under which the registry lists the project. It is compared where both are codes of equal
    length. ``project`` may carry the registry's letters (ACR1185).
    """
    found = []
    if project and serial.project and _plain(project) != _plain(serial.project):
        found.append(_differs("project", "block", "project", project, serial.project))
    for field, words, given, own in (
        ("vintage_from", "first day of the vintage", vintage_from, serial.vintage_from),
        ("vintage_to", "last day of the vintage", vintage_to, serial.vintage_to),
    ):
        if given is not None and own is not None and given != own:
            found.append(_differs(field, "block", words, given.isoformat(), own.isoformat()))
    code = country.strip().upper()
    if code and len(code) == len(serial.country) and code.isalpha() and code != serial.country:
        found.append(_differs("country", "warn", "country", code, serial.country))
    return tuple(found)


def _differs(field: str, severity: str, words: str, given: str, own: str) -> SerialProblem:
    message = f"The {words} is {given}, but the serial says {own}."
    return SerialProblem("S-SELF", severity, message, _MEND, given, own, field=field)


def _plain(project: str) -> str:
    """The number without the registry's letters and the zeros before it; other identifiers as they are."""
    found = _NUMBER.fullmatch(project.strip())
    return found[1] if found else project.strip().casefold()
