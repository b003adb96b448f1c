from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from tests.verification.accounting.conftest import SHARED_DATA
from verification.accounting.entry.interpretation import interpret
from verification.accounting.entry.standard_factors import standard_factor, standard_factors
from verification.accounting.enums import StreamMethod

pytestmark = pytest.mark.unit


def test_natural_gas_is_offered_with_its_units_and_reference():
    factor = standard_factor("Natural gas")
    assert factor.answers() == {
        "method": "combustion",
        "factor_reference": "Natural gas: IR (EU) 2025/2547, Annex II, G, Table 1 (IPCC 2006 Guidelines)",
        "emission_factor": "56.1",
        "emission_factor.unit": "tCO2/TJ",
        "net_calorific_value": "48",
        "net_calorific_value.unit": "TJ/Gg",
    }


@pytest.mark.parametrize("factor", standard_factors(), ids=lambda factor: factor.key)
def test_offered_answers_are_read_without_a_problem(factor):
    for method in factor.methods:
        row = {"name": "x", "activity_data": "1000", "activity_data.unit": "t"} | factor.answers(method, ",")
        read = interpret({"streams": {"S1": row}}, ",")
        (stream,) = read.report.source_streams
        assert [item for item in read.problems if item.field.startswith("streams")] == []
        if method is StreamMethod.MASS_BALANCE:
            assert stream.carbon_content == factor.carbon_content
        else:
            assert stream.emission_factor == factor.emission_factor
            assert stream.net_calorific_value_gj_per_unit == factor.net_calorific_value


def test_material_of_two_tables_is_named_by_its_key():
    with pytest.raises(LookupError, match="fuel-petroleum-coke, process-material-petroleum-coke"):
        standard_factor("Petroleum coke")
    assert standard_factor("process-material-petroleum-coke").carbon_content == Decimal("0.8706")
    with pytest.raises(LookupError, match="none"):
        standard_factor("Phlogiston")


def test_factor_is_not_offered_for_a_method_it_is_not_made_for():
    with pytest.raises(LookupError, match="mass_balance"):
        standard_factor("CaCO3").answers(StreamMethod.MASS_BALANCE)


@pytest.mark.integration
@pytest.mark.skipif(SHARED_DATA is None, reason="the published table is not at hand")
def test_every_factor_of_the_act_is_there_with_its_digits():
    with (SHARED_DATA / "facts" / "eu_standard_factors_2025_2547.csv").open(encoding="utf-8", newline="") as file:
        published = [row for row in csv.DictReader(file) if row["kind"] != "gwp"]
    wanted = {
        (row["kind"], row["name"], Decimal(row["factor"]), Decimal(row["ncv_or_carbon_content"] or "0"))
        for row in published
    }
    found = {
        (item.kind, item.name, item.emission_factor, item.net_calorific_value or item.carbon_content or Decimal(0))
        for item in standard_factors()
    }
    assert (found, len(standard_factors())) == (wanted, len(published))
