from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portal.ui.templatetags import ui

pytestmark = pytest.mark.unit
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Decimal("1252286.725"), 2, f"1{NBSP}252{NBSP}286.73"),
        (Decimal("-0.83897"), 5, "\u22120.83897"),
        (Decimal("-0.001"), 2, "0.00"),
        ("0.485", 2, "0.49"),
        (3644, None, f"3{NBSP}644"),
        (Decimal("75.1200"), None, "75.12"),
        (Decimal(0), None, "0"),
        (None, 2, "\u2013"),
        ("", None, "\u2013"),
    ],
)
def test_number_is_grouped_signed_and_rounded_half_up(value, decimals, shown):
    assert ui.number(value, decimals) == shown


def test_number_refuses_a_float():
    with pytest.raises(ValueError, match="float"):
        ui.number(0.1)


def test_units_of_law_have_their_decimals():
    assert ui.see(Decimal("1.702034")) == "1.70203"
    assert ui.default_value(Decimal("2.541")) == "2.541"
    assert ui.money(Decimal("64.385")) == f"EUR{NBSP}64.39"
    assert ui.money(Decimal(45), ui.currency("SGD/tCO2e")) == f"SGD{NBSP}45.00"
    assert ui.currency(None) == ""
    assert ui.percent(Decimal("0.3302")) == f"33.0{NBSP}%"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("72142000", f"7214{NBSP}20{NBSP}00"), ("7214", "7214"), ("7214 2000 10", f"7214{NBSP}20{NBSP}00{NBSP}10")],
)
def test_cn_code_stands_in_groups(code, shown):
    assert ui.cn_code(code) == shown


def test_dates_carry_iso_in_the_attribute():
    assert ui.day(date(2027, 3, 3)) == f'<time datetime="2027-03-03">3{NBSP}Mar{NBSP}2027</time>'
    assert ui.instant(datetime(2027, 3, 3, 14, 31, tzinfo=UTC)) == (
        f'<time datetime="2027-03-03T14:31:00Z">3{NBSP}Mar{NBSP}2027,{NBSP}14:31 UTC</time>'
    )
    assert ui.day(None) == "\u2013"


def test_file_size_is_readable():
    assert ui.file_size(1_300_000) == f"1.3{NBSP}MB"
    assert ui.file_size(12) == f"12{NBSP}bytes"
