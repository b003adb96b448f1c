from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.accounting.entry.sections import SECTIONS
from verification.accounting.entry.units import UnknownUnit, from_base, in_base, unit_named, units_like
from verification.accounting.entry.values import base_unit, in_field_base

pytestmark = pytest.mark.unit

OFFERED = sorted(
    {(unit, base_unit(field, unit)) for section in SECTIONS for field in section.fields for unit in field.units}
)
NUMBERS = st.decimals(min_value=Decimal("-1e15"), max_value=Decimal("1e15"), places=12)


@given(NUMBERS, st.sampled_from(OFFERED))
def test_conversion_and_its_inverse_are_identity(value, offered):
    unit, base = offered
    if base == "%":
        there = in_field_base(value, unit, base)
        assert in_field_base(there, base, "share of 1") == value / (1 if unit == "share of 1" else 100)
        return
    assert from_base(in_base(value, unit, base)[0], unit, base) == value


@pytest.mark.parametrize(
    ("value", "unit", "base", "expected"),
    [
        ("1", "MWh", "TJ", "0.0036"),
        ("1", "GWh", "TJ", "3.6"),
        ("1", "TJ", "MWh", "277.7777777777777777777777777777777777778"),
        ("202", "kgCO2/MWh", "tCO2/TJ", "56.11111111111111111111111111111111111111"),
        ("6000", "kcal/kg", "GJ/t", "25.1208"),
        ("10.2", "kWh/Nm3", "GJ/1000Nm3", "36.72"),
        ("38", "MJ/Nm3", "GJ/1000Nm3", "38"),
        ("48", "TJ/Gg", "GJ/t", "48"),
        ("0.048", "TJ/t", "GJ/t", "48"),
        ("1.9", "kgCO2/Nm3", "tCO2/1000Nm3", "1.9"),
        ("80", "% C", "tC/t", "0.8"),
        ("833", "gCO2e/kWh", "tCO2e/MWh", "0.833"),
        ("1", "million Nm3", "1000Nm3", "1000"),
        ("2", "thousand units", "category unit", "2000"),
        ("-3", "kg", "t", "-0.003"),
    ],
)
def test_known_conversions_are_exact(value, unit, base, expected):
    assert in_base(Decimal(value), unit, base) == (Decimal(expected), base)


def test_share_in_a_field_of_percent_is_a_hundredfold():
    assert in_field_base(Decimal("0.123456789012345678901234567891"), "share of 1", "%") == Decimal(
        "12.3456789012345678901234567891"
    )


def test_every_unit_of_the_declaration_is_known_and_its_base_has_factor_one():
    assert [unit_named(base, base).factor for _, base in OFFERED if base != "%"] == [1] * len(
        [base for _, base in OFFERED if base != "%"]
    )
    assert len(OFFERED) > 50


def test_units_of_another_kind_cannot_be_mixed():
    with pytest.raises(UnknownUnit):
        in_base(Decimal(1), "kg", "TJ")
    with pytest.raises(UnknownUnit):
        unit_named("barrel")


def test_units_like_starts_with_the_base():
    assert units_like("kg") == ("t", "kg", "kt")
