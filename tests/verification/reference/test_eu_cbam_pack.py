"""The shipped pack of the European scheme says what the acts say."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scenarios.packs import PACKS
from verification.reference.pack import read_pack

pytestmark = pytest.mark.unit

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "facts"


@pytest.fixture(scope="module")
def content():
    return read_pack(PACKS / "eu-cbam")


@pytest.fixture(scope="module")
def rows(content):
    return {table.kind: table.rows for table in content.tables}


def test_default_values_are_complete(rows):
    reasons = Counter(row["no_value_reason"] for row in rows["default_values"])
    assert reasons == {"": 10_931, "heading": 874, "dash": 727}
    assert len({row["country"] for row in rows["default_values"]}) == 120
    assert {row["variant"] for row in rows["default_values"]} == {"", "grey", "white"}


def test_default_values_say_that_they_are_superseded(content):
    edition = content.tables_of("default_values")[0].edition
    assert (edition["legal_status"], edition["superseded_by"]) == (
        "superseded",
        "Implementing Regulation (EU) 2026/1740",
    )


def test_benchmarks_are_complete(rows):
    assert Counter(row["column"] for row in rows["benchmarks"]) == {"A": 661, "B": 1_804}
    assert len({row["cn_code"] for row in rows["benchmarks"]}) == 570


def test_scope_follows_the_regulation_and_not_the_template(rows):
    scopes = {row["cn_code"]: row["scope"] for row in rows["goods"]}
    both = {code for code, scope in scopes.items() if scope == "direct_and_indirect"}
    assert {code[:2] for code in both} == {"25", "26", "28", "31"}
    assert {"28141000", "28142000", "26011200"} <= both
    assert scopes["28041000"] == scopes["27160000"] == scopes["72083900"] == "direct"


def test_every_good_but_electricity_has_a_default_or_a_heading(rows):
    prefixes = {row["cn_prefix"] for row in rows["default_values"]}
    without = {
        row["cn_code"] for row in rows["goods"] if not any(row["cn_code"][:length] in prefixes for length in (4, 6, 8))
    }
    assert without == {"27160000"}


def test_countries_outside_the_scheme_and_inside_the_union(rows):
    standing = {row["iso2"]: row["standing"] for row in rows["countries"]}
    assert {code for code, kind in standing.items() if kind == "exempt"} == {"IS", "LI", "NO", "CH"}
    assert standing["DE"] == standing["RE"] == "domestic"
    assert standing["XK"] == standing["GB"] == "third_country"


def test_prices_are_those_published_and_end_there(content):
    prices = [row for row in content.parameters if row["name"] == "certificate_price"]
    assert [str(row["value"]) for row in prices] == ["75.36", "75.28", "82.32"]
    assert [row["certainty"] for row in prices] == ["confirmed", "secondary", "secondary"]
    assert str(prices[-1]["valid_to"]) == "2026-10-01"


def test_every_parameter_says_where_and_when_it_was_read(content):
    for row in content.parameters:
        assert row["reference"]
        assert row["checked_on"]
        assert row["description"]


def test_no_electricity_factor_is_shipped(content):
    assert not any("electricity" in row["name"] and row["unit"] != "fraction" for row in content.parameters)
    assert {table.kind for table in content.tables} == {
        "goods", "categories", "countries", "default_values", "benchmarks", "unit_programmes", "unit_types",
        "unit_eligibility", "unit_limits",
    }  # fmt: skip


if PUBLISHED.is_dir():

    def test_default_values_equal_the_published_workbook(rows):
        with (PUBLISHED / "eu_default_values_2025_2621_v1.csv").open(encoding="utf-8", newline="") as file:
            published = {
                (row["iso2"] or "other", row["cn_code"], row["variant"]): row["total_t_per_t"]
                for row in csv.DictReader(file)
            }
        shipped = {(row["country"], row["cn_prefix"], row["variant"]): row["total"] for row in rows["default_values"]}
        assert shipped == {key: Decimal(total) if total else None for key, total in published.items()}

    def test_benchmarks_equal_the_published_workbook(rows):
        starts = {"": 2026, "1": 2026, "2": 2028}
        with (PUBLISHED / "eu_benchmarks_2025_2620.csv").open(encoding="utf-8", newline="") as file:
            published = {
                (row["cn_code"], row["column"], row["route"], starts[row["period_indicator"]]): row["benchmark_t_per_t"]
                for row in csv.DictReader(file)
            }
        shipped = {
            (row["cn_code"], row["column"], row["route"], row["valid_from"].year): str(row["value"])
            for row in rows["benchmarks"]
        }
        assert shipped == published
