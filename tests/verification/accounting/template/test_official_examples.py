"""The five filled workbooks of the Commission and the blank one, where they are at hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.verification.accounting.conftest import SHARED_DATA
from verification.accounting.template import TemplateRules, read_template, read_template_guarded, reading_as_contract
from verification.accounting.template.compare import pairs
from verification.kernel.quantities import round_half_up

pytestmark = pytest.mark.integration
TEMPLATES = SHARED_DATA / "templates"
RULES = TemplateRules(today=date(2026, 11, 22))
NEAR = Decimal("1e-9")

PRINTED = {
    "ex1_cement": [("25232900", "0.785215", "0.122243", "0.907457")],
    "ex2_steel_blast_furnace": [
        (cn, "1.538976", "0.203554", "1.742530") for cn in ("72081000", "72122000", "72139120", "73021028")
    ],
    "ex3_steel_eaf_alloys": [
        ("72189911", "1.001490", "1.378424", "2.379915"),
        *((cn, "1.439606", "1.731482", "3.171088") for cn in ("73041100", "72191310", "72210010")),
    ],
    "ex5_fertiliser": [("31052010", "0.309635", "0.053877", "0.363512")],
    "ex7_hydrogen_two_processes": [
        ("28041000", "8.487855", "0.219927", "8.707782"),
        ("28041000", "0.000000", "8.386560", "8.386560"),
    ],
}


@pytest.fixture(scope="module", params=sorted(PRINTED))
def example(request):
    return request.param, read_template(TEMPLATES / f"{request.param}.xlsx", rules=RULES)


def test_goods_recompute_to_the_printed_digits(example):
    name, reading = example
    found = [
        (
            good["cn"],
            *(str(round_half_up(Decimal(good[key]), 6)) for key in ("see_direct", "see_indirect", "see_total")),
        )
        for good in reading_as_contract(reading)["goods"]
    ]
    assert found == PRINTED[name]


def test_every_stated_result_is_recomputed_almost_exactly(example):
    _, reading = example
    compared = 0
    for pair in pairs(reading.report, reading.result):
        stated = reading.stated.values.get(pair.path)
        if stated is not None and pair.computed is not None:
            assert abs(stated - pair.computed) <= NEAR * max(1, abs(stated)), pair.path
            compared += 1
    assert compared >= 15


def test_no_example_has_a_blocking_problem(example):
    _, reading = example
    assert [item.code for item in reading.problems if item.severity == "block"] == []
    assert reading.report.period.starts_on == date(2023, 1, 1)


def test_guarded_reading_is_the_same(example):
    name, reading = example
    assert read_template_guarded(TEMPLATES / f"{name}.xlsx", rules=RULES) == reading


def test_blank_template_is_recognised_and_called_blank():
    reading = read_template(TEMPLATES / "cbam_communication_template_v2.1.1_20241213_blank.xlsx", rules=RULES)
    assert [item.code for item in reading.problems] == ["TPL-023"]
    assert (reading.template.version, reading.template.issued_on) == ("2.1.1", date(2024, 12, 13))


@pytest.mark.parametrize(
    ("name", "code"),
    [("eu_benchmarks_20260206.xlsx", "TPL-020"), ("eu_default_values_v1_20260204.xlsx", "TPL-007")],
)
def test_other_official_workbook_is_not_the_template(name, code):
    reading = read_template(SHARED_DATA / "workbooks" / name, rules=RULES)
    assert [item.code for item in reading.problems] == [code]
