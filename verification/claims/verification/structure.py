"""The verification report as it is sealed: parts 1.1 to 4 of the Annex to Implementing Regulation (EU) 2025/2546.

Numbers are decimal text and days are ISO, as in the sealed content they come from. ``schema`` names the
version; a report of another shape bears another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from verification.claims.verification.additions import Methods, PrecursorVerifier, Terms, Visits
from verification.claims.verification.conclusion import FindingFacts
from verification.claims.verification.team import TeamMember
from verification.kernel.quantities import plain

SCHEMA = "verification-report/1"


@dataclass(frozen=True)
class OperatorPart:
    """1.1: the operator and the installation, as registered when the numbers were sealed."""

    name: str
    registration: str
    address: str
    country: str
    installation: str
    installation_code: str
    unlocode: str
    installation_address: str
    installation_country: str
    latitude: str
    longitude: str


@dataclass(frozen=True)
class IdentityPart:
    """1.2: which report, on which sealed numbers."""

    report_number: str
    claim: str
    scheme: str
    period_starts_on: date
    period_ends_on: date
    snapshot: int
    snapshot_sha256: str


@dataclass(frozen=True)
class VerifierPart:
    """1.3: the verifier and its accreditation."""

    name: str
    address: str
    country: str
    accreditation_number: str
    accreditation_body: str
    accreditation_body_country: str
    accreditation_ends_before: date
    sectors: tuple[str, ...]


@dataclass(frozen=True)
class ProcessRow:
    name: str
    category: str
    routes: str
    unit: str
    activity_level: str | None
    direct_tco2e: str | None
    indirect_tco2e: str | None
    electricity_mwh: str | None
    electricity_factor: str | None
    electricity_factor_source: str


@dataclass(frozen=True)
class GoodRow:
    """2.4(b): one good; specific embedded emissions in tCO2e per ``unit``."""

    cn: str
    process: str
    route: str
    unit: str
    quantity: str | None
    see_direct: str | None
    see_indirect: str | None
    see_total: str | None
    see_applicable: str | None
    share_default: str | None


@dataclass(frozen=True)
class PrecursorRow:
    """2.5: one bought precursor."""

    name: str
    category: str
    country: str
    is_default: bool
    quantity: str | None
    see_direct: str | None


@dataclass(frozen=True)
class ConclusionPart:
    """2.6: the statement, the findings behind it, and who signs."""

    opinion: str
    assurance: str
    dated_on: date
    signed_by: str
    findings: tuple[FindingFacts, ...]
    impartiality: str


@dataclass(frozen=True)
class VerificationReport:
    """The whole report. ``summary`` and ``addenda`` are parts 3 and 4, as the operator's own reports."""

    operator: OperatorPart
    identity: IdentityPart
    verifier: VerifierPart
    team: tuple[TeamMember, ...]
    visits: Visits
    terms: Terms
    sectors_required: tuple[str, ...]
    methods: Methods
    total_direct_tco2e: str | None
    processes: tuple[ProcessRow, ...]
    goods: tuple[GoodRow, ...]
    precursors: tuple[PrecursorRow, ...]
    precursor_verifiers: tuple[PrecursorVerifier, ...]
    conclusion: ConclusionPart
    summary: Mapping[str, Any] | None = None
    addenda: tuple[Mapping[str, Any], ...] = ()

    def as_record(self) -> dict[str, Any]:
        """What is sealed: plain JSON without floats."""
        return {"schema": SCHEMA, **plain_record(self)}


def plain_record(value: Any) -> Any:
    """A part as plain JSON: decimals as text, days in ISO, no floats."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_record(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain_record(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain_record(inner) for inner in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
