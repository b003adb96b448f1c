"""Which visits a period allows, and that the checks judge a signed statement alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.verification.checks.builders import good, statement, subject
from verification.checks import run_checks
from verification.claims.enums import VisitKind
from verification.claims.verification.visits import VisitLimits, allowed_kinds, limits_on, visit_refusal

pytestmark = pytest.mark.unit
YEAR, LAST_DAY = 2026, date(2026, 12, 31)
LIMITS = limits_on(LAST_DAY)
P, V, W = VisitKind.PHYSICAL, VisitKind.VIRTUAL, VisitKind.WAIVED


def after(*kinds: VisitKind | None) -> dict[int, str]:
    """The history with the latest year first; ``None`` for a year without a verified period."""
    return {YEAR - back: kind for back, kind in enumerate(kinds, start=1) if kind}


def test_limits_are_those_of_the_act():
    assert VisitLimits(before_virtual=1, before_waiver=2, periods_for_electricity=5) == LIMITS


@pytest.mark.parametrize(
    ("history", "allowed"),
    [
        (after(), {P}),
        (after(P), {P, V}),
        (after(V), {P}),
        (after(W), {P}),
        (after(None, P), {P}),
        (after(P, P), {P, V, W}),
        (after(P, V), {P, V}),
        (after(P, None, P), {P, V}),
        (after(V, P, P), {P}),
        (after(W, P, P), {P}),
        (after(P, W, P), {P, V}),
    ],
)
def test_kinds_after_a_history(history, allowed):
    assert allowed_kinds(history, YEAR, limits=LIMITS) == allowed


@pytest.mark.parametrize(
    ("history", "allowed"),
    [
        (after(W, W, W, W, P), {P, W}),
        (after(W, W, W, W, W, P), {P}),
        (after(V, V), {P}),
        (after(), {P}),
    ],
)
def test_power_station_may_waive_after_one_visit_in_five(history, allowed):
    assert allowed_kinds(history, YEAR, limits=LIMITS, makes_electricity_alone=True) == allowed


@pytest.mark.parametrize("kind", [V, W])
@pytest.mark.parametrize("is_force_majeure", [True, False])
def test_first_verified_period_needs_a_visit_in_person(kind, is_force_majeure):
    refusal = visit_refusal(kind, {}, YEAR, limits=LIMITS, is_force_majeure=is_force_majeure)
    assert refusal.code == "VER-005"


def test_force_majeure_allows_a_virtual_visit_and_no_waiver():
    history = after(V)
    assert visit_refusal(V, history, YEAR, limits=LIMITS).code == "VER-012"
    assert visit_refusal(V, history, YEAR, limits=LIMITS, is_force_majeure=True) is None
    assert visit_refusal(W, history, YEAR, limits=LIMITS, is_force_majeure=True).code == "VER-013"


def test_later_years_are_no_history():
    assert visit_refusal(V, {YEAR: P, YEAR + 1: P}, YEAR, limits=LIMITS).code == "VER-005"


HISTORIES = st.lists(st.sampled_from([P, V, W, None]), max_size=7).map(lambda kinds: after(*kinds))
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(HISTORIES, st.sampled_from([P, V, W]), st.booleans())
def test_refusal_says_no_exactly_where_the_kind_is_not_allowed(history, kind, is_power_station):
    allowed = allowed_kinds(history, YEAR, limits=LIMITS, makes_electricity_alone=is_power_station)
    refusal = visit_refusal(kind, history, YEAR, limits=LIMITS, makes_electricity_alone=is_power_station)
    assert (refusal is None) == (kind in allowed)
    assert P in allowed


@QUICK
@given(HISTORIES, st.integers(0, 6), st.booleans())
def test_a_visit_in_person_more_never_takes_a_kind_away(history, back, is_power_station):
    more = history | {YEAR - 1 - back: P}
    before = allowed_kinds(history, YEAR, limits=LIMITS, makes_electricity_alone=is_power_station)
    assert before <= allowed_kinds(more, YEAR, limits=LIMITS, makes_electricity_alone=is_power_station)


@QUICK
@given(HISTORIES, st.sampled_from([P, V, W]), st.booleans())
def test_checks_of_the_officials_say_the_same(history, kind, is_power_station):
    """The checks see at most six years back, the latest first."""
    first = min(history, default=YEAR)
    before = tuple(history.get(year) for year in range(YEAR - 1, max(first, YEAR - 6) - 1, -1))
    made = good(category="Electricity (export to EU)", list_category="", parameters={}) if is_power_station else good()
    looked_at = subject(
        made,
        statement(
            visit_kind=kind, visit_ground="Risk analysis", earlier_visits=before, is_first_verified_period=not history
        ),
    )
    said = {finding.code for finding in run_checks(looked_at)} & {"VER-005", "VER-012", "VER-013"}
    refusal = visit_refusal(kind, history, YEAR, limits=LIMITS, makes_electricity_alone=is_power_station)
    assert bool(said) == (refusal is not None)
    assert refusal is None or refusal.code in said
