"""The operator's emissions report: 35 items (Implementing Regulation (EU) 2025/2547, Annex IV, 1.1)."""

from __future__ import annotations

from verification.disclosure.documents import emissions, energy, goods, identity, precursors
from verification.disclosure.documents.shape import Document, Item
from verification.disclosure.documents.source import Source

SCHEMA = "operator-emissions-report/1"
TITLE = "Operator’s emissions report"
BASIS = "Implementing Regulation (EU) 2025/2547, Annex IV, 1.1"


def operator_report(source: Source) -> Document:
    return Document(SCHEMA, TITLE, BASIS, source.identity, _items(source))


def _items(source: Source) -> tuple[Item, ...]:
    def at(number: int) -> str:
        return f"{BASIS}, item {number}"

    return (
        identity.operator_and_installation(source, at(1)),
        identity.plan_summary(source, at(2)),
        energy.electricity_sources(source, at(3)),
        energy.own_generation(source, "4", at(4)),
        energy.waste_gases(source, "5", at(5), is_named=True),
        emissions.co2_transfer(source, "6", at(6), has_contacts=True),
        emissions.total_direct(source, at(7)),
        identity.new_installation(source, at(8)),
        energy.electricity_total(source, at(9)),
        energy.electricity_for_goods(source, at(10)),
        energy.electricity_suppliers(source, at(11)),
        energy.electricity_factors(source, at(12)),
        goods.goods_produced(source, at(13)),
        goods.other_goods(source, at(14)),
        goods.good_values(source, at(15)),
        emissions.total_emissions(source, at(16)),
        energy.energy_balance(source, at(17)),
        precursors.made_here(source, at(18)),
        precursors.made_here_by_process(source, "19", at(19)),
        precursors.bought(source, at(20)),
        precursors.bought_by_process(source, at(21)),
        precursors.on_defaults(source, "22", at(22)),
        precursors.on_actual_values(source, "23", at(23)),
        precursors.several_periods(source, "24", at(24)),
        precursors.several_installations(source, "25", at(25)),
        energy.electricity_by_process(source, at(26)),
        precursors.made_here_by_process(source, "27", at(27)),
        precursors.origin(source, "28", at(28)),
        emissions.attribution(source, at(29)),
        emissions.process_emissions(source, at(30)),
        goods.goods_in_functional_units(source, at(31)),
        energy.actual_factor(source, at(32)),
        energy.agreement_factor(source, at(33)),
        goods.quantity_by_route(source, at(34)),
        goods.sector_parameters(source, at(35)),
    )
