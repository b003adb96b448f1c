"""A parsed serial as plain values for JSON: what the command prints and other programs read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from verification.units.serials.explaining import explain, is_whole_year
from verification.units.serials.model import ParsedSerial, Serial


def as_record(parsed: ParsedSerial) -> dict[str, Any]:
    """Everything that a line says. Numbers of the block and the quantity (t) are integers, ``None`` where unknown.

    ``vintage`` is a year, or an ISO 8601 interval of two days, both inside the vintage; empty where unknown.
    """
    serial = parsed.serial
    return {
        "line": parsed.line,
        "raw": parsed.raw,
        "normalised": parsed.normalised,
        "family": serial.family.value if serial else "",
        "registry": serial.registry if serial else "",
        "unit_type": serial.unit_type if serial else "",
        "project": serial.project if serial else "",
        "country": serial.country if serial else "",
        "vintage": _vintage(serial) if serial else "",
        "vintage_from": serial.vintage_from.isoformat() if serial and serial.vintage_from else None,
        "vintage_to": serial.vintage_to.isoformat() if serial and serial.vintage_to else None,
        "batch": serial.batch if serial else "",
        "start": serial.start if serial else None,
        "end": serial.end if serial else None,
        "quantity": serial.quantity if serial else None,
        "family_key": serial.family_key if serial else "",
        "explanation": explain(serial) if serial else "",
        "problems": [asdict(problem) for problem in parsed.problems],
    }


def _vintage(serial: Serial) -> str:
    first, last = serial.vintage_from, serial.vintage_to
    if first is None or last is None:
        return ""
    return str(first.year) if is_whole_year(first, last) else f"{first.isoformat()}/{last.isoformat()}"
