"""Numbers of law: dated, cited, chosen by the legal date; standard factors by the name of the stream."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
import yaml

from verification.checks.limits import (
    DATA,
    carbonate_factor_named,
    category_facts,
    fuel_named,
    limit,
)

pytestmark = pytest.mark.unit
CITATION = re.compile(r"Regulation \(EU\) \d{4}/\d+, (Article|Annex)")
LIMITS = yaml.safe_load((DATA / "limits.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_every_limit_is_dated_and_cites_its_rule(name):
    assert LIMITS[name]["unit"]
    for day, row in LIMITS[name]["values"].items():
        assert isinstance(day, date)
        assert CITATION.search(row["reference"])
        assert row["published_on"] <= row["checked_on"]
        assert Decimal(row["value"]) > 0


@pytest.mark.parametrize("name", ["standard_factors.yaml", "categories.yaml"])
def test_tables_cite_their_act(name):
    table = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    assert CITATION.search(table["reference"])
    assert table["published_on"] <= table["checked_on"]


def test_limit_is_that_of_the_day_and_the_first_before_it():
    assert limit("materiality", date(2026, 12, 31)) == Decimal("0.05")
    assert limit("materiality", date(2023, 12, 31)) == Decimal("0.05")


def test_unknown_limit_is_an_error():
    with pytest.raises(KeyError):
        limit("nothing", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("name", "factor"),
    [("Natural gas", "56.1"), ("  natural   GAS ", "56.1"), ("Coke breeze", "107.0"), ("Heavy fuel oil", "77.4")],
)
def test_fuel_is_found_by_its_whole_name(name, factor):
    fuel = fuel_named(name)
    assert fuel is not None
    assert fuel.emission_factor == Decimal(factor)


@pytest.mark.parametrize("name", ["", "Natural gas and biogas", "Refuse-derived fuel", "Limestone"])
def test_mixtures_and_materials_are_no_standard_fuel(name):
    assert fuel_named(name) is None


def test_carbonate_is_found_by_its_whole_name():
    assert carbonate_factor_named("Limestone") == Decimal("0.440")
    assert carbonate_factor_named("Limestone and other additions") is None


def test_standard_names_are_given_once():
    table = yaml.safe_load((DATA / "standard_factors.yaml").read_text(encoding="utf-8"))
    names = [name for group in ("fuels", "carbonates") for row in table[group] for name in row["names"]]
    assert len(names) == len(set(names))
    assert names == [name.casefold() for name in names]


def test_every_category_of_the_template_is_known():
    from verification.accounting.categories import categories

    for category in categories():
        facts = category_facts(category.name)
        assert facts is not None, category.name
        assert facts.direct[0] < facts.direct[1]
        assert facts.electricity[0] < facts.electricity[1]
    assert category_facts("Something else") is None


def test_precursors_of_a_category_are_categories():
    from verification.accounting.categories import categories

    names = {category.name.casefold() for category in categories()}
    for category in categories():
        facts = category_facts(category.name)
        assert facts is not None
        assert facts.precursors - names == set()
