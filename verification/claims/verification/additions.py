"""What only the verifier can add to the report; everything else the portal knows (2025/2546, Annex)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from verification.claims.enums import VisitKind
from verification.claims.subjects.report import part_of
from verification.claims.verification.team import TeamMember, names_of
from verification.claims.verification.words import DraftPart, TeamRole
from verification.kernel.errors import Problem

HIGHEST_MATERIALITY_PERCENT = 5
ANNEX = "Implementing Regulation (EU) 2025/2546, Annex"


@dataclass(frozen=True)
class DeclaredVisit:
    """A visit of an earlier period that was verified before the portal; ``ground`` says where that is shown."""

    year: int = 0
    kind: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Visits:
    """2.2: the visit of the period, and what came before it."""

    kind: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    days_on_site: Decimal | None = None
    last_physical_on: date | None = None
    ground: str = ""
    is_force_majeure: bool = False
    others: str = ""
    declared: tuple[DeclaredVisit, ...] = ()


@dataclass(frozen=True)
class Terms:
    """2.3: what was verified against what."""

    objectives: str = ""
    scope: str = ""
    plan_version: str = ""
    plan_dated_on: date | None = None
    criteria: str = ""
    materiality_percent: Decimal | None = None


@dataclass(frozen=True)
class Methods:
    """2.4(a): how the operator attributes, in the verifier's words; empty where the matter does not arise."""

    attribution: str = ""
    zero_rated_fuels: str = ""
    heat: str = ""
    waste_gases: str = ""
    co2_capture: str = ""
    confirms_benchmarks: bool = False


@dataclass(frozen=True)
class PrecursorVerifier:
    """2.5: who verified the values of a bought precursor, as far as that is known."""

    precursor: str = ""
    producer: str = ""
    name: str = ""
    address: str = ""
    lead_auditor: str = ""
    accreditation_number: str = ""
    accreditation_body: str = ""
    country: str = ""
    is_positive: bool | None = None
    issued_on: date | None = None


@dataclass(frozen=True)
class Additions:
    """The verifier's part of the report, complete or on its way."""

    team: tuple[TeamMember, ...] = ()
    visits: Visits = Visits()
    terms: Terms = Terms()
    methods: Methods = Methods()
    precursors: tuple[PrecursorVerifier, ...] = ()

    @property
    def lead_auditor(self) -> str:
        return next(iter(names_of(self.team, TeamRole.LEAD_AUDITOR)), "")

    @property
    def independent_reviewers(self) -> str:
        return ", ".join(names_of(self.team, TeamRole.INDEPENDENT_REVIEWER))

    @property
    def technical_experts(self) -> str:
        return ", ".join(names_of(self.team, TeamRole.TECHNICAL_EXPERT))

    @property
    def history(self) -> dict[int, str]:
        """Visits of earlier years as the verifier declares them."""
        return {visit.year: visit.kind for visit in self.visits.declared}


def additions_from(answers: Mapping[str, Mapping[str, Any]]) -> Additions:
    """From the plain answers of each part, as they are stored."""
    parts = {part: dict(answer) for part, answer in answers.items()}
    rows = {part: parts.pop(part, {}).get("rows", []) for part in (DraftPart.TEAM, DraftPart.PRECURSORS)}
    found = part_of(Additions, parts)
    return replace(
        found,
        team=tuple(part_of(TeamMember, row) for row in rows[DraftPart.TEAM]),
        precursors=tuple(part_of(PrecursorVerifier, row) for row in rows[DraftPart.PRECURSORS]),
    )


def terms_problems(terms: Terms) -> Iterator[Problem]:
    """What 2.3 may not lack."""
    for field, value, message in (
        ("objectives", terms.objectives, "The objectives are missing."),
        ("scope", terms.scope, "The scope is missing."),
        ("plan_version", terms.plan_version, "The version of the monitoring plan is missing."),
        ("plan_dated_on", terms.plan_dated_on, "The date of the monitoring plan is missing."),
        ("criteria", terms.criteria, "The criteria are missing."),
        ("materiality_percent", terms.materiality_percent, "The level of materiality is missing."),
    ):
        if value in (None, ""):
            yield _problem(field, message, "Fill it in.", "2.3")
    if terms.materiality_percent is not None and not 0 < terms.materiality_percent <= HIGHEST_MATERIALITY_PERCENT:
        yield Problem(
            "block",
            "VER-015",
            f"The level of materiality is more than zero and at most {HIGHEST_MATERIALITY_PERCENT} %.",
            "Apply the level of the act, or a stricter one.",
            field="materiality_percent",
            reference="Implementing Regulation (EU) 2025/2546, Article 5(1)",
        )


def methods_problems(methods: Methods) -> Iterator[Problem]:
    """What 2.4(a) may not lack."""
    if not methods.attribution.strip():
        yield _problem("attribution", "How emissions are attributed is missing.", "Say it in short.", "2.4(a)")


def visit_problems(visits: Visits, period_start: date) -> Iterator[Problem]:
    """What 2.2 may not lack or contradict; the rule on earlier visits is asked in ``visits``."""
    if visits.kind not in VisitKind.values:
        yield _problem("kind", "The kind of site visit is missing.", "Choose one.", "2.2")
        return
    if visits.kind == VisitKind.WAIVED and visits.started_on:
        yield _problem("started_on", "A waived visit has no dates.", "Take the dates out.", "2.2")
    if visits.kind != VisitKind.WAIVED and visits.started_on is None:
        yield _problem("started_on", "The date of the visit is missing.", "Give its first day.", "2.2")
    if visits.started_on and visits.started_on < period_start:
        message = "The visit lies before the reporting period."
        yield _problem("started_on", message, "Correct the date.", "2.2")
    if visits.started_on and visits.ended_on and visits.ended_on < visits.started_on:
        message = "The visit ends before it starts."
        yield _problem("ended_on", message, "Correct the dates.", "2.2")
    if visits.kind != VisitKind.PHYSICAL and not visits.ground.strip():
        message = "A visit that is virtual or waived needs its ground."
        yield _problem("ground", message, "Say why nobody came in person.", "2.2(c) and (d)")
    for visit in visits.declared:
        if visit.year >= period_start.year or not visit.ground.strip() or visit.kind not in VisitKind.values:
            message = "An earlier visit needs a year before this period, its kind, and where it is shown."
            yield _problem("declared", message, "Complete the row or empty it.", "2.2")


def _problem(field: str, message: str, mend: str, item: str) -> Problem:
    return Problem("block", "VER-022", message, mend, field=field, reference=f"{ANNEX}, {item}")
