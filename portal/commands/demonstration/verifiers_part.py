"""What the demonstration's verifier adds to its reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from verification.claims.enums import VisitKind
from verification.claims.verification.additions import Additions, Methods, Terms, Visits
from verification.claims.verification.team import TeamMember
from verification.claims.verification.words import TeamRole


def verifiers_part() -> Additions:
    """A complete part of the report: a team of three, a visit in person, plan, methods."""
    return Additions(
        team=(
            TeamMember("Emre Yıldırım", TeamRole.LEAD_AUDITOR, True, True, True),
            TeamMember("Deniz Arslan", TeamRole.TECHNICAL_EXPERT, False, True, True),
            TeamMember("Selin Kaya", TeamRole.INDEPENDENT_REVIEWER, True, True, False),
        ),
        visits=Visits(
            kind=VisitKind.PHYSICAL,
            started_on=date(2027, 1, 18),
            ended_on=date(2027, 1, 20),
            days_on_site=Decimal(3),
            last_physical_on=date(2027, 1, 20),
        ),
        terms=Terms(
            objectives="Whether the operator’s emissions report is free of material misstatement.",
            scope="Every production process of the installation and the whole reporting period.",
            plan_version="3",
            plan_dated_on=date(2026, 1, 12),
            criteria="Implementing Regulations (EU) 2025/2547 and 2025/2546.",
            materiality_percent=Decimal(5),
        ),
        methods=Methods(
            attribution="By the activity level of each process; fuels and electricity are metered for each.",
            confirms_benchmarks=True,
        ),
    )
