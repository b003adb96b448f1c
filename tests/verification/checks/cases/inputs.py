"""PRE."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.verification.checks.builders import (
    CLEAN,
    Case,
    good,
    precursor,
    process,
    report,
    route,
    subject,
    supply,
    use,
)
from verification.checks.model import CertificateFacts, PrecursorSubject

LAST_DAY, NEXT_DAY = date(2026, 12, 31), date(2027, 1, 1)
VALID = CertificateFacts("valid", "eu-cbam", date(2026, 1, 1), NEXT_DAY)


def bought(**values):
    return subject(report(precursors=(precursor(**values),)))


def delivered(certificates=None, **values):
    return subject(report(precursors=(precursor(supplies=(supply(**values),)),)), certificates=certificates)


def certified(**facts):
    return delivered({"C-1": CertificateFacts(**{**vars(VALID), **facts})})


def clinker(quantity="500", is_default=False):
    return PrecursorSubject("Bought clinker", "Cement clinker", "TR", is_default, Decimal(quantity))


def circle(market, made="1000"):
    """Two processes that feed each other; ``market`` is what leaves the second, which has ``made`` so much."""
    first = process(consumed_in=(use("P2", "1000"),), produced_for_market="0")
    second = process(id="P2", name="Mill", consumed_in=(use("P1", "1000"),), produced_for_market=market)
    second = replace(second, production=(route(made),))
    return subject(report(processes=(first, second)))


CASES = {
    "PRE-001": Case(
        CLEAN,
        subject(good(default_share="0.5")),
        at=subject(good(default_share="0.10")),
        beyond=subject(good(default_share="0.1001")),
    ),
    "PRE-002": Case(
        subject(precursors=(clinker(is_default=True),)),
        subject(precursors=(clinker(),)),
        at=subject(precursors=(clinker("0"),)),
        beyond=subject(precursors=(clinker("0.1"),)),
    ),
    "PRE-003": Case(
        CLEAN, circle("0"), at=circle("0.1"), beyond=circle("0"), more=((circle(None, "1000.1"), circle(None)),)
    ),
    "PRE-004": Case(
        bought(),
        bought(category="Crude steel"),
        at=bought(category="Crude steel", consumed_in=(use("P1", "0"),)),
        beyond=bought(category="Crude steel", consumed_in=(use("P1", "0.1"),)),
    ),
    "PRE-005": Case(
        bought(),
        bought(consumed_in=(use("P1", "500000"),)),
        at=bought(consumed_in=(use("P1", "5000"),)),
        beyond=bought(consumed_in=(use("P1", "5000.1"),)),
    ),
    "PRE-006": Case(
        bought(),
        bought(see_direct_tco2e_per_unit="800"),
        at=bought(see_direct_tco2e_per_unit="2"),
        beyond=bought(supplies=(supply(see_direct_tco2e_per_unit="2.01"),)),
    ),
    "PRE-007": Case(
        bought(),
        subject(report(precursors=(precursor(country="DE"),)), domestic_countries=frozenset({"DE"})),
        at=subject(
            report(precursors=(precursor(country="DE", see_direct_tco2e_per_unit="0"),)),
            domestic_countries=frozenset({"DE"}),
        ),
        beyond=subject(
            report(precursors=(precursor(country="DE", see_direct_tco2e_per_unit="0.1"),)),
            domestic_countries=frozenset({"DE"}),
        ),
    ),
    "PRE-008": Case(
        bought(see_direct_source="default", default_justification="Asked in May"),
        subject(
            report(precursors=(precursor(see_direct_source="default", see_direct_tco2e_per_unit="0.5"),)),
            precursor_defaults={"PP1": (Decimal("0.9"), Decimal("0.99"))},
        ),
        at=subject(
            report(precursors=(precursor(see_direct_source="default", see_direct_tco2e_per_unit="0.990"),)),
            precursor_defaults={"PP1": (Decimal("0.9"), Decimal("0.99"))},
        ),
        beyond=subject(
            report(precursors=(precursor(see_direct_source="default", see_direct_tco2e_per_unit="0.991"),)),
            precursor_defaults={"PP1": (Decimal("0.9"), Decimal("0.99"))},
        ),
    ),
    "PRE-009": Case(
        certified(), certified(status="revoked"), at=certified(status=""), beyond=certified(status="superseded")
    ),
    "PRE-010": Case(
        certified(), certified(scheme="uk-cbam"), at=certified(scheme=""), beyond=certified(scheme="eu-cbam-2")
    ),
    "PRE-011": Case(
        certified(),
        certified(period_start=date(2025, 1, 1), period_end=date(2026, 1, 1)),
        at=delivered({"C-1": VALID}, period_starts_on=date(2026, 1, 1), period_ends_on=LAST_DAY),
        beyond=delivered({"C-1": VALID}, period_starts_on=date(2026, 1, 1), period_ends_on=NEXT_DAY),
    ),
    "PRE-012": Case(
        certified(), certified(verifier_problem="suspended on that day"), at=certified(verifier_problem="")
    ),
    "PRE-013": Case(
        certified(),
        delivered({}),
        at=delivered({}, certificate_number=""),
        beyond=delivered({"C-1": VALID}, certificate_number="C-2"),
    ),
    "PRE-014": Case(
        certified(),
        delivered(certificate_number=""),
        at=delivered(
            certificate_number="", verifier="V", verifier_accreditation="A-1", verification_dated_on=date(2027, 2, 1)
        ),
        beyond=delivered(certificate_number="", verifier="V", verifier_accreditation="A-1"),
    ),
    "PRE-015": Case(
        delivered(period_ends_on=LAST_DAY, verification_dated_on=date(2027, 2, 1)),
        delivered(period_ends_on=LAST_DAY, verification_dated_on=date(2026, 2, 1)),
        at=delivered(period_ends_on=LAST_DAY, verification_dated_on=NEXT_DAY),
        beyond=delivered(period_ends_on=LAST_DAY, verification_dated_on=LAST_DAY),
    ),
    "PRE-016": Case(
        bought(is_traced_subset=True, supplies=(supply(is_traced=True),)),
        bought(is_traced_subset=True),
        at=bought(is_traced_subset=False, supplies=(supply(),)),
        beyond=bought(is_traced_subset=True, supplies=(supply(is_traced=False),)),
    ),
    "PRE-017": Case(delivered(), delivered(country="IN"), at=delivered(country=""), beyond=delivered(country="TM")),
    "PRE-018": Case(
        bought(),
        bought(see_direct_source="unknown"),
        at=bought(see_direct_source="unknown", see_direct_tco2e_per_unit="0"),
        beyond=bought(see_direct_source=""),
    ),
    "PRE-019": Case(
        CLEAN,
        subject(good(default_share_indirect="0.5")),
        at=subject(good(default_share_indirect="0.10")),
        beyond=subject(good(default_share_indirect="0.1001")),
    ),
    "PRE-020": Case(
        bought(see_direct_source="default", default_justification="Asked in May"),
        bought(see_direct_source="default"),
        at=bought(see_direct_source="measured"),
        beyond=bought(see_direct_source="default", default_justification=""),
    ),
    "PRE-021": Case(
        bought(),
        bought(consumed_in=(use("P9", "500"),)),
        at=bought(consumed_in=(use("P9", "0"),)),
        beyond=bought(consumed_in=(use("P9", "0.1"),)),
    ),
    "PRE-022": Case(
        delivered(period_starts_on=date(2026, 1, 1), period_ends_on=LAST_DAY),
        delivered(period_starts_on=LAST_DAY, period_ends_on=date(2026, 1, 1)),
        at=delivered(period_starts_on=LAST_DAY, period_ends_on=LAST_DAY),
        beyond=delivered(period_starts_on=LAST_DAY, period_ends_on=date(2026, 12, 30)),
    ),
}
