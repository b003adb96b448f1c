"""Every item of the act is there, given, or says what is missing and where to give it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.settings.env import BASE_DIR
from tests.factories.disclosure import content_with, example_source, source_with
from tests.json_schema import problems
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.enums import (
    BiomassProof,
    ElectricityKind,
    TransferDirection,
    TransferPurpose,
    ValueSource,
)
from verification.accounting.examples import example_names, example_report
from verification.accounting.model import (
    Co2Transfer,
    Consumption,
    ElectricityAddendum,
    ElectricitySource,
    InstallationReport,
    MonitoringPlan,
    Precursor,
    Share,
    Supply,
)
from verification.disclosure.documents.addendum import electricity_addendum
from verification.disclosure.documents.full import operator_report
from verification.disclosure.documents.shape import Document, Item, Status
from verification.disclosure.documents.source import FreeAllocation, NothingToReport, Source
from verification.disclosure.documents.summary import summary_report

pytestmark = pytest.mark.unit
SCHEMAS = BASE_DIR / "static" / "schemas"
SECTION_KEYS = {section.key for section in SECTIONS} | {""}


def item(document: Document, number: int) -> Item:
    return document.items[number - 1]


def value(found: Item, key: str) -> object:
    (field,) = [each for each in found.fields if each.key == key]
    return field.value


def rows(found: Item, key: str) -> list[dict[str, object]]:
    (table,) = [each for each in found.as_record()["tables"] if each["key"] == key]
    return table["rows"]


def lacking(found: Item) -> list[str]:
    return [each.what for each in found.missing]


@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize(("build", "count"), [(operator_report, 35), (summary_report, 16)])
def test_every_item_of_the_act_says_something(name, build, count):
    document = build(example_source(name))
    assert [each.number for each in document.items] == [str(number) for number in range(1, count + 1)]
    silent = [
        each.number
        for each in document.items
        if not (each.fields or each.tables or each.missing or each.notes or each.not_applicable)
    ]
    assert silent == []
    assert {each.section for each in document.missing} <= SECTION_KEYS
    assert all(each.where for each in document.missing)


@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize("build", [operator_report, summary_report])
def test_record_keeps_to_the_published_schema(name, build):
    record = build(example_source(name)).as_record()
    schema = json.loads((SCHEMAS / f"{record['schema'].replace('/', '-')}.json").read_text("utf-8"))
    assert problems(record, schema) == []


def test_schema_refuses_what_the_record_never_says():
    record = operator_report(example_source("cement")).as_record()
    schema = json.loads((SCHEMAS / "operator-emissions-report-1.json").read_text("utf-8"))
    record["items"][6]["fields"][0]["value"] = 12.5
    record["items"][7]["number"] = "9"
    del record["claim"]
    assert problems(record, schema) == [
        "$.claim is missing",
        "$.items[6].fields[0].value: 12.5 is no ['string', 'boolean', 'null']",
        "$.items[7].number: '9' is not '8'",
    ]


def test_empty_report_lists_what_it_lacks_instead_of_failing():
    report = InstallationReport(period=example_report("cement").period)
    document = operator_report(source_with(report))
    assert len(document.items) == 35
    for number in (1, 2, 13, 15, 16, 17, 29, 30, 31):
        assert item(document, number).status is Status.INCOMPLETE, number
    assert summary_report(source_with(report)).items[3].status is Status.INCOMPLETE


def test_content_without_a_typed_report_gives_none():
    content = content_with(example_report("cement"))
    content["reading"]["report"] = None
    with pytest.raises(NothingToReport):
        Source(content)


def test_values_are_those_of_the_reading_digit_by_digit():
    source = example_source("integrated_steelworks")
    document = operator_report(source)
    assert value(item(document, 7), "direct_emissions_tco2e") == source.reading["totals"]["direct_tco2e"]
    told = [row["see_direct"] for row in rows(item(document, 15), "direct")]
    assert told == [row["see_direct"] for row in source.reading["goods"]]


def test_missing_identifiers_are_missing_and_never_filled():
    source = example_source("cement")
    found = item(operator_report(source), 1)
    assert value(found, "registry_identifier") is None
    assert lacking(found) == ["Installation identifier in the CBAM Registry"]
    assert found.missing[0].section == "installation"


def test_incomplete_total_is_missing_and_not_a_part_of_it():
    report = example_report("cement")
    stream = replace(report.source_streams[0], activity_data=None)
    source = example_source("cement", source_streams=(stream, *report.source_streams[1:]))
    assert lacking(item(operator_report(source), 7)) == ["Total direct emissions"]


def test_streams_of_several_processes_must_say_whose_they_are():
    report = example_report("hydrogen")
    streams = tuple(replace(each, attributed_to=()) for each in report.source_streams)
    found = item(operator_report(example_source("hydrogen", source_streams=streams)), 16)
    names = ", ".join(each.name or each.id for each in streams)
    assert lacking(found) == [f"Production processes that use {names}"]
    owned = tuple(replace(each, attributed_to=(Share("P1", Decimal(100)),)) for each in streams)
    assert lacking(item(operator_report(example_source("hydrogen", source_streams=owned)), 16)) == []


def test_composed_good_is_told_per_functional_unit():
    source = example_source("cement")
    found = item(operator_report(source), 15)
    (row,) = rows(found, "direct")
    functional = source.reading["goods"][0]["per_functional_unit"]
    assert (row["see_direct"], row["unit"]) == (functional["see_direct"], "t CO2e/t clinker")
    (composition,) = rows(found, "compositions")
    assert composition["see_direct"] == source.reading["goods"][0]["see_direct"]


def test_indirect_emissions_are_told_only_of_goods_for_which_they_count():
    assert item(operator_report(example_source("integrated_steelworks")), 9).status is Status.NOT_APPLICABLE
    cement = item(operator_report(example_source("cement")), 15)
    assert [row["cn"] for row in rows(cement, "indirect")] == ["25232900"]


def test_proof_of_zero_rating_is_demanded():
    report = example_report("integrated_steelworks")
    found = item(operator_report(example_source("integrated_steelworks")), 2)
    assert "How zero-rating is demonstrated" in lacking(found)
    streams = tuple(
        replace(each, biomass_proof=BiomassProof.UNPROVEN) if each.biomass_percent else each
        for each in report.source_streams
    )
    unproven = item(operator_report(example_source("integrated_steelworks", source_streams=streams)), 2)
    assert value(unproven, "zero_rated_fuels") is False


def test_factor_of_electricity_is_weighted_by_quantity():
    sources = (
        ElectricitySource("E1", "Grid", ElectricityKind.GRID, Decimal(300), Decimal("0.6"), "D.4(a)", country="TR"),
        ElectricitySource(
            "E2", "Wind", ElectricityKind.POWER_PURCHASE_AGREEMENT, Decimal(100), Decimal("0.2"), "D.4.3.2",
            supplier="Windpark", country="TR", criteria_confirmed=True, evidence_given=False,
        ),
    )  # fmt: skip
    document = operator_report(example_source("cement", electricity_sources=sources))
    assert value(item(document, 12), "weighted_factor") == "0.5"
    assert value(item(document, 9), "electricity_total_mwh") == "400"
    assert rows(item(document, 11), "suppliers") == [{"source": "Wind", "supplier": "Windpark", "country": "TR"}]
    assert (value(item(document, 15), "point_6_confirmed"), value(item(document, 15), "point_6_evidence")) == (
        True,
        False,
    )
    assert [row["factor"] for row in rows(item(document, 33), "factors")] == ["0.2"]


def test_source_without_a_quantity_leaves_the_total_missing():
    sources = (ElectricitySource("E1", "Grid", ElectricityKind.GRID, None, Decimal("0.6"), country="TR"),)
    document = operator_report(example_source("cement", electricity_sources=sources))
    assert lacking(item(document, 9)) == ["Total electricity"]
    assert lacking(item(document, 3)) == ["Quantity from Grid"]


def test_transfer_of_co2_names_the_contact_in_the_full_report_only():
    transfer = Co2Transfer(
        "T1",
        "P1",
        TransferDirection.OUT,
        TransferPurpose.STORAGE,
        Decimal(100),
        counterparty="Store",
        contact="A. Person",
    )
    source = example_source("cement", co2_transfers=(transfer,))
    full, summary = operator_report(source), summary_report(source)
    assert rows(item(full, 6), "transfers")[0]["contact"] == "A. Person"
    assert "A. Person" not in json.dumps(summary.as_record())
    anonymous = example_source("cement", co2_transfers=(replace(transfer, contact=""),))
    assert lacking(item(operator_report(anonymous), 6)) == ["Responsible contact at Store"]


def supplied(**changes: object) -> Precursor:
    supplies = (
        Supply("D1", "Maker One", "Works", "R-1", "TR", amount=Decimal(30), value_source=ValueSource.MEASURED,
               period_starts_on=date(2026, 1, 1), period_ends_on=date(2026, 12, 31), period_method="default period",
               see_direct_tco2e_per_unit=Decimal(2), see_indirect_tco2e_per_unit=Decimal(1)),
        Supply("D2", "Maker Two", "Mill", "", "TR", amount=Decimal(10), value_source=ValueSource.DEFAULT,
               see_direct_tco2e_per_unit=Decimal(4), see_indirect_tco2e_per_unit=Decimal(1),
               default_reference="2026/TR/2814"),
    )  # fmt: skip
    precursor = Precursor(
        "B1",
        "Ammonia",
        "28141000",
        "Ammonia",
        "TR",
        consumed_in=(Consumption("P1", Decimal(40)),),
        supplies=supplies,
    )
    return replace(precursor, **changes)  # type: ignore[arg-type]


def test_deliveries_are_told_by_what_their_values_rest_on():
    document = operator_report(example_source("fertiliser", precursors=(supplied(),)))
    assert [row["precursor"] for row in rows(item(document, 22), "precursors")] == ["Ammonia of Maker Two"]
    (actual,) = rows(item(document, 23), "precursors")
    assert (actual["precursor"], actual["period"]) == ("Ammonia of Maker One", "2026-01-01 to 2026-12-31")
    (weighted,) = rows(item(document, 25), "precursors")
    assert (weighted["see_direct"], weighted["method"]) == ("2.5", "All deliveries, Article 14(1), (2)")
    assert item(document, 24).not_applicable == "No precursor comes from several reporting periods."
    (origin,) = rows(item(document, 28), "origins")
    assert (origin["operator"], origin["registry_identifier"]) == ("Maker One", "R-1")


def test_quantities_of_precursors_add_up_over_processes():
    uses = (Consumption("P1", Decimal(40)), Consumption("P1", Decimal(2)))
    precursor = supplied(consumed_in=uses, consumed_for_other_purposes=Decimal(3))
    found = item(operator_report(example_source("fertiliser", precursors=(precursor,))), 20)
    assert [row["quantity"] for row in rows(found, "precursors")] == ["45"]


def test_precursor_of_unknown_basis_is_missing_not_default():
    found = item(operator_report(example_source("fertiliser", precursors=(supplied(supplies=()),))), 22)
    assert lacking(found) == ["Whether the value of Ammonia is actual or default"]


def test_summary_tells_no_quantities():
    source = example_source("fertiliser", precursors=(supplied(),))
    summary = json.dumps(summary_report(source).as_record())
    for process in source.report.processes:
        assert f'"{process.activity_level}"' not in summary
    for product in source.report.products:
        assert product.quantity is None or f'"{product.quantity}"' not in summary
    assert '"activity_level"' not in summary
    assert '"quantity"' not in summary


def test_free_allocation_stands_in_the_summary_with_its_grounds_or_its_reason():
    report = example_report("hydrogen")
    source = source_with(report, FreeAllocation(Decimal("4.9"), "column A"), FreeAllocation(why_missing="no route"))
    found = item(summary_report(source), 4)
    first, second = rows(found, "free_allocation")
    assert (first["sefa"], first["benchmarks"], second["sefa"]) == ("4.9", "column A", None)
    assert any(what.endswith("no route") for what in lacking(found))


def test_addendum_has_three_items_and_names_its_declarant():
    addendum = ElectricityAddendum("A1", "DE123456789012345", Decimal(500), True, None, False)
    source = example_source("cement", electricity_addenda=(addendum,))
    document = electricity_addendum(source, addendum)
    assert (value(item(document, 1), "eori"), value(item(document, 3), "imported_mwh")) == ("DE123456789012345", "500")
    assert value(item(document, 2), "capacity_confirmed") is False
    schema = json.loads((SCHEMAS / "electricity-addendum-1.json").read_text("utf-8"))
    assert problems(document.as_record(), schema) == []
    assert "DE123456789012345" not in json.dumps(operator_report(source).as_record())
    assert "Evidence went to the verifier (Annex II, D.2.4)" in lacking(item(document, 2))


def test_addendum_with_every_answer_is_complete():
    addendum = ElectricityAddendum(
        "A1", "DE123456789012345", Decimal(500), True, True, True,
        direct_connection_confirmed=True, fossil_emissions_confirmed=True, evidence_given=True,
    )  # fmt: skip
    document = electricity_addendum(example_source("cement", electricity_addenda=(addendum,)), addendum)
    assert document.as_record()["complete"] is True


def test_method_of_attribution_is_needed_where_processes_share_emissions():
    assert lacking(item(operator_report(example_source("hydrogen")), 29)) == ["Method of attribution"]
    plan = MonitoringPlan(attribution_method="By meter")
    assert lacking(item(operator_report(example_source("hydrogen", monitoring_plan=plan)), 29)) == []
