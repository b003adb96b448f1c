"""The packs beside the European one: what they hold, what they leave out, and how each row was read."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.scenarios.packs import PACKS
from verification.reference.pack import read_pack

pytestmark = pytest.mark.unit

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "facts"
MODELS = ("model-bca", "allowance-requirement")
NEW = (*MODELS, "uk-cbam")
UNIT_TABLES = ("unit_programmes", "unit_types", "unit_eligibility", "host_agreements", "unit_limits")


@pytest.fixture(scope="module", params=NEW)
def content(request):
    return read_pack(PACKS / request.param)


@pytest.fixture(scope="module", params=MODELS)
def model(request):
    return read_pack(PACKS / request.param)


def rows_of(content, kind):
    return [row for table in content.tables_of(kind) for row in table.rows]


def test_every_row_of_the_rules_for_units_says_how_well_it_was_read():
    packs = [read_pack(PACKS / name) for name in (*NEW, "eu-cbam")]
    rows = [row for content in packs for kind in UNIT_TABLES for row in rows_of(content, kind)]
    assert {row["certainty"] for row in rows} == {"secondary", "unconfirmed"}
    assert all(row["reference"] for row in rows)


def test_draft_of_the_european_scheme_is_unconfirmed_and_marked_as_no_law():
    content = read_pack(PACKS / "eu-cbam")
    kinds = [kind for kind in UNIT_TABLES if content.tables_of(kind)]
    assert kinds == ["unit_programmes", "unit_types", "unit_eligibility", "unit_limits"]
    assert {content.tables_of(kind)[0].edition["legal_status"] for kind in kinds} == {"placeholder"}
    assert {row["certainty"] for kind in ("unit_eligibility", "unit_limits") for row in rows_of(content, kind)} == {
        "unconfirmed"
    }
    held = {channel["value"]: channel["status"] for channel in content.definition["units"]["channels"]}
    assert held == {"none": "in_force", "inside_carbon_price": "draft"}
    assert content.definition["rules"]["unit_channel"]["value"] == "none"


def test_no_table_of_these_schemes_claims_to_be_law_in_force(content):
    assert {table.edition["legal_status"] for table in content.tables} <= {"model", "placeholder"}


def test_models_call_their_own_rules_by_that_name(model):
    for kind in ("goods", "categories", "countries", "default_values"):
        assert model.tables_of(kind)[0].edition["act"] == "Model rule of this pack"
    assert all("odel rule of this pack" in row["reference"] for row in rows_of(model, "countries"))


def test_every_good_of_a_model_has_a_default_value(model):
    prefixes = {row["cn_prefix"] for row in rows_of(model, "default_values")}
    goods = {row["cn_code"] for row in rows_of(model, "goods")}
    assert len(goods) == 254
    assert all(any(code.startswith(prefix) for prefix in prefixes) for code in goods)
    assert all(any(code.startswith(prefix) for code in goods) for prefix in prefixes)
    assert {row["country"] for row in rows_of(model, "default_values")} == {"other"}


def test_total_is_the_sum_of_both_published_parts(model):
    rows = {row["cn_prefix"]: row for row in rows_of(model, "default_values")}
    assert (rows["7601"]["direct"], rows["7601"]["indirect"]) == (Decimal("2.36"), Decimal("8.14"))
    assert all(row["total"] == row["direct"] + row["indirect"] for row in rows.values())


def test_least_developed_countries_are_exempt_on_their_days():
    standings = {
        row["iso2"]: [] for row in rows_of(read_pack(PACKS / "model-bca"), "countries")
    }  # fmt: skip
    for row in rows_of(read_pack(PACKS / "model-bca"), "countries"):
        standings[row["iso2"]].append((row["standing"], row["valid_to"]))
    assert len([code for code, rows in standings.items() if rows[0][0] == "exempt"]) == 45
    assert standings["NP"] == [("exempt", date(2026, 11, 24)), ("third_country", None)]
    assert standings["ST"] == [("exempt", date(2024, 12, 13)), ("third_country", None)]
    assert standings["MZ"] == [("exempt", None)]
    assert {code for code, rows in standings.items() if rows[0][0] == "domestic"} == {"SG"}


def test_what_the_united_kingdom_has_not_published_is_not_there():
    content = read_pack(PACKS / "uk-cbam")
    assert rows_of(content, "default_values") == []
    assert set(content.definition["obligation"]) == {"reference"}
    assert {row["name"] for row in content.parameters} == {"mark_up_none", "value_threshold", "record_retention_years"}
    assert {row["scope"] for row in rows_of(content, "goods")} == {"direct"}
    assert "27160000" not in {row["cn_code"] for row in rows_of(content, "goods")}


def test_eight_hosts_have_an_agreement_and_no_day_is_made_up():
    agreements = rows_of(read_pack(PACKS / "model-bca"), "host_agreements")
    assert {row["host_country"] for row in agreements} == {"PG", "GH", "BT", "PE", "CL", "RW", "PY", "TH"}
    assert {row["signed_on"] or row["in_force_from"] for row in agreements} == {None}
    assert all("not read" in row["note"] for row in agreements)


def test_price_of_the_model_ends_where_the_law_is_not_known():
    prices = [row for row in read_pack(PACKS / "model-bca").parameters if row["name"] == "carbon_price"]
    assert [str(row["value"]) for row in prices] == ["25", "45"]
    assert {row["unit"] for row in prices} == {"SGD/tCO2e"}
    assert prices[-1]["valid_to"] == date(2028, 1, 1)


if PUBLISHED.is_dir():

    def test_default_values_are_those_on_which_the_transcriptions_agree(model):
        with (PUBLISHED / "eu_default_values_transitional_2023_partial.csv").open(encoding="utf-8", newline="") as file:
            published = {
                row["cn_prefix"]: (Decimal(row["direct_a"]), Decimal(row["indirect_a"]))
                for row in csv.DictReader(file)
                if row["status"] == "agree"
            }
        shipped = {row["cn_prefix"]: (row["direct"], row["indirect"]) for row in rows_of(model, "default_values")}
        assert set(published) - set(shipped) == {"31021000"}
        assert shipped == {prefix: values for prefix, values in published.items() if prefix in shipped}
