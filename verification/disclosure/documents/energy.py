"""Electricity, heat and waste gases: items 3 to 5, 9 to 12, 17, 26, 32 and 33 of the report."""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.balances import balances_of
from verification.accounting.enums import ElectricityKind
from verification.accounting.gaps import Unavailable
from verification.accounting.model import ElectricitySource
from verification.disclosure.documents.drafting import Draft
from verification.disclosure.documents.identity import process_label
from verification.disclosure.documents.shape import Column, Item, Kind
from verification.disclosure.documents.source import Source
from verification.kernel.quantities import exact

ONLY_ANNEX_II = "Every good is in Annex II to Regulation (EU) 2023/956: its indirect emissions do not count."
KINDS = {
    ElectricityKind.GRID: "Grid",
    ElectricityKind.DIRECT_LINE: "Direct line",
    ElectricityKind.POWER_PURCHASE_AGREEMENT: "Power purchase agreement",
    ElectricityKind.OWN_CHP: "Own cogeneration",
    ElectricityKind.OWN_SEPARATE: "Own separate generation",
}
FROM_OTHERS = (ElectricityKind.DIRECT_LINE, ElectricityKind.POWER_PURCHASE_AGREEMENT)
MWH = Column("mwh", "Electricity", Kind.NUMBER, "MWh", 0)
FACTOR = Column("factor", "Emission factor", Kind.NUMBER, "t CO2e/MWh", 5)


def electricity_sources(source: Source, reference: str) -> Item:
    draft = Draft("3", "Sources of electricity", reference)
    sources = source.report.electricity_sources
    if not sources and not source.counted_goods:
        return draft.does_not_apply(ONLY_ANNEX_II)
    if not sources:
        draft.lack("Sources of the electricity, with quantities, suppliers and countries", "electricity_sources")
        return draft.done()
    draft.say("has_several_sources", "Electricity comes from different sources", len(sources) > 1)
    rows = []
    for item in sources:
        if item.amount_mwh is None:
            draft.lack(f"Quantity from {item.name or item.id}", "electricity_sources")
        if item.kind in FROM_OTHERS and not (item.supplier and item.country):
            draft.lack(f"Name and country of the supplier of {item.name or item.id}", "electricity_sources")
        rows.append((item.name or item.id, _kind(item), item.supplier, item.country, item.amount_mwh))
    columns = (
        Column("source", "Source"), Column("kind", "Kind"), Column("supplier", "Supplier"),
        Column("country", "Country", Kind.CODE), MWH,
    )  # fmt: skip
    draft.table("sources", "Electricity by source", columns, rows)
    return draft.done()


def own_generation(source: Source, number: str, reference: str) -> Item:
    draft = Draft(number, "Electricity made inside the installation", reference)
    report, own = source.report, source.own_sources
    if not own and not report.chp_units:
        return draft.does_not_apply("No electricity is made inside the installation.")
    separate = [item for item in own if item.kind is ElectricityKind.OWN_SEPARATE]
    draft.say("is_cogenerated", "By cogeneration", bool(report.chp_units) or len(separate) < len(own))
    draft.say("is_separate", "By separate generation", bool(separate))
    for item in own:
        if item.is_renewable is None:
            draft.lack(f"Whether {item.name or item.id} is fossil or renewable", "electricity_sources")
    named = {item.chp_unit for item in own}
    for unit in report.chp_units:
        if unit.id not in named:
            draft.lack(
                f"Whether the electricity of {unit.name or unit.id} is fossil or renewable", "electricity_sources"
            )
    draft.say("from_fossil", "From fossil sources", any(item.is_renewable is False for item in own))
    draft.say("from_renewable", "From renewable sources", any(item.is_renewable for item in own))
    is_exported = any((process.electricity_exported_mwh or 0) > 0 for process in report.processes)
    draft.say("is_exported", "Leaves the boundaries of a production process", is_exported)
    return draft.done()


