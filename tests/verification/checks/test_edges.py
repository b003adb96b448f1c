"""Further edges: several rows, other kinds beside the one that is meant, numbers with many digits."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest

from tests.verification.checks.builders import (
    CLEAN,
    addendum,
    chp,
    flow,
    good,
    material,
    measured,
    power,
    precursor,
    process,
    product,
    report,
    route,
    stream,
    subject,
    supply,
    use,
)
from tests.verification.checks.cases import CASES
from verification.checks import catalogue
from verification.checks.catalogue import run_check
from verification.checks.limits import limit
from verification.checks.model import Balance, EarlierGood, Reconciliation, Subject
from verification.checks.page import thresholds

pytestmark = pytest.mark.unit
RULES = {rule.code: rule for rule in catalogue()}
ELECTRICITY = "Electricity (export to EU)"


def read_again(looked_at: Subject) -> Subject:
    """The same claim in other objects."""
    return pickle.loads(pickle.dumps(looked_at))  # noqa: S301


def works(**values) -> Subject:
    return subject(report(processes=(process(**values),)))


def burning(*streams) -> Subject:
    return subject(report(source_streams=streams))


def bought(**values) -> Subject:
    return subject(report(precursors=(precursor(**values),)))


def factor(text: str) -> Subject:
    return subject(reconciliation=Reconciliation(Decimal(100), Decimal(100), Decimal(text), False))


def declared(number: str) -> Subject:
    return subject(report(electricity_addenda=(addendum(declarant_eori=number),)))


def balance(name: str, supplied: str, used: str) -> Subject:
    return subject(balances={name: Balance(Decimal(supplied), Decimal(used))})


def located(north: str, east: str, **values) -> Subject:
    return subject(file_latitude=Decimal(north), file_longitude=Decimal(east), **values)


def from_within(direct: str) -> Subject:
    part = precursor(country="DE", see_direct_tco2e_per_unit=direct)
    return subject(report(precursors=(part,)), domestic_countries=frozenset({"DE"}))


def station(*others, **values) -> Subject:
    made = process(category=ELECTRICITY, production=(route("100"),), electricity_mwh=None)
    return subject(report(processes=(made, *others), electricity_addenda=(addendum(**values),)))


def earlier(process_name: str, quantity: str = "1000", direct: str = "0.8") -> EarlierGood:
    return EarlierGood("25232900", process_name, Decimal("0.9"), Decimal(direct), Decimal(quantity))


SILENT = [
    ("DAT-001", subject(period_start=date(2027, 1, 1), period_end=date(2028, 1, 1))),
    ("STR-004", burning(stream(oxidation_percent="0.98"))),
    ("STR-004", burning(stream(oxidation_percent="1"))),
    ("STR-019", subject(report(measured_sources=(measured(operating_hours="0.5"),)))),
    ("STR-019", subject(report(measured_sources=(measured(operating_hours="0"),)))),
    ("STR-020", subject(report(measured_sources=(measured(concentration_g_per_nm3="0.5"),)))),
    ("STR-022", burning(stream(name=""), stream(name="", id="S2"))),
    ("STR-022", burning(stream(activity_data=None), stream(activity_data=None, id="S2"))),
    ("STR-027", burning(material(name="Clinker", emission_factor="0.9", emission_factor_unit="tCO2/TJ"))),
    ("STR-027", burning(material(name="Clinker", emission_factor="0.9", emission_factor_unit="tCO2/unit"))),
    ("STR-027", burning(material(name="Lime", emission_factor="0.9"))),
    ("STR-027", burning(stream(name="Clinker", emission_factor="0.9", emission_factor_unit="tCO2/t"))),
    ("SUM-003", factor("1.06")),
    ("SUM-003", factor("0.9")),
    ("SUM-012", works(production=(route("1050"),), scrap_and_off_specification="60")),
    ("ELE-014", station(process(id="P2", category="Cement", production=(route("1"),)), amount_mwh="100")),
    ("ELE-012", declared("DE1")),
    ("ELE-012", declared("DE123456789012345")),
    ("IDN-009", located("36.319402", "33.881967")),
    ("IDN-009", located("40", "40.01", latitude=Decimal(40), longitude=Decimal("40.01"))),
    ("IDN-009", located("40.05", "40.05", latitude=Decimal(40), longitude=Decimal("40.05"))),
    ("PRE-006", from_within("0")),
    ("IDN-009", located("33.6", "33.881967")),
    ("PRE-019", subject(good(default_share_indirect="0.05"))),
    ("PRE-019", subject(good(default_share_indirect="0.1"))),
    ("PLA-004", subject(good(), earlier=(earlier("Z"), earlier("A")))),
]
"""Nothing is found here."""

TOLD = [
    ("STR-011", burning(material(carbon_content="-0.5")), [("-0.5", "0 to 1")]),
    ("STR-019", subject(report(measured_sources=(measured(operating_hours="-0.5"),))), [("-0.5 h", "at most 8760 h")]),
    ("STR-027", burning(material(name="Lime"), material(name="Clinker")), []),
    (
        "STR-027",
        burning(material(name="Lime"), material(name="Clinker", emission_factor="0.9")),
        [("0.9", "0.525 ± 5 %")],
    ),
    ("PRE-006", from_within("800"), [("800 t CO2e per unit", "0.45 to 2")]),
    ("STR-028", burning(material(activity_data="-1")), [("-1", "0 or above")]),
    ("STR-022", burning(*(stream(id=f"S{place}") for place in range(3))), [("3 times 100", "")]),
    ("SUM-003", factor("1.05"), [("factor 1.05", "1")]),
    (
        "SUM-005",
        works(production=(route("1000.12345"),), produced_for_market="100.12345"),
        [("100.123 used", "1000.123 made")],
    ),
    (
        "SUM-006",
        bought(purchased=(route("500.12345"),), consumed_in=(use("P1", "50.12345"),)),
        [("50.123 used", "500.123 bought")],
    ),
    ("SUM-009", subject(report(products=(product(quantity="2000.12345"),))), [("2000.123 in goods", "at most 1000")]),
    (
        "SUM-010",
        bought(purchased=(route("500.12345"),), supplies=(supply(amount="50.12345"),)),
        [("50.123 delivered", "500.123 bought")],
    ),
    ("SUM-011", works(consumed_in=(use("P2", "-1"),)), [("-1", "0 or above")]),
    ("SUM-011", works(production=(route("-1"),)), [("-1", "0 or above")]),
    ("SUM-011", works(heat=flow(imported_tj="-1")), [("-1", "0 or above")]),
    ("SUM-011", works(waste_gas=flow(exported_tj="-1")), [("-1", "0 or above")]),
    ("SUM-011", bought(purchased=(route("-1"),)), [("-1", "0 or above")]),
    ("SUM-011", bought(consumed_in=(use("P1", "-1"),)), [("-1", "0 or above")]),
    ("SUM-011", bought(supplies=(supply(amount="-1"),)), [("-1", "0 or above")]),
    (
        "SUM-012",
        works(production=(route("1050.12345"),), scrap_and_off_specification="50.12345"),
        [("50.123 left over, 50.123 scrap", "nothing left over")],
    ),
    (
        "SUM-012",
        works(production=(route("2050"),), scrap_and_off_specification="1050"),
        [("1050 left over, 1050 scrap", "nothing left over")],
    ),
    ("HEA-001", balance("heat_tj", "100.12345", "50.12345"), [("50.123 TJ used", "100.123 TJ supplied, ± 2 %")]),
    ("HEA-002", balance("waste_gas_tj", "100.12345", "50.12345"), [("50.123 TJ used", "100.123 TJ supplied, ± 2 %")]),
    (
        "ELE-008",
        balance("electricity_mwh", "100.12345", "50.12345"),
        [("50.123 MWh used", "100.123 MWh supplied, ± 2 %")],
    ),
    (
        "HEA-011",
        subject(report(chp_units=(chp(heat_tj="200.12345", electricity_mwh=None),))),
        [("200.123 TJ", "at most 100 TJ")],
    ),
    (
        "HEA-011",
        subject(report(chp_units=(chp(heat_tj=None, electricity_mwh="50000"),))),
        [("180 TJ", "at most 100 TJ")],
    ),
    ("HEA-013", subject(report(chp_units=(chp(heat_reference_efficiency="-0.5"),))), [("-0.5", "above 0, up to 1")]),
    ("ELE-012", declared("D"), [("D", "")]),
    ("ELE-012", declared(""), [("none", "")]),
    ("ELE-014", station(amount_mwh="1000.12345"), [("1000.123 MWh", "at most 100 MWh")]),
    (
        "ELE-014",
        station(process(id="P2", category="Cement", production=(route("5000"),)), amount_mwh="1000"),
        [("1000 MWh", "at most 100 MWh")],
    ),
    (
        "PRE-005",
        bought(consumed_in=(use("P1", "6000.1234"),), purchased=(route("6000.1234"),)),
        [("6 per unit", "at most 5")],
    ),
    (
        "PRE-005",
        bought(consumed_in=(use("P1", "6123.456"),), purchased=(route("6123.456"),)),
        [("6.123 per unit", "at most 5")],
    ),
    (
        "PLA-004",
        subject(good(), earlier=(earlier("Kilns and mills"), earlier("Z mill"))),
        [],
    ),
    (
        "PLA-012",
        subject(good(quantity="1000.12345"), earlier=(earlier("Kilns and mills", "9000.12345"),)),
        [("1000.123", "9000.123 ± 50 %")],
    ),
]
"""Number found and number expected of each finding."""


@pytest.mark.parametrize(("code", "looked_at"), SILENT, ids=[f"{code}-{n}" for n, (code, _) in enumerate(SILENT)])
def test_rule_is_silent(code, looked_at):
    assert run_check(RULES[code], looked_at) == []


@pytest.mark.parametrize(("code", "looked_at", "told"), TOLD, ids=[f"{each[0]}-{n}" for n, each in enumerate(TOLD)])
def test_rule_tells_these_numbers(code, looked_at, told):
    assert [(finding.found, finding.expected) for finding in run_check(RULES[code], looked_at)] == told


@pytest.mark.parametrize("code", sorted(CASES))
def test_words_that_were_read_are_as_good_as_words_in_the_code(code):
    """A rule compares what words say, not which object in memory they are."""
    case = CASES[code]
    for looked_at in (case.passes, case.fails, case.at, case.beyond):
        if looked_at is not None:
            read = read_again(looked_at)
            assert run_check(RULES[code], read) == run_check(RULES[code], looked_at)


def test_long_name_of_a_file_is_cut():
    (finding,) = run_check(RULES["EVI-002"], subject(unclean_files=("x" * 100,)))
    assert finding.where == "x" * 90


def test_published_zero_of_a_grid_may_be_zero():
    source = power(factor_tco2e_per_mwh="0", factor_source="D.4(a)")
    without = subject(report(electricity_sources=(source,)))
    assert len(run_check(RULES["ELE-005"], without)) == 1
    published = subject(report(electricity_sources=(source,)), grid_factors={"TR": Decimal(0)})
    assert run_check(RULES["ELE-005"], published) == []


def test_every_threshold_has_the_text_below_it():
    reasons = {name: reason for name, _, reason in thresholds()}
    assert reasons["COORDINATE_DISTANCE_DEGREES"] == "About five kilometres."
    assert reasons["MONTHS_OF_A_YEAR"] == "The calendar."


def test_limit_holds_from_its_first_day(monkeypatch):
    days = {date(2024, 1, 1): {"value": "1"}, date(2026, 1, 1): {"value": "2"}, date(2028, 1, 1): {"value": "3"}}
    monkeypatch.setattr("verification.checks.limits._limits", lambda: {"made up": {"values": days}})
    asked = [date(2023, 12, 31), date(2025, 12, 31), date(2026, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [limit("made up", day) for day in asked] == [Decimal(value) for value in ("1", "1", "2", "2", "3")]


def test_clean_claim_is_read_back_as_it_was():
    assert read_again(CLEAN) == CLEAN
