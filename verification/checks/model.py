"""What a check looks at, and what it says. Pure: filled by the room of claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """Block cannot be waived; refer needs the reviewer's recorded answer."""

    BLOCK = "block"
    REFER = "refer"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class GoodSubject:
    """One good of the claim. Specific embedded emissions in tCO2e per functional unit."""

    code: str
    category: str
    sector: str
    process: str
    route: str
    unit: str
    quantity: Decimal | None
    direct: Decimal | None
    indirect: Decimal | None
    total: Decimal | None
    applicable: Decimal | None
    stated_direct: Decimal | None = None
    stated_indirect: Decimal | None = None
    stated_total: Decimal | None = None
    default_value: Decimal | None = None
    default_share: Decimal | None = None
    is_known: bool = True


@dataclass(frozen=True)
class PrecursorSubject:
    name: str
    category: str
    country: str
    is_default: bool
    quantity: Decimal | None
    cells: str = ""


@dataclass(frozen=True)
class StatementSubject:
    """The verifier's statement; ``accreditation_problem`` is empty when it held on the report's date."""

    opinion: str
    assurance: str
    materiality_percent: Decimal
    visit_kind: str
    visit_ended_on: date | None
    report_dated_on: date
    snapshot_sha256: str
    accreditation_problem: str
    scope_problem: str
    uncorrected_misstatements: str
    is_first_verified_period: bool
    confirmed_totals: tuple[tuple[str, str, Decimal], ...] = ()


@dataclass(frozen=True)
class Subject:
    """Everything that the checks of an emissions claim may look at."""

    scheme_start: date
    period_start: date
    period_end: date
    today: date
    country: str
    latitude: Decimal
    longitude: Decimal
    file_country: str
    file_latitude: Decimal | None
    file_longitude: Decimal | None
    goods: tuple[GoodSubject, ...]
    precursors: tuple[PrecursorSubject, ...]
    evidence_purposes: frozenset[str]
    electricity_sources: frozenset[str]
    template_is_used_elsewhere: bool
    evidence_is_shared_with_others: bool
    other_claims_for_period: tuple[str, ...]
    snapshot_sha256: str = ""
    statement: StatementSubject | None = None


@dataclass(frozen=True)
class Finding:
    """A result that is not a pass. ``key`` tells findings of one check apart on one snapshot."""

    code: str
    severity: str
    title: str
    text: str
    mend: str
    reference: str
    where: str = ""
    found: str = ""
    expected: str = ""

    @property
    def key(self) -> str:
        return f"{self.code}:{self.where}" if self.where else self.code

    def as_dict(self) -> dict[str, str]:
        return {**asdict(self), "key": self.key}


@dataclass(frozen=True)
class Hit:
    """One place where a check does not pass."""

    where: str = ""
    found: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Check:
    """A coded rule. ``examine`` yields a hit per place where it is not met."""

    code: str
    severity: Severity
    title: str
    text: str
    mend: str
    reference: str
    examine: Callable[[Subject], Iterable[Hit]] = field(repr=False)
