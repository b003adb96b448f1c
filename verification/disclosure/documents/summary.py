"""The operator's summary emissions report: 16 items (2025/2547, Annex IV, 1.2). It tells no quantities."""

from __future__ import annotations

from verification.disclosure.documents import emissions, energy, goods, identity, precursors
from verification.disclosure.documents.drafting import Draft
from verification.disclosure.documents.shape import Document, Item, Kind
from verification.disclosure.documents.source import Source

SCHEMA = "operator-summary-report/1"
TITLE = "Operator’s summary emissions report"
BASIS = "Implementing Regulation (EU) 2025/2547, Annex IV, 1.2"


def summary_report(source: Source) -> Document:
    return Document(SCHEMA, TITLE, BASIS, source.identity, _items(source))


def _items(source: Source) -> tuple[Item, ...]:
    return (
        _operator(source),
        _installation(source),
        _processes(source),
        _goods(source),
        _direct(source),
        _indirect(source),
        _heat(source),
        _zero_rated(source),
        energy.waste_gases(source, "9", _at(9), is_named=False),
        emissions.co2_transfer(source, "10", _at(10), has_contacts=False),
        energy.own_generation(source, "11", _at(11)),
        precursors.on_defaults(source, "12", _at(12)),
        precursors.on_actual_values(source, "13", _at(13)),
        precursors.several_periods(source, "14", _at(14)),
        precursors.several_installations(source, "15", _at(15)),
        precursors.origin(source, "16", _at(16)),
    )


def _at(number: int) -> str:
    return f"{BASIS}, item {number}"


def _operator(source: Source) -> Item:
    draft = Draft("1", "Operator", _at(1))
    identity.say_operator(draft, source)
    return draft.done()


def _installation(source: Source) -> Item:
    draft = Draft("2", "Installation", _at(2))
    identity.say_installation(draft, source)
    return draft.done()


def _processes(source: Source) -> Item:
    draft = Draft("3", "Production processes, routes and goods", _at(3))
    identity.say_processes(draft, source)
    identity.say_goods_of_processes(draft, source)
    return draft.done()


def _goods(source: Source) -> Item:
    draft = Draft("4", "Values of each good", _at(4))
    goods.say_values(draft, source)
    goods.say_indirect_confirmation(draft, source, has_evidence=False)
    goods.say_imported_electricity(draft, source, has_addenda=False)
    goods.say_allocations(draft, source)
    return draft.done()


def _direct(source: Source) -> Item:
    draft = Draft("5", "Total direct emissions, of the installation and by process", _at(5))
    emissions.say_total_direct(draft, source)
    emissions.say_process_emissions(draft, source, has_activity=False)
    return draft.done()


def _indirect(source: Source) -> Item:
    draft = Draft("6", "Indirect emissions of the installation", _at(6))
    if not source.counted_goods:
        return draft.does_not_apply(energy.ONLY_ANNEX_II)
    draft.say(
        "indirect_emissions_tco2e", "Indirect emissions", emissions.indirect_of_installation(source),
        kind=Kind.NUMBER, unit=emissions.TCO2E, decimals=0, section="energy_use",
    )  # fmt: skip
    return draft.done()


def _heat(source: Source) -> Item:
    draft = Draft("7", "Measurable heat of other installations", _at(7))
    identity.say_heat_exchange(draft, source, is_named=False)
    return draft.done()


def _zero_rated(source: Source) -> Item:
    draft = Draft("8", "Zero-rated fuels", _at(8))
    identity.say_zero_rating(draft, source)
    return draft.done()
