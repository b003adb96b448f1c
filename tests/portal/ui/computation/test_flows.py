from dataclasses import replace
from decimal import Decimal

import pytest

from portal.ui.computation.flows import NEGLIGIBLE_SHARE, network_of
from portal.ui.computation.network import Kind, Network, Part, gathered, total_entering
from tests.portal.ui.computation.reports import chain, loop, process, stream, with_co_products
from verification.accounting.calculation import calculate
from verification.accounting.examples import example_names, example_report
from verification.accounting.model import Consumption, EnergyFlow, InstallationReport, Precursor, Product

pytestmark = pytest.mark.unit
D = Decimal
WITHIN = D("1e-20")


def network(report: InstallationReport) -> Network:
    found = network_of(report, calculate(report))
    assert found is not None
    return found


def amounts(found: Network) -> dict[tuple[str, str], Decimal]:
    return {(flow.source, flow.target): round(flow.tco2e, 3) for flow in found.flows}


@pytest.mark.parametrize("name", example_names())
def test_what_enters_a_place_leaves_it_in_every_example(name):
    found = network(example_report(name))
    inner = [place.id for place in found.places if place.part in (Part.PROCESS, Part.POOL)]
    assert inner
    for place in inner:
        # Stated emissions of the examples are rounded; what that loses is below a millionth.
        leaving = sum(flow.tco2e for flow in found.flows if flow.source == place)
        assert abs(found.balance(place)) <= leaving * NEGLIGIBLE_SHARE, place


@pytest.mark.parametrize("report", [chain(), loop(), with_co_products()])
def test_what_enters_a_place_leaves_it(report):
    found = network(report)
    for place in found.places:
        if place.part in (Part.PROCESS, Part.POOL) or place.id in ("energy:H1", "energy:C1"):
            assert abs(found.balance(place.id)) < WITHIN, place


@pytest.mark.parametrize("name", example_names())
def test_all_that_comes_in_goes_out(name):
    found = network(example_report(name))
    sources = total_entering(found, (Part.STREAMS, Part.PRECURSOR, Part.ENERGY, Part.DIFFERENCE))
    ends = {place.id for place in found.places if place.part in (Part.GOOD, Part.OTHER)}
    leaving = sum(flow.tco2e for flow in found.flows if flow.target in ends)
    assert abs(sources - leaving) <= leaving * NEGLIGIBLE_SHARE


def test_streams_go_where_their_shares_say():
    found = amounts(network(chain()))
    assert found["materials", "process:P1"] == 600
    assert found["materials", "process:P2"] == 200
    assert found["materials", "energy:H1"] == 300
    assert found["materials", "unattributed"] == 200


def test_heat_comes_from_the_source_that_the_process_names():
    found = amounts(network(chain()))
    assert found["energy:H1", "process:P1"] == 120
    assert found["energy:H1", "unattributed"] == 180


def test_mean_electricity_is_parted_by_source():
    report = chain()
    found = network(report)
    by_source = {
        flow.source: flow.tco2e for flow in found.flows if flow.target == "process:P1" and flow.kind is Kind.INDIRECT
    }
    assert set(by_source) == {"power:E1", "energy:C1"}
    attributed = calculate(report).processes[0].attributed_indirect
    assert abs(sum(by_source.values()) - attributed.value) < WITHIN
    assert by_source["power:E1"] == D(900) * D(2000) / D(3000) * D("0.4")


def test_stated_emissions_come_from_the_pool_of_the_installation():
    found = amounts(network(loop()))
    assert found["materials", "pool"] == 1000
    assert found["pool", "process:P1"] == 600
    assert found["pool", "unattributed"] == 100


def test_processes_that_feed_each_other_pass_emissions_both_ways():
    report = loop()
    see = {item.process: item.see_direct.value for item in calculate(report).processes}
    found = {(flow.source, flow.target): flow.tco2e for flow in network(report).flows}
    assert abs(found["process:P1", "process:P2"] - 700 * see["P1"]) < WITHIN
    assert abs(found["process:P2", "process:P1"] - 100 * see["P2"]) < WITHIN


def test_processes_that_state_more_than_the_streams_give_have_a_difference():
    report = replace(loop(), source_streams=(stream("S1", "850"),))
    assert amounts(network(report))["uncovered", "pool"] == 50


def test_stated_emissions_without_streams_have_a_source_of_their_own():
    found = amounts(network(replace(loop(), source_streams=())))
    assert found["stated", "process:P1"] == 600


