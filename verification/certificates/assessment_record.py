"""The record of the summary of an importer's assessment for a period. Pure, see ``record``.

Every line is a good as it was stated and determined: its mass, the value that the ladder gave, and what the default
would have given. Masses are tonnes, values tCO2e/t, amounts tCO2e, all exact decimal text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from verification.certificates.record import instant
from verification.kernel.quantities import exact, plain

KIND = "assessment"
ZERO = Decimal(0)
_IDENTITY = (
    "schema", "short_code", "check_address", "authority", "scheme", "scheme_name", "legal_basis", "reporting_period",
    "claim_no", "decision", "evidence_sha256", "snapshot_sha256",
)  # fmt: skip


@dataclass(frozen=True)
class AssessedLine:
    """One good of the period. ``default_see`` is ``None`` where no default is published for it.

    ``basis`` is ``verified`` or ``default``; ``free_allocation`` is per tonne of the good.
    """

    good: str
    description: str
    origin: str
    mass_t: Decimal
    see: Decimal
    free_allocation: Decimal
    default_see: Decimal | None
    basis: str
    certificate_no: str
    reference: str

    @property
    def gross(self) -> Decimal:
        with exact():
            return self.mass_t * self.see

    @property
    def obligation(self) -> Decimal:
        """After free allocation, never below zero: the surplus of one good does not help another."""
        with exact():
            return max(ZERO, self.gross - self.mass_t * self.free_allocation)

    def as_record(self) -> dict[str, Any]:
        with exact():
            by_default = None if self.default_see is None else plain(self.mass_t * self.default_see)
            allocated = plain(self.gross - self.obligation)
        return {
            "cn_code": self.good,
            "description": self.description,
            "origin": self.origin,
            "mass_t": plain(self.mass_t),
            "see": plain(self.see),
            "default_see": None if self.default_see is None else plain(self.default_see),
            "basis": self.basis,
            "certificate_no": self.certificate_no or None,
            "reference": self.reference,
            "gross": plain(self.gross),
            "by_default": by_default,
            "allocated": allocated,
            "obligation": plain(self.obligation),
        }


@dataclass(frozen=True)
class AssessmentFacts:
    """``units_t`` are whole tonnes of reduction units that count for the importer's period."""

    number: str
    issued_at: datetime
    importer: Mapping[str, Any]
    lines: Sequence[AssessedLine]
    units_t: int
    language: str
    is_specimen: bool


def build_assessment_record(facts: AssessmentFacts, *, certificate: Mapping[str, Any]) -> dict[str, Any]:
    """``certificate`` is the record of the unit certificate by whose claim the period was assessed.

    Raises ``ValueError`` for an assessment without a line.
    """
    if not facts.lines:
        raise ValueError("An assessment has at least one line.")
    with exact():
        gross = sum((line.gross for line in facts.lines), ZERO)
        owed = sum((line.obligation for line in facts.lines), ZERO)
        defaults = [line.mass_t * line.default_see for line in facts.lines if line.default_see is not None]
        due = max(ZERO, owed - facts.units_t)
        totals = {
            "gross": plain(gross),
            "by_default": plain(sum(defaults, ZERO)) if len(defaults) == len(facts.lines) else None,
            "allocated": plain(gross - owed),
            "obligation": plain(owed),
            "units_t": str(facts.units_t),
            "due": plain(due),
        }
    return {name: certificate[name] for name in _IDENTITY} | {
        "kind": KIND,
        "specimen": facts.is_specimen,
        "language": facts.language,
        "document_no": facts.number,
        "version": 1,
        "issued_at": instant(facts.issued_at),
        "importer": dict(facts.importer),
        "lines": [line.as_record() for line in facts.lines],
        "totals": totals,
        "certificates": list(dict.fromkeys(line.certificate_no for line in facts.lines if line.certificate_no)),
        "units_certificate": certificate["certificate_no"],
    }
