from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.accounting.entry.numbers import NotANumber, grouped, is_scientific, number_from
from verification.kernel.quantities import plain

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1.5", ".", "1.5"),
        ("1,5", ".", "1.5"),
        ("1,5", ",", "1.5"),
        ("1.5", ",", "1.5"),
        ("0,525", ".", "0.525"),
        ("1.500", ".", "1.5"),
        ("1,500", ",", "1.5"),
        ("1 500", ".", "1500"),
        ("1\u00a0500\u202f250,75", ".", "1500250.75"),
        ("1'500", ".", "1500"),
        ("1’500.25", ",", "1500.25"),
        ("1,234.5", ",", "1234.5"),
        ("1.234,5", ".", "1234.5"),
        ("1,234,567", ".", "1234567"),
        ("12,34,567.89", ".", "1234567.89"),
        ("1234,567", ".", "1234.567"),
        ("1e9", ".", "1000000000"),
        ("2.5E-3", ".", "0.0025"),
        ("１２３", ".", "123"),
        ("٣٫٥", ".", "3.5"),
        ("−5", ".", "-5"),
        ("+7", ".", "7"),
        ("-0", ".", "0"),
        ("\u200e42\ufeff", ".", "42"),
        (".5", ".", "0.5"),
        ("0." + "1" * 40, ".", "0." + "1" * 40),
    ],
)
def test_clear_number_is_read(text, mark, expected):
    assert plain(number_from(text, mark)) == plain(Decimal(expected))


@pytest.mark.parametrize(
    ("text", "mark", "code", "message"),
    [
        ("1,500", ".", "ENT-003", "Is this 1500 or 1.5?"),
        ("1.500", ",", "ENT-003", "Is this 1500 or 1,5?"),
        ("-12,345", ".", "ENT-003", "Is this 12345 or 12.345?"),
        ("", ".", "ENT-001", "No number is given."),
        ("1 50", ".", "ENT-002", "The separators in 1 50 stand where no number has them."),
        ("1,23,4", ".", "ENT-002", "The separators in 1,23,4 stand where no number has them."),
        ("1..2", ".", "ENT-002", "The separators in 1..2 stand where no number has them."),
        ("12 t", ".", "ENT-002", "The number has words or a unit behind it."),
        ("40 %", ".", "ENT-002", "The number carries a percent sign."),
        ("NaN", ".", "ENT-002", "This is no finite number."),
        ("-Infinity", ".", "ENT-002", "This is no finite number."),
        ("(12)", ".", "ENT-002", "The number stands in brackets."),
        ("=A1", ".", "ENT-002", "This is a formula."),
        ("#DIV/0!", ".", "ENT-002", "This is an error of a spreadsheet."),
        ("~12", ".", "ENT-002", "This is a limit or an estimate, no number."),
        ("about twelve", ".", "ENT-002", "This is no number."),
        ("1e999999", ".", "ENT-004", "The power of ten, 999999, is beyond any quantity."),
        ("9" * 41, ".", "ENT-004", "The number has 41 digits."),
        ("9" * 1_000_000, ".", "ENT-004", "The number is 1000000 characters long."),
    ],
)
def test_unclear_number_is_refused_with_its_reason(text, mark, code, message):
    with pytest.raises(NotANumber) as refusal:
        number_from(text, mark)
    assert (refusal.value.code, refusal.value.message) == (code, message)


def test_trailing_unit_is_answered_with_where_to_choose_it():
    with pytest.raises(NotANumber) as refusal:
        number_from("12 t")
    assert refusal.value.mend == "Enter the number alone, and choose its unit beside it."


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_plain_and_grouped_digits_are_read_as_the_same_number(value):
    assert (number_from(plain(value)), number_from(grouped(value))) == (value, value)


@given(st.text(max_size=30), st.sampled_from(".,"))
def test_any_text_is_a_number_or_refused(text, mark):
    assert _outcome(text, mark) in ("finite", "ENT-001", "ENT-002", "ENT-003", "ENT-004")


def test_powers_of_ten_are_echoed_with_every_digit():
    assert (is_scientific("1e9"), is_scientific("1000"), grouped(Decimal("1e9"))) == (True, False, "1 000 000 000")


def _outcome(text, mark):
    try:
        return "finite" if number_from(text, mark).is_finite() else "infinite"
    except NotANumber as error:
        return error.code
