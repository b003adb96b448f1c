"""The Commission's worked examples, typed into the form through its pages, give the printed digits."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from tests.portal.producer.filling import Typist
from tests.verification.accounting.conftest import SHARED_DATA
from verification.accounting.entry.writing import answers_of
from verification.accounting.template import TemplateRules, read_template
from verification.claims.services.producer import start_claim

pytestmark = pytest.mark.db
RULES = TemplateRules(today=date(2026, 11, 22))
PRINTED = Decimal("0.0000005")
EXAMPLES = {
    "1": "ex1_cement",
    "2": "ex2_steel_blast_furnace",
    "3": "ex3_steel_eaf_alloys",
    "5": "ex5_fertiliser",
    "7": "ex7_hydrogen_two_processes",
}


def printed_goods(number: str) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Direct and indirect values that the example prints, by process and customs code."""
    with (SHARED_DATA / "facts" / "template_examples_products_expected.csv").open(encoding="utf-8") as file:
        return {
            (row["production_process"], row["cn_code"]): (Decimal(row["see_direct"]), Decimal(row["see_indirect"]))
            for row in csv.DictReader(file)
            if row["example_file"].startswith(f"{number} ")
        }


@pytest.mark.parametrize("number", EXAMPLES)
def test_example_typed_into_the_form_gives_its_printed_values(producer, claim_at, acting, number):
    reading = read_template(SHARED_DATA / "templates" / f"{EXAMPLES[number]}.xlsx", rules=RULES)
    site = claim_at("Gaziantep").installation
    claim = start_claim(site, scheme="eu-cbam", year=2026, actor=acting("producer"))
    Typist(producer, claim).fill_in(answers_of(reading.report))
    claim.refresh_from_db()
    found = {
        (row["process"], row["cn"]): (Decimal(row["see_direct"]), Decimal(row["see_indirect"]))
        for row in claim.reading["goods"]
    }
    printed = printed_goods(number)
    assert found.keys() == printed.keys()
    for key, (direct, indirect) in printed.items():
        assert abs(found[key][0] - direct) < PRINTED, key
        assert abs(found[key][1] - indirect) < PRINTED, key