def test_heat_given_away_leaves_the_process():
    report = InstallationReport(
        source_streams=(stream("S1", "500", ("P1", "100")),),
        processes=(process("P1", "10", heat=EnergyFlow(exported_tj=D(2), export_factor_tco2_per_tj=D(50))),),
        products=(Product("G1", process="P1", cn="72139120", quantity=D(10)),),
    )
    found = amounts(network(report))
    assert found["process:P1", "given_away"] == 100
    assert found["process:P1", "good:P1:G1"] == 400


def test_more_given_away_than_emitted_is_drawn_as_set_to_zero():
    report = InstallationReport(
        source_streams=(stream("S1", "50", ("P1", "100")),),
        processes=(process("P1", "10", heat=EnergyFlow(exported_tj=D(2), export_factor_tco2_per_tj=D(50))),),
    )
    found = network(report)
    assert amounts(found)["raised_to_zero", "process:P1"] == 50
    assert found.balance("process:P1") == 0


def test_many_goods_of_a_process_stand_together():
    goods = tuple(Product(f"G{n}", process="P1", cn=f"7213912{n}", quantity=D(2)) for n in range(5))
    report = InstallationReport(
        source_streams=(stream("S1", "500", ("P1", "100")),), processes=(process("P1", "10"),), products=goods
    )
    (good,) = [place for place in network(report).places if place.part is Part.GOOD]
    assert (good.id, good.count) == ("good:P1:", 5)


def test_quantity_that_is_not_told_for_each_good_is_that_of_the_process():
    goods = tuple(Product(f"G{n}", process="P1", cn=f"7213912{n}") for n in range(2))
    report = InstallationReport(
        source_streams=(stream("S1", "500", ("P1", "100")),),
        processes=(process("P1", "10", produced_for_market=D(8)),),
        products=goods,
    )
    found = amounts(network(report))
    assert found["process:P1", "good:P1:"] == 400
    assert found["process:P1", "not_sold"] == 100


def test_missing_indirect_emissions_are_left_out_of_the_whole_picture():
    first, second = loop().processes
    report = replace(loop(), processes=(replace(first, electricity_mwh=None), second))
    found = network(report)
    assert found.is_indirect_left_out
    assert {flow.kind for flow in found.flows} == {Kind.DIRECT, Kind.EMBEDDED}


def test_process_without_emissions_has_no_picture():
    report = InstallationReport(processes=(process("P1", "10"),))
    assert network_of(report, calculate(report)) is None
    assert network_of(InstallationReport(), calculate(InstallationReport())) is None


def test_smallest_of_many_precursors_stand_together_and_nothing_is_lost():
    bought = tuple(
        Precursor(
            f"R{n}", name=f"Alloy {n}", category="Crude steel", consumed_in=(Consumption("P1", D(1)),),
            see_direct_tco2e_per_unit=D(n), see_indirect_stated_tco2e_per_unit=D(0),
        )
        for n in range(1, 9)
    )  # fmt: skip
    report = InstallationReport(
        source_streams=(stream("S1", "500", ("P1", "100")),),
        precursors=bought,
        processes=(process("P1", "10"),),
        products=(Product("G1", process="P1", cn="72139120", quantity=D(10)),),
    )
    whole, drawn = network(report), gathered(network(report))
    assert [place.id for place in drawn.places if place.part is Part.PRECURSOR] == [
        "precursor:3", "precursor:4", "precursor:5", "precursor:6", "precursor:7", "precursors",
    ]  # fmt: skip
    assert amounts(drawn)["precursors", "process:P1"] == 1 + 2 + 3
    assert drawn.balance("process:P1") == whole.balance("process:P1") == 0


def test_very_many_goods_stand_together_by_process_and_nothing_is_lost():
    report = InstallationReport(
        processes=tuple(process(f"P{n}", "10", direct_emissions_tco2e=D(20)) for n in range(3)),
        products=tuple(Product(f"G{n}", process=f"P{n % 3}", cn=f"7213910{n}", quantity=D(3)) for n in range(9)),
    )
    drawn = gathered(network(report))
    goods = [place for place in drawn.places if place.part is Part.GOOD]
    assert [(place.name, place.count) for place in goods] == [(f"Process P{n}", 3) for n in range(3)]
    assert [amounts(drawn)[f"process:P{n}", f"good:P{n}:all"] for n in range(3)] == [18, 18, 18]


def test_co_products_carry_their_part_away():
    flows = [flow for flow in network(with_co_products()).flows if flow.target == "co_products"]
    assert {flow.kind: flow.tco2e for flow in flows} == {Kind.DIRECT: 750, Kind.INDIRECT: 3000}
