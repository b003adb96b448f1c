"""The verifier's statement as checks see it: its standing, its visits, its people, what it confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from verification.checks.model import GoodSubject, StatementSubject
from verification.claims.enums import ClaimState, EngagementState
from verification.claims.models import Claim, VerificationStatement
from verification.claims.subjects.reuse import Reuse, people_of_both_sides
from verification.database.kept import Given, Kept
from verification.kernel import clock
from verification.registry.accreditation import AccreditationStanding
from verification.registry.enums import AccreditationMeasureKind
from verification.registry.selectors import standing_of

YEARS_LOOKED_BACK = 6
APPROVED = (ClaimState.APPROVED, ClaimState.EXPIRED, ClaimState.SUPERSEDED)
MEASURES = (AccreditationMeasureKind.SUSPENDED, AccreditationMeasureKind.WITHDRAWN)


def statement_subject(
    claim: Claim,
    statement: VerificationStatement,
    sha256: str,
    goods: tuple[GoodSubject, ...],
    rows: Sequence[Mapping[str, Any]],
    reuse: Reuse,
) -> StatementSubject:
    """``rows`` are the goods of the content with the digest ``sha256``; ``reuse`` that of the claim's files."""
    accreditation, verifier = statement.accreditation, statement.engagement.verifier
    prefetch_related_objects([accreditation], "measures")
    standing = standing_when_signed(statement)
    today = standing_of(accreditation, clock.today())
    uncovered = sorted({good.sector for good in goods if good.sector} - set(accreditation.sectors))
    earlier = earlier_statements(claim)
    declared = _declared_visits(statement)
    is_same_content = statement.snapshot_sha256 == sha256
    return StatementSubject(
        opinion=statement.opinion,
        assurance=statement.assurance,
        materiality_percent=Decimal(statement.materiality_percent),
        visit_kind=statement.visit_kind,
        visit_started_on=statement.visit_started_on,
        visit_ended_on=statement.visit_ended_on,
        visit_ground=statement.visit_ground,
        report_dated_on=statement.report_dated_on,
        report_number=statement.report_number,
        snapshot_sha256=statement.snapshot_sha256,
        accreditation_problem=standing.why,
        accreditation_problem_today=today.why if today.state in MEASURES else "",
        accreditation_starts_on=accreditation.valid_from,
        accreditation_ends_on=accreditation.valid_to,
        scope_problem=f"not covered: {', '.join(uncovered)}" if uncovered else "",
        uncorrected_misstatements=statement.uncorrected_misstatements,
        non_conformities=statement.non_conformities,
        recommendations=statement.recommendations,
        lead_auditor=statement.lead_auditor,
        independent_reviewer=statement.independent_reviewer,
        is_first_verified_period=not (earlier or declared),
        earlier_visits=_visits(claim, declared | {year: seen.visit_kind for year, seen in earlier.items()}),
        declared_visits=tuple(f"{year}: {kind}" for year, kind in sorted(declared.items()) if year not in earlier),
        consecutive_audits=1 + audits_before(claim, earlier, statement.lead_auditor),
        shared_people=_shared_people(claim, statement) if reuse.people else (),
        shared_address=verifier.address if _same(verifier.address, claim.organisation.address) else "",
        report_is_used_elsewhere=reuse.report,
        confirmed=_numbers(statement.confirmed_numbers) if is_same_content else {},
        sealed=_numbers(rows, keys=_keys(statement.confirmed_numbers)) if is_same_content else {},
    )


@dataclass(frozen=True)
class Earlier:
    """What a statement of another year says about visit and people."""

    visit_kind: str
    lead_auditor: str


def earlier_statements(claim: Claim) -> dict[int, Earlier]:
    """By year: the statement behind the approved claim of the installation, for the years before this one."""
    rows = EARLIER_STATEMENTS.rows(installation=claim.site.pk, starts_on=claim.period_start)
    return {start.year: Earlier(visit_kind, lead_auditor) for start, visit_kind, lead_auditor in rows}


EARLIER_STATEMENTS = Kept(
    lambda: (
        VerificationStatement.objects.filter(
            engagement__claim__installation_id=Given("installation"),
            engagement__claim__state__in=APPROVED,
            engagement__claim__period_start__lt=Given("starts_on"),
            engagement__state=EngagementState.CONFIRMED,
        )
        .order_by("signed_at")
        .values_list("engagement__claim__period_start", "visit_kind", "lead_auditor")
    )
)


def _visits(claim: Claim, history: Mapping[int, str]) -> tuple[str | None, ...]:
    if not history:
        return ()
    years = range(claim.period_start.year - 1, max(min(history), claim.period_start.year - YEARS_LOOKED_BACK) - 1, -1)
    return tuple(history.get(year) for year in years)


def _declared_visits(statement: VerificationStatement) -> dict[int, str]:
    """Visits of years before, for which the verifier's sealed report alone vouches."""
    if not hasattr(statement, "sealed_report"):
        return {}
    return {row["year"]: row["kind"] for row in json.loads(statement.sealed_report.content)["visits"]["declared"]}


def standing_when_signed(statement: VerificationStatement) -> AccreditationStanding:
    """Its standing on the date of the opinion and, where it held then, on the day of the signature."""
    on_date = standing_of(statement.accreditation, statement.report_dated_on)
    return standing_of(statement.accreditation, statement.signed_at.date()) if on_date.holds else on_date


def audits_before(claim: Claim, earlier: Mapping[int, Earlier], lead_auditor: str) -> int:
    """Periods in a row before this one that the lead auditor led at the installation."""
    count, year = 0, claim.period_start.year - 1
    while year in earlier and _same(earlier[year].lead_auditor, lead_auditor):
        count, year = count + 1, year - 1
    return count


def _shared_people(claim: Claim, statement: VerificationStatement) -> tuple[str, ...]:
    return tuple(str(user) for user in people_of_both_sides(claim, statement).values_list("user_id", flat=True))


def _same(left: str, right: str) -> bool:
    one, other = (" ".join(text.casefold().split()) for text in (left, right))
    return bool(one) and one == other


def _keys(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(key for row in rows for key in row)


def _numbers(rows: Iterable[Mapping[str, Any]], keys: frozenset[str] | None = None) -> dict[str, str]:
    """Every value of every good by a name that people can read."""
    return {
        f"good {position}, {row.get('cn', '')}, {key.replace('_', ' ')}": str(row.get(key) or "none")
        for position, row in enumerate(rows, start=1)
        for key in sorted(keys if keys is not None else row)
    }
