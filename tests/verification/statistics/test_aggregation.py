"""Sums, shares and percentiles of decided claims."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.settings.env import BASE_DIR
from verification.statistics.aggregation import DIMENSIONS, MOST_GROUNDS, DecidedClaim, percentile, tally
from verification.statistics.groups import (
    COUNTRY_GROUPS,
    LEAST_DEVELOPED,
    NO_GOODS,
    REGIONS,
    SIZE_CLASSES,
    country_group,
    size_class,
    verified_tonnes,
)

pytestmark = pytest.mark.unit


def claim(**more) -> DecidedClaim:
    facts = {
        "kind": "emissions", "year": "2027", "country_group": "asia", "size": "below_1000", "is_approved": True,
        "working_days": 10, "questions": 0,
    }  # fmt: skip
    return DecidedClaim(**facts | more)


def test_figures_of_a_group() -> None:
    claims = [claim(working_days=days, is_approved=days < 9, questions=days % 2) for days in range(1, 11)]
    report = tally(claims).report()
    assert report["total"] == {
        "claims": 10,
        "approved_permille": 800,
        "median_days": 5,
        "ninth_decile_days": 9,
        "questions_permille": 500,
    }
    assert report["tables"]["country_group"] == [{"key": "asia", "figures": report["total"]}]


def test_small_groups_are_not_in_the_report() -> None:
    claims = (
        [claim(country_group="asia")] * 20 + [claim(country_group="africa")] * 3 + [claim(country_group="europe")] * 6
    )
    table = {row["key"]: row["figures"] for row in tally(claims).report()["tables"]["country_group"]}
    assert (table["africa"], table["europe"], table["asia"]["claims"]) == (None, None, 20)


def test_rows_stand_in_one_order_whatever_their_numbers() -> None:
    claims = [claim(country_group=group, year=year) for group in reversed(COUNTRY_GROUPS) for year in ("2028", "2027")]
    claims *= 5
    tables = tally(claims).report()["tables"]
    assert [row["key"] for row in tables["country_group"]] == list(COUNTRY_GROUPS)
    assert [row["key"] for row in tables["year"]] == ["2027", "2028"]


def test_fewer_than_five_claims_say_nothing() -> None:
    report = tally([claim(is_approved=False, legal_ground="Article 8")] * 4).report()
    assert report["total"] is None
    assert report["tables"] == {name: [] for name in DIMENSIONS}
    assert report["refusals"] == {"total": None, "grounds": [], "hidden": 0}


def test_refusals_by_ground_the_most_frequent_first() -> None:
    claims = [claim(is_approved=False, legal_ground="A")] * 6 + [claim(is_approved=False, legal_ground="B")] * 9
    assert tally([*claims, claim()]).report()["refusals"] == {
        "total": 15,
        "grounds": [{"ground": "B", "claims": 9}, {"ground": "A", "claims": 6}],
        "hidden": 0,
    }


def test_many_grounds_are_put_together() -> None:
    claims = [claim(is_approved=False, legal_ground=f"G{n:02}") for n in range(MOST_GROUNDS + 6) for _ in range(5)]
    grounds = tally(claims).report()["refusals"]["grounds"]
    assert (len(grounds), grounds[-1]) == (MOST_GROUNDS + 1, {"ground": "other", "claims": 30})


@settings(deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=200), st.integers(1, 100))
def test_percentile_is_the_nearest_rank(days: list[int], percent: int) -> None:
    found = percentile(Counter(days), percent)
    assert sum(each <= found for each in days) * 100 >= percent * len(days)
    assert sum(each < found for each in days) * 100 < percent * len(days)


def test_every_country_of_the_schemes_is_in_one_group() -> None:
    rows = csv.DictReader((BASE_DIR / "verification/reference/packs/eu-cbam/tables/countries.csv").open())
    found = {row["iso2"]: country_group(row["iso2"], date(2027, 1, 1)) for row in rows}
    assert {code for code, group in found.items() if group == "elsewhere"} == {"AQ"}
    assert set(found.values()) == {LEAST_DEVELOPED, *REGIONS, "elsewhere"}
    assert (found["TR"], found["IN"], found["UA"], found["ET"]) == ("asia", "asia", "europe", LEAST_DEVELOPED)


def test_country_leaves_the_list_on_its_day() -> None:
    assert country_group("NP", date(2026, 11, 23)) == LEAST_DEVELOPED
    assert country_group("NP", date(2026, 11, 24)) == "asia"


def test_sizes_go_up_to_their_bound() -> None:
    tonnes = [None, Decimal(0), Decimal("999.9"), Decimal(1000), Decimal(99_999), Decimal(10**6), Decimal(10**9)]
    assert [size_class(each) for each in tonnes] == [
        NO_GOODS, "below_1000", "below_1000", "below_10000", "below_100000", "from_1000000", "from_1000000",
    ]  # fmt: skip
    assert {size_class(each) for each in tonnes} <= set(SIZE_CLASSES)


def test_goods_of_one_process_share_its_quantity() -> None:
    goods = [
        {"cn": "72081000", "process": "Mill", "quantity": "1200.5"},
        {"cn": "72083900", "process": "Mill", "quantity": "1200.5"},
        {"cn": "28041000", "process": "Cells", "quantity": "10"},
        {"cn": "28042900", "process": "Other", "quantity": None},
    ]
    assert verified_tonnes(goods) == Decimal("1210.5")
    assert verified_tonnes([{"cn": "1", "quantity": None}]) is None
    assert verified_tonnes([]) is None
