"""The report of a reading, computed again by the rules of its scheme, with every step as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from verification.accounting.calculation import InstallationResult, calculate
from verification.accounting.model import InstallationReport
from verification.accounting.tree import shown
from verification.claims.content import decimal_or_none
from verification.claims.models import Claim
from verification.determination.accounting_rules import rules_of


@dataclass(frozen=True)
class Recalculation:
    """``recorded`` are the values that the reading holds, good by good, ``None`` where it holds none.

    A reading keeps what was computed when it was made; where a rule has changed since, the steps shown
    here would be those of another number, so each value is compared with the one recorded.
    """

    report: InstallationReport
    result: InstallationResult
    recorded: tuple[Decimal | None, ...]

    def is_as_recorded(self, position: int) -> bool:
        """Whether the steps of the good lead to the value that the reading holds, to all its digits."""
        value, recorded = self.result.products[position].see_in_scope, self.recorded[position]
        if value is None or recorded is None:
            return value is None and recorded is None
        return shown(value) == shown(recorded)


def recalculation_of(claim: Claim, reading: Mapping[str, Any], *, sealed_as: str = "") -> Recalculation | None:
    """``None`` where the reading holds no report, because the file behind it could not be read as one.

    ``sealed_as`` is the digest of the content that the reading is part of: what is sealed is computed once a process.
    """
    if not reading.get("report"):
        return None
    asked = _Asked(sealed_as, rules_of(claim.scheme, claim.period_end - timedelta(days=1)), reading)
    return _kept(asked) if sealed_as else _computed(asked)


@dataclass(frozen=True)
class _Asked:
    """Equal to another of the same sealed content under the same rules."""

    sealed_as: str
    rules: Any = field(hash=False)
    reading: Mapping[str, Any] = field(compare=False)


def _computed(asked: _Asked) -> Recalculation:
    report = InstallationReport.from_record(asked.reading["report"])
    result = calculate(report, rules=asked.rules)
    recorded = tuple(decimal_or_none(row["see_applicable"]) for row in asked.reading["goods"])
    return Recalculation(report, result, recorded)


_kept = lru_cache(maxsize=64)(_computed)