def waste_gases(source: Source, number: str, reference: str, *, is_named: bool) -> Item:
    """``is_named`` asks for the other installations, as the full report does."""
    draft = Draft(number, "Waste gases", reference)
    flows = [(process, process.waste_gas) for process in source.report.processes]
    imported = [(p, f) for p, f in flows if f.imported_tj]
    exported = [(p, f) for p, f in flows if f.exported_tj]
    has_any = bool(imported or exported or any(process.has_waste_gases for process in source.report.processes))
    if not has_any:
        return draft.does_not_apply("No waste gas is made, used, imported or exported.")
    draft.say("is_used", "Produced and used in the installation", has_any)
    from_others = [(p, f) for p, f in imported if f.counterparty]
    to_others = [(p, f) for p, f in exported if f.counterparty]
    draft.say("is_imported", "Imported from other installations", bool(from_others))
    draft.say("is_exported", "Exported to other installations", bool(to_others))
    if not is_named:
        return draft.done()
    if exported and not imported:
        for process, flow in exported:
            if not flow.counterparty and not flow.export_source:
                draft.lack(f"Where the waste gas of {process_label(process)} goes", "energy_use")
    if imported and not exported:
        for process, flow in imported:
            if not flow.counterparty and not flow.import_source:
                draft.lack(f"Where the waste gas of {process_label(process)} comes from", "energy_use")
    names = sorted({flow.counterparty for _, flow in flows if flow.counterparty})
    draft.say("counterparties", "Other installations", ", ".join(names) or "None named")
    return draft.done()


def electricity_total(source: Source, reference: str) -> Item:
    draft = Draft("9", "Electricity consumed in the installation", reference)
    if not source.counted_goods:
        return draft.does_not_apply(ONLY_ANNEX_II)
    supplied = balances_of(source.report)["electricity_mwh"].supplied
    if supplied is None and not source.report.electricity_sources:
        supplied = _used(source, source.report.processes)
        if supplied is not None:
            draft.note("No sources are listed: this is the sum of what the production processes use.")
    draft.say(
        "electricity_total_mwh", "Total electricity", supplied, kind=Kind.NUMBER, unit="MWh", decimals=0,
        section="electricity_sources",
    )  # fmt: skip
    return draft.done()


def electricity_for_goods(source: Source, reference: str) -> Item:
    draft = Draft("10", "Electricity for goods whose indirect emissions count", reference)
    if not source.counted_goods:
        return draft.does_not_apply(ONLY_ANNEX_II)
    making = {good.product.process for good in source.counted_goods}
    processes = [process for process in source.report.processes if process.id in making]
    draft.say(
        "electricity_for_goods_mwh", "Electricity of the processes that make them", _used(source, processes),
        kind=Kind.NUMBER, unit="MWh", decimals=0, section="energy_use",
    )  # fmt: skip
    return draft.done()


def electricity_suppliers(source: Source, reference: str) -> Item:
    draft = Draft("11", "Installations that deliver electricity", reference)
    if not source.counted_goods:
        return draft.does_not_apply(ONLY_ANNEX_II)
    sources = source.report.electricity_sources
    if not sources:
        draft.lack("Sources of the electricity", "electricity_sources")
        return draft.done()
    others = [item for item in sources if item.kind in FROM_OTHERS]
    if not others:
        return draft.does_not_apply("All electricity comes from the grid or is made inside the installation.")
    for item in others:
        if not item.supplier:
            draft.lack(f"Installation that delivers {item.name or item.id}", "electricity_sources")
    columns = (Column("source", "Source"), Column("supplier", "Installation"), Column("country", "Country", Kind.CODE))
    rows = [(item.name or item.id, item.supplier, item.country) for item in others]
    draft.table("suppliers", "Installations of origin", columns, rows)
    return draft.done()


def electricity_factors(source: Source, reference: str) -> Item:
    draft = Draft("12", "Electricity and emission factor by source", reference)
    sources = source.report.electricity_sources
    if len(sources) < 2:
        return draft.does_not_apply("The installation states no more than one source of electricity.")
    for item in sources:
        lacking = [
            words
            for words, value in (
                ("quantity", item.amount_mwh),
                ("country", item.country),
                ("emission factor", _factor(source, item)),
            )
            if value in (None, "")
        ]
        if lacking:
            draft.lack(f"{', '.join(lacking).capitalize()} of {item.name or item.id}", "electricity_sources")
    rows = [(item.name or item.id, item.country, item.amount_mwh, _factor(source, item)) for item in sources]
    columns = (Column("source", "Source"), Column("country", "Country", Kind.CODE), MWH, FACTOR)
    draft.table("factors", "Factor by source", columns, rows)
    draft.say(
        "weighted_factor", "Factor used for indirect emissions, weighted by quantity", _weighted(source),
        kind=Kind.NUMBER, unit="t CO2e/MWh", decimals=5,
    )  # fmt: skip
    return draft.done()


