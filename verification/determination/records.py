"""The published shape of a determination, for commands, the interface for machines and certificates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from verification.determination.engine import Determination


def record_of(answer: Determination) -> dict[str, Any]:
    """The published shape of a determination: numbers as text, every digit as stored."""
    return {
        "value": _number(answer.value),
        "direct": _number(answer.direct),
        "indirect": _number(answer.indirect),
        "unit": answer.unit,
        "basis": answer.basis,
        "rung": answer.rung,
        "edition": answer.edition,
        "reference": answer.reference,
        "valid_from": _day(answer.valid_from),
        "valid_to": _day(answer.valid_to),
        "certificate": answer.certificate,
        "row": answer.row,
        "base": _number(answer.base),
        "mark_up": _number(answer.mark_up),
        "benchmark_route": answer.benchmark_route,
        "override": answer.override,
        "verified_quantity_t": _number(answer.verified_quantity_t),
        "covered_quantity_t": _number(answer.covered_quantity_t),
        "warning": answer.warning,
        "reason": answer.reason,
        "choices": list(answer.choices),
        "tables_sha256": answer.tables_sha256,
        "remainder": record_of(answer.remainder) if answer.remainder else None,
        "trace": [
            {"rung": line.rung, "found": line.found, "why": line.why, "reference": line.reference}
            for line in answer.trace
        ],
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
