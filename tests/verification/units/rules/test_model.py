"""Rules are picked by the day that each is about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from verification.kernel.errors import MissingReference
from verification.kernel.spans import Span
from verification.units.rules import (
    ChannelRow,
    EligibilityRow,
    HostAgreementRow,
    LimitPolicy,
    Switch,
    UnitRules,
)

pytestmark = pytest.mark.unit

OPEN = Span(date(2026, 1, 1))
IN_2026, IN_2027 = Span.year(2026), Span(date(2027, 1, 1))


def eligibility(**more: Any) -> EligibilityRow:
    return EligibilityRow(**{
        "code": "row", "programme": "VCS", "unit_type": "VCU", "outcome": "accept", "span": OPEN,
        "certainty": "confirmed", "reference": "Act 1",
    } | more)  # fmt: skip


def channel(value: str, status: str, span: Span) -> ChannelRow:
    return ChannelRow(value, status, span, "confirmed", "Act 1")


def rules(**more: Any) -> UnitRules:
    return UnitRules("test-scheme", "0" * 64, **more)


def record(**more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        name: [] for name in ("channels", "programmes", "types", "eligibility", "agreements", "limits")
    }
    return {"scheme": "test-scheme", "release": 1, "content_sha256": "0" * 64, "switches": {}} | empty | more


def test_draft_is_no_law():
    found = rules(channels=(
        channel("none", "in_force", IN_2026),
        channel("surrender_with_limit", "model", IN_2027),
        channel("inside_carbon_price", "draft", OPEN),
    ))  # fmt: skip
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    assert [found.channel_on(day).value for day in (last, first)] == ["none", "surrender_with_limit"]
    assert [found.takes_units_on(day) for day in (date(2025, 12, 31), last, first)] == [False, False, True]
    assert found.channel_on(date(2025, 12, 31)) is None
    assert found.draft_channel_on(last).value == "inside_carbon_price"


def test_draft_alone_lets_nothing_through():
    found = rules(channels=(channel("surrender_with_limit", "draft", OPEN),))
    assert found.channel_on(date(2026, 5, 1)) is None
    assert not found.takes_units_on(date(2026, 5, 1))


def test_eligibility_is_that_of_the_day_of_cancellation():
    row = eligibility(span=IN_2026, cancelled_from=date(2026, 2, 1), cancelled_to=date(2026, 11, 30))
    found = rules(eligibility=(row,))
    days = {date(2026, 1, 31): 0, date(2026, 2, 1): 1, date(2026, 11, 30): 1, date(2026, 12, 1): 0}
    assert {day: len(found.eligibility_on(day)) for day in days} == days
    unbounded = rules(eligibility=(eligibility(span=IN_2026),))
    days = {date(2025, 12, 31): 0, date(2026, 1, 1): 1, date(2026, 12, 31): 1, date(2027, 1, 1): 0}
    assert {day: len(unbounded.eligibility_on(day)) for day in days} == days


@pytest.mark.parametrize(
    ("row", "programme", "unit_type", "is_about"),
    [
        (eligibility(), "VCS", "VCU", True),
        (eligibility(), "GS", "VCU", False),
        (eligibility(), "VCS", "CER", False),
        (eligibility(programme=""), "GS", "VCU", True),
        (eligibility(unit_type=""), "VCS", "CER", True),
    ],
)
def test_row_is_about_its_programme_and_type(row, programme, unit_type, is_about):
    assert row.is_about(programme, unit_type) is is_about


def test_refusal_comes_before_what_it_outweighs():
    rows = tuple(
        eligibility(code=code, outcome=outcome, unit_type=unit_type)
        for code, outcome, unit_type in (
            ("b", "accept", ""), ("a", "accept", ""), ("c", "refer", "VCU"), ("d", "refuse", ""),
            ("e", "refuse", "CER"),
        )
    )  # fmt: skip
    found = rules(eligibility=rows)
    assert [row.code for row in found.eligibility_for("VCS", "VCU", date(2026, 3, 1))] == ["d", "c", "a", "b"]
    assert found.eligibility_for("VCS", "VCU", date(2025, 12, 31)) == ()
    assert found.eligibility_for("GS", "VCU", date(2026, 3, 1)) == ()


def test_hosts_named_and_left_out():
    assert eligibility().names_host("KE")
    assert not eligibility(host_exclude=("KE",)).names_host("KE")
    assert eligibility(host_include=("GH", "PG")).names_host("GH")
    assert not eligibility(host_include=("GH", "PG")).names_host("KE")


@pytest.mark.parametrize(
    ("method", "labels", "is_excluded"),
    [
        ("AMS-II.G", (), True),
        ("ams-ii.g v12", (), True),
        (" VMR0006 ", (), True),
        ("VM0050", (), False),
        ("AMS-II.GX", (), True),
        ("AMS-II", (), False),
        ("VMR0006", ("Other label",), True),
        ("VMR0006", ("CORSIA",), False),
    ],
)
def test_excluded_method_is_referred_unless_the_label_says_otherwise(method, labels, is_excluded):
    row = eligibility(methodology_exclude=("AMS-II.G*", "VMR0006"), exclusion_label="CORSIA")
    assert row.excludes_methodology(method, labels) is is_excluded


def test_exclusion_without_a_label_cannot_be_lifted():
    row = eligibility(methodology_exclude=("VMR0006",))
    assert row.excludes_methodology("VMR0006", ("",))
    assert eligibility(methodology_include=("ACM*",)).names_methodology("acm0002")
    assert not eligibility(methodology_include=("ACM*",)).names_methodology("AM0001")
    assert eligibility().names_methodology("anything")


def test_agreement_holds_within_its_own_days_and_those_of_its_row():
    row = HostAgreementRow(
        "GH", Span(date(2024, 1, 1), date(2029, 1, 1)), "confirmed", "Agreement", in_force_from=date(2025, 3, 1),
        in_force_to=date(2028, 3, 1),
    )  # fmt: skip
    found = rules(agreements=(row,))
    days = {date(2025, 2, 28): False, date(2025, 3, 1): True, date(2028, 2, 29): True, date(2028, 3, 1): False}
    assert {day: found.agreement_with("GH", day) is not None for day in days} == days
    assert found.agreement_with("KE", date(2026, 1, 1)) is None
    undated = rules(agreements=(replace(row, in_force_from=None, in_force_to=None),))
    days = {date(2023, 12, 31): False, date(2024, 1, 1): True, date(2028, 12, 31): True, date(2029, 1, 1): False}
    assert {day: undated.agreement_with("GH", day) is not None for day in days} == days


def test_limit_is_that_of_the_first_day_of_the_period():
    first = LimitPolicy("a", "gross", Decimal(5), IN_2026, "confirmed", "Act 1")
    found = rules(limits=(first, replace(first, code="b", span=IN_2027)))
    assert [found.limit_for(day).code for day in (date(2026, 12, 31), date(2027, 1, 1))] == ["a", "b"]
    with pytest.raises(MissingReference, match="sets no limit on units for a period from 2025-01-01"):
        found.limit_for(date(2025, 1, 1))


@pytest.mark.parametrize(
    ("stated", "period_end", "expected"),
    [
        ("+1-09-30", date(2027, 1, 1), date(2027, 9, 30)),
        ("+0-12-31", date(2027, 1, 1), date(2026, 12, 31)),
        ("+1-03-31", date(2026, 7, 1), date(2027, 3, 31)),
        ("not_stated", date(2027, 1, 1), None),
    ],
)
def test_filing_deadline_counts_from_the_year_in_which_the_period_ends(stated, period_end, expected):
    found = rules(switches={"filing_deadline": Switch("filing_deadline", stated, "confirmed", "Act 1")})
    assert found.filing_deadline(period_end) == expected


def test_switch_that_the_scheme_does_not_say_is_missing():
    with pytest.raises(MissingReference, match="does not say its filing deadline"):
        rules().filing_deadline(date(2027, 1, 1))
    with pytest.raises(MissingReference, match="intl credit cap"):
        rules().switch("intl_credit_cap")


def test_record_is_read_as_days_decimals_and_tuples():
    held = {"valid_from": "2026-01-01", "valid_to": None, "certainty": "confirmed", "reference": "Act 1", "note": "n"}
    agreement = {"host_country": "GH", "signed_on": "2024-05-27", "in_force_from": None, "in_force_to": None,
                 "loa_levy_percent": "2", "url": "", **held}  # fmt: skip
    limit = {"code": "a", "base": "taxable", "percent": "5", "sublimits": [{"class": "x", "percent_of_limit": "50"}],
             "carry_over_years": 1, "carry_over_cap": None, "rounding": "floor",
             "unit_factors": [{"class": "x", "factor": "0.5"}], **held}  # fmt: skip
    order = {"value": ["units", "price_credit"], "certainty": "confirmed", "reference": "Act 1", "note": ""}
    found = UnitRules.from_record(record(agreements=[agreement], limits=[limit], switches={"order": order}))
    assert found.agreements[0] == HostAgreementRow(
        "GH", OPEN, "confirmed", "Act 1", signed_on=date(2024, 5, 27), loa_levy_percent=Decimal(2), note="n"
    )
    assert found.limits[0] == LimitPolicy(
        "a", "taxable", Decimal(5), OPEN, "confirmed", "Act 1", sublimits={"x": Decimal(50)},
        unit_factors={"x": Decimal("0.5")}, carry_over_years=1, note="n",
    )  # fmt: skip
    assert found.switch("order").value == ("units", "price_credit")


@pytest.mark.parametrize("broken", [
    {"limits": [{"percent": "5"}]},
    {"channels": [{"valid_from": "soon", "valid_to": None}]},
    {"channels": [{"valid_from": "2026-01-01", "valid_to": "2026-01-01"}]},
])  # fmt: skip
def test_record_of_another_shape_is_refused(broken):
    with pytest.raises((KeyError, ValueError)):
        UnitRules.from_record(record(**broken))
