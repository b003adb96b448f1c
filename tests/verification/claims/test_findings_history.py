"""What was approved before, and elsewhere, reaches the checks; what came after the sealing does not."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from verification.claims.content import goods_in_short
from verification.claims.enums import ClaimState
from verification.claims.findings import findings_on_draft, findings_on_snapshot, last_snapshot
from verification.claims.models import Claim, Engagement, Snapshot, VerificationStatement
from verification.claims.subjects.reuse import Reuse
from verification.claims.subjects.statement import statement_subject
from verification.kernel import clock
from verification.registry.models import Installation

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ClaimAt = Callable[[str], Claim]


def codes(claim: Claim) -> list[str]:
    return [finding.code for finding in findings_on_draft(claim)]


def approved_copy(claim: Claim, factor: str, *, year: int, site: Installation, days_ago: int = 30) -> Claim:
    """An approved claim with the same goods, values multiplied by ``factor``."""
    reading = copy.deepcopy(claim.reading)
    for row in reading["goods"]:  # type: ignore[index]
        for name in ("see_applicable", "see_direct"):
            row[name] = str(Decimal(row[name]) * Decimal(factor))
    return Claim.objects.create(
        number=f"X-{site.code}-{year}",
        scheme=claim.scheme,
        organisation=claim.organisation,
        installation=site,
        period_start=date(year, 1, 1),
        period_end=date(year + 1, 1, 1),
        state=ClaimState.APPROVED,
        reading=reading,
        goods_in_short=goods_in_short(reading),
        created_by=claim.created_by,
        created_at=clock.now(),
        decided_at=clock.now() - timedelta(days=days_ago),
    )


@pytest.mark.parametrize(("factor", "expected"), [("1.1", set()), ("1.5", {"PLA-004"}), ("1", {"PLA-011"})])
def test_value_is_compared_with_last_year_s(claim_at: ClaimAt, factor: str, expected: set[str]) -> None:
    claim = claim_at("Karabük")
    approved_copy(claim, factor, year=2025, site=claim.installation)
    assert {"PLA-004", "PLA-011"} & set(codes(claim)) == expected


def test_claims_of_other_sites_and_years_are_not_last_year_s(claim_at: ClaimAt) -> None:
    claim = claim_at("Karabük")
    approved_copy(claim, "3", year=2024, site=claim.installation)
    approved_copy(claim, "3", year=2025, site=claim_at("Silifke").installation)
    assert "PLA-004" not in codes(claim)


def sites(claim: Claim, count: int) -> list[Installation]:
    made = []
    for number in range(count):
        site = Installation.objects.get(pk=claim.installation_id)
        site.pk, site.code = None, f"TR-9{number:03}"
        site._state.adding = True
        site.save(force_insert=True)
        made.append(site)
    return made


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True)])
def test_median_needs_five_other_values(claim_at: ClaimAt, count: int, is_told: bool) -> None:
    claim = claim_at("Silifke")
    category = claim.reading["goods"][0]["category"]  # type: ignore[index]
    others = Claim.objects.filter(kind="emissions", state=ClaimState.APPROVED, period_start=claim.period_start)
    assert not any(row["category"] == category for other in others for row in other.reading["goods"])  # type: ignore[index]
    for site in sites(claim, count):
        approved_copy(claim, "4", year=claim.period_start.year, site=site)
    assert ("PLA-005" in codes(claim)) is is_told


def test_claims_decided_after_the_sealing_do_not_change_its_findings(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    snapshot = last_snapshot(claim)
    for site in sites(claim, 5):
        approved_copy(claim, "4", year=claim.period_start.year, site=site, days_ago=0)
    Claim.objects.filter(number__startswith="X-").update(decided_at=snapshot.sealed_at)
    assert "PLA-005" not in [finding.code for finding in findings_on_snapshot(claim, snapshot)]
    Claim.objects.filter(number__startswith="X-").update(decided_at=snapshot.sealed_at - timedelta(seconds=1))
    assert "PLA-005" in [finding.code for finding in findings_on_snapshot(claim, snapshot)]


# Earlier statements


def statement_of(claim: Claim) -> VerificationStatement:
    return VerificationStatement.objects.get(engagement__claim=claim, engagement__state="confirmed")


def verified_in(claim: Claim, year: int, *, visit_kind: str = "physical", lead_auditor: str = "") -> None:
    """An approved claim of the same site for another year, with a statement."""
    earlier = approved_copy(claim, "1", year=year, site=claim.installation)
    signed = statement_of(claim)
    snapshot = Snapshot.objects.create(
        claim=earlier, number=1, content="{}", sha256="0" * 64, sealed_at=clock.now(), sealed_by=claim.created_by
    )
    engagement = Engagement.objects.get(pk=signed.engagement_id)
    engagement.pk, engagement.claim, engagement.snapshot = uuid.uuid4(), earlier, snapshot
    engagement._state.adding = True
    engagement.save(force_insert=True)
    signed.pk, signed.engagement, signed.visit_kind = None, engagement, visit_kind
    signed.lead_auditor = lead_auditor or signed.lead_auditor
    signed._state.adding = True
    signed.save(force_insert=True)


def looked_at(claim: Claim):
    return statement_subject(claim, statement_of(claim), "", (), (), Reuse())


def test_first_period_has_nothing_before_it(claim_at: ClaimAt) -> None:
    found = looked_at(claim_at("Silifke"))
    assert (found.is_first_verified_period, found.earlier_visits, found.consecutive_audits) == (True, (), 1)


def test_visits_of_the_years_before_are_told_latest_first_with_the_gaps(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    verified_in(claim, 2025, visit_kind="virtual")
    verified_in(claim, 2023)
    found = looked_at(claim)
    assert (found.is_first_verified_period, found.earlier_visits) == (False, ("virtual", None, "physical"))


def test_years_of_one_lead_auditor_are_counted_until_the_first_break(claim_at: ClaimAt) -> None:
    claim = claim_at("Silifke")
    for year, person in ((2025, ""), (2024, ""), (2023, "Someone Else"), (2022, "")):
        verified_in(claim, year, lead_auditor=person)
    assert looked_at(claim).consecutive_audits == 3
