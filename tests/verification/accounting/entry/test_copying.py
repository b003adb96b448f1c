from __future__ import annotations

import pytest

from tests.verification.accounting.entry.claims import GOOD
from verification.accounting.entry.copying import answers_for_next_year
from verification.accounting.entry.interpretation import interpret
from verification.accounting.entry.schema import Kind
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_report

pytestmark = pytest.mark.unit

NUMBERS_THAT_STAY = {
    "installation/latitude",
    "installation/longitude",
    "anode_effects/slope_factor",
    "anode_effects/overvoltage_coefficient",
    "anode_effects/c2f6_fraction",
    "chp_units/heat_reference_efficiency",
    "chp_units/electricity_reference_efficiency",
    "composition/value",
}
DATES_THAT_STAY = {"plan/dated_on"}


def test_names_methods_and_units_stay_while_amounts_go():
    copied = answers_for_next_year(GOOD)
    assert copied["streams"]["S1"] == {
        "name": "Coal",
        "method": "combustion",
        "activity_data.unit": "t",
        "net_calorific_value.unit": "GJ/t",
        "emission_factor.unit": "tCO2/TJ",
        "biomass.unit": "%",
    }
    assert copied["composition"] == GOOD["composition"]
    assert copied["period"] == {"-": {}}
    assert "88000" in GOOD["streams"]["S1"].values()


def test_only_declared_numbers_and_dates_stay():
    stay = {
        kind: {
            f"{section.key}/{field.name}"
            for section in SECTIONS
            for field in section.fields
            if field.kind is kind and not field.is_yearly and not section.is_yearly
        }
        for kind in (Kind.NUMBER, Kind.DATE)
    }
    assert stay == {Kind.NUMBER: NUMBERS_THAT_STAY, Kind.DATE: DATES_THAT_STAY}


def test_gaps_of_one_year_are_not_those_of_the_next():
    assert "data_gaps" not in answers_for_next_year(GOOD | {"data_gaps": {"D1": {"stream": "Coal"}}})


def test_delivery_keeps_its_producer_and_loses_its_certificate():
    row = {"precursor": "B1", "operator": "Works", "certificate_number": "IVP-1", "period_starts_on": "2026-01-01"}
    copied = answers_for_next_year({"deliveries": {"L1": row}})
    assert copied == {"deliveries": {"L1": {"precursor": "B1", "operator": "Works"}}}


def test_a_new_year_has_every_row_and_no_amount():
    report = example_report("stainless_steelworks")
    copied = interpret(answers_for_next_year(answers_of(report))).report
    assert [item.name for item in copied.source_streams] == [item.name for item in report.source_streams]
    assert [item.name for item in copied.precursors] == [item.name for item in report.precursors]
    assert {item.activity_data for item in copied.source_streams} == {None}
    assert [item.parameters for item in copied.products] == [item.parameters for item in report.products]