def energy_balance(source: Source, reference: str) -> Item:
    report, draft = source.report, Draft("17", "Balance of heat, waste gases and electricity", reference)
    if not report.processes:
        draft.lack("Heat, waste gases and electricity of each process", "energy_use")
        return draft.done()
    rows = []
    for process in report.processes:
        if process.electricity_mwh is None and source.counted_goods:
            draft.lack(f"Electricity of {process_label(process)}", "energy_use")
        rows.append(
            (
                process_label(process),
                process.heat.imported_tj,
                process.heat.exported_tj,
                process.waste_gas.imported_tj,
                process.waste_gas.exported_tj,
                process.electricity_mwh,
                process.electricity_exported_mwh,
            )
        )
    columns = (
        Column("process", "Process"),
        Column("heat_in_tj", "Heat in", Kind.NUMBER, "TJ"),
        Column("heat_out_tj", "Heat out", Kind.NUMBER, "TJ"),
        Column("gas_in_tj", "Waste gas in", Kind.NUMBER, "TJ"),
        Column("gas_out_tj", "Waste gas out", Kind.NUMBER, "TJ"),
        Column("electricity_used_mwh", "Electricity used", Kind.NUMBER, "MWh"),
        Column("electricity_out_mwh", "Electricity out", Kind.NUMBER, "MWh"),
    )
    draft.table("processes", "By production process", columns, rows)
    balances = balances_of(report)
    words = {
        "heat_tj": ("Heat", "TJ"),
        "waste_gas_tj": ("Waste gases", "TJ"),
        "electricity_mwh": ("Electricity", "MWh"),
    }
    totals = [(label, unit, balances[key].supplied, balances[key].used) for key, (label, unit) in words.items()]
    whole = (
        Column("energy", "Energy"),
        Column("unit", "Unit"),
        Column("supplied", "Supplied to the processes", Kind.NUMBER),
        Column("used", "Used by the processes", Kind.NUMBER),
    )
    draft.table("installation", "Of the installation", whole, totals)
    draft.note("Where a side is not stated, or not wholly, it is left empty and not taken as zero.")
    return draft.done()


def electricity_by_process(source: Source, reference: str) -> Item:
    draft = Draft("26", "Electricity used in each production process", reference)
    stated = [item for item in source.report.processes if item.electricity_mwh is not None]
    if not stated and not source.counted_goods:
        return draft.does_not_apply(ONLY_ANNEX_II)
    rows = []
    for process in source.report.processes:
        if process.electricity_mwh is None and source.counted_goods:
            draft.lack(f"Electricity of {process_label(process)}", "energy_use")
        rows.append((process_label(process), process.electricity_mwh))
    draft.table("processes", "By production process", (Column("process", "Process"), MWH), rows)
    return draft.done()


def actual_factor(source: Source, reference: str) -> Item:
    draft = Draft("32", "Emission factor of electricity from actual values", reference)
    return _factors_of(
        draft, source, source.actual_sources, "No emission factor of electricity rests on actual values."
    )


def agreement_factor(source: Source, reference: str) -> Item:
    draft = Draft("33", "Emission factor in the power purchase agreement", reference)
    bought = [
        item for item in source.report.electricity_sources if item.kind is ElectricityKind.POWER_PURCHASE_AGREEMENT
    ]
    return _factors_of(draft, source, bought, "No electricity is bought under a power purchase agreement.")


def _factors_of(draft: Draft, source: Source, items: list | tuple, otherwise: str) -> Item:
    if not items:
        return draft.does_not_apply(otherwise)
    for item in items:
        if _factor(source, item) is None:
            draft.lack(f"Emission factor of {item.name or item.id}", "electricity_sources")
    columns = (Column("source", "Source"), Column("method", "Determined under"), FACTOR)
    rows = [(item.name or item.id, item.factor_source or _kind(item), _factor(source, item)) for item in items]
    draft.table("factors", "Factors", columns, rows)
    return draft.done()


def _factor(source: Source, item: ElectricitySource) -> Decimal | None:
    """Stated, or that of the own cogeneration unit; ``None`` where it cannot be had."""
    try:
        return source.supply.electricity_factor(item.id).node.value
    except Unavailable:
        return None


def _weighted(source: Source) -> Decimal | None:
    try:
        return source.supply.mean_electricity_factor().node.value
    except Unavailable:
        return None


def _used(source: Source, processes: list | tuple) -> Decimal | None:
    """MWh of all the processes; ``None`` unless each states its own."""
    amounts = [process.electricity_mwh for process in processes]
    if not amounts or None in amounts:
        return None
    with exact():
        return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _kind(item: ElectricitySource) -> str:
    return KINDS[item.kind] if item.kind else ""
