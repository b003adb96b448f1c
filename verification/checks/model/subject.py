"""The claim as checks see it: the report, the register, evidence, earlier claims, the statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from verification.checks.model.findings import About
from verification.checks.model.report import CarbonPricePart, ReportPart


@dataclass(frozen=True)
class GoodSubject:
    """One good of the claim. Specific embedded emissions in tCO2e per ``unit``.

    ``list_category`` is the category under which the scheme's goods list has the code; ``scope`` says
    which emissions the scheme counts for it.
    """

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
    default_share_indirect: Decimal | None = None
    is_known: bool = True
    list_category: str = ""
    scope: str = ""
    process_id: str = ""
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    carbon_price: CarbonPricePart = field(default_factory=CarbonPricePart)

    @property
    def counts_indirect(self) -> bool:
        """Whether the scheme counts the indirect emissions of this good."""
        return self.scope == "direct_and_indirect"

    @property
    def label(self) -> str:
        return f"{self.code} {self.process}".strip()


@dataclass(frozen=True)
class PrecursorSubject:
    """A bought precursor as the reading sums it up."""

    name: str
    category: str
    country: str
    is_default: bool
    quantity: Decimal | None


@dataclass(frozen=True)
class StatementSubject:
    """The verifier's statement; ``accreditation_problem`` is empty when it held on the report's date.

    ``earlier_visits`` are the kinds of visit in the periods before, the latest first, ``None`` for a
    period without a statement; ``declared_visits`` those of them that the verifier alone vouches for.
    ``consecutive_audits`` counts the periods up to this one, this one
    included, that the lead auditor led without a break.
    """

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
    visit_started_on: date | None = None
    visit_ground: str = ""
    non_conformities: str = ""
    recommendations: str = ""
    lead_auditor: str = ""
    independent_reviewer: str = ""
    report_number: str = ""
    accreditation_problem_today: str = ""
    accreditation_starts_on: date | None = None
    accreditation_ends_on: date | None = None
    earlier_visits: tuple[str | None, ...] = ()
    declared_visits: tuple[str, ...] = ()
    consecutive_audits: int = 1
    shared_people: tuple[str, ...] = ()
    shared_address: str = ""
    report_is_used_elsewhere: bool = False
    confirmed: Mapping[str, str] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reconciliation:
    """The installation's direct emissions against those of its processes, tCO2e."""

    installation_direct_tco2e: Decimal | None = None
    processes_direct_tco2e: Decimal | None = None
    factor: Decimal | None = None
    is_applied: bool | None = None


@dataclass(frozen=True)
class Balance:
    supplied: Decimal | None = None
    used: Decimal | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """A precursor's certificate as the register has it; ``period_end`` is the day after the last."""

    status: str = ""
    scheme: str = ""
    period_start: date | None = None
    period_end: date | None = None
    verifier_problem: str = ""


@dataclass(frozen=True)
class EarlierGood:
    """The approved value of the same code and process in the period before."""

    code: str
    process: str
    applicable: Decimal | None
    direct: Decimal | None
    quantity: Decimal | None


@dataclass(frozen=True)
class Peers:
    """Approved values of one category in other installations."""

    median: Decimal
    count: int


@dataclass(frozen=True)
class Subject:
    """Everything that the checks of an emissions claim may look at.

    ``noted`` are codes that the reader of the file has given already: a rule that would say the same
    again stays silent. ``certificates`` is ``None`` where the register was not asked.
    """

    about: ClassVar[About] = About.EMISSIONS
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
    scheme: str = ""
    report: ReportPart = field(default_factory=ReportPart)
    is_communication_template: bool = False
    noted: frozenset[str] = frozenset()
    report_starts_on: date | None = None
    report_ends_on: date | None = None
    unlocode: str = ""
    registration_ends_on: date | None = None
    unclean_files: tuple[str, ...] = ()
    reconciliation: Reconciliation | None = None
    balances: Mapping[str, Balance] = field(default_factory=dict)
    certificates: Mapping[str, CertificateFacts] | None = None
    earlier: tuple[EarlierGood, ...] = ()
    peers: Mapping[str, Peers] = field(default_factory=dict)
    grid_factors: Mapping[str, Decimal] = field(default_factory=dict)
    domestic_countries: frozenset[str] = frozenset()
    precursor_defaults: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last day of the claim's period, which decides the law that applies."""
        return self.period_end - timedelta(days=1)

    def place(self, path: str, words: str) -> str:
        """``words``, with the cell or line behind ``path`` where the way in knows one."""
        cell = self.report.sources.get(path, "")
        return f"{words} ({cell})" if cell else words
