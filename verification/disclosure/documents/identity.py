"""Who reports, on which site, by which plan: items 1, 2 and 8 of the report, 1 to 3 and 8 of the summary."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from verification.accounting.enums import BiomassProof, StreamMethod
from verification.accounting.model import Process, SourceStream
from verification.disclosure.documents.drafting import REGISTER, Draft
from verification.disclosure.documents.shape import Column, Item, Kind
from verification.disclosure.documents.source import GoodRow, Source, included_categories
from verification.kernel.quantities import exact

MOST_IMPORTANT = 5
MASS = Column("quantity", "Quantity", Kind.NUMBER)


def say_operator(draft: Draft, source: Source) -> None:
    operator = source.content["operator"]
    draft.say("operator_name", "Name of the operator", operator["name"], section=REGISTER)
    draft.say(
        "operator_registration", "Corporate or activity registration number", operator["registration"],
        kind=Kind.CODE, section=REGISTER,
    )  # fmt: skip
    address = ", ".join(filter(None, (operator["address"], operator["country"])))
    draft.say("operator_address", "Full address", address, section=REGISTER)


def say_installation(draft: Draft, source: Source) -> None:
    site, stated = source.content["installation"], source.report.installation
    country = site.get("country_name") or site["country"]
    draft.say("installation_name", "Name of the installation", site["name"], section=REGISTER)
    draft.say(
        "registry_identifier", "Installation identifier in the CBAM Registry", stated.registry_id,
        kind=Kind.CODE, section="installation",
    )  # fmt: skip
    locode = site.get("unlocode") or stated.un_locode
    draft.say("unlocode", "UN/LOCODE", locode, kind=Kind.CODE, section="installation")
    address = ", ".join(filter(None, (site["address"], stated.post_code, site["city"], country)))
    draft.say("installation_address", "Full address", address, section=REGISTER)
    for key, label in (("latitude", "Latitude"), ("longitude", "Longitude")):
        words = f"{label} of the main emission source"
        draft.say(key, words, Decimal(site[key]), unit="°", decimals=6, section=REGISTER)


def operator_and_installation(source: Source, reference: str) -> Item:
    draft = Draft("1", "Operator and installation", reference)
    say_operator(draft, source)
    say_installation(draft, source)
    return draft.done()


def plan_summary(source: Source, reference: str) -> Item:
    report, draft = source.report, Draft("2", "Summary of the monitoring plan", reference)
    plan = report.monitoring_plan
    draft.say("plan_version", "Version of the monitoring plan", plan.version, kind=Kind.CODE)
    draft.say("plan_date", "Date of the monitoring plan", plan.dated_on, kind=Kind.DATE)
    draft.say("plan_summary", "In the operator’s words", plan.summary)
    say_processes(draft, source)
    others = ", ".join(good.name or good.id for good in report.other_goods)
    draft.say("other_processes", "Goods of processes outside the scheme", others or "None stated")
    _main_goods(draft, source)
    _main_fuels(draft, source)
    _main_materials(draft, source)
    _measured(draft, source)
    say_zero_rating(draft, source)
    say_heat_exchange(draft, source, is_named=True)
    return draft.done()


def say_processes(draft: Draft, source: Source) -> None:
    """Processes with routes and the categories that they include."""
    if not source.report.processes:
        draft.lack("Production processes and their routes", "processes")
    columns = (
        Column("process", "Process"),
        Column("category", "Goods category"),
        Column("included", "Precursors made within it"),
        Column("routes", "Production routes"),
    )
    rows = []
    for process in source.report.processes:
        routes = ", ".join(process.routes_in_use)
        if not routes:
            draft.lack(f"Production route of {process.name or process.id}", "route_production")
        rows.append((process.name or process.id, process.category, ", ".join(included_categories(process)), routes))
    draft.table("processes", "Production processes and routes", columns, rows)


def say_goods_of_processes(draft: Draft, source: Source) -> None:
    columns = (Column("process", "Process"), Column("cn", "CN code", Kind.CODE), Column("name", "Good"))
    rows = [
        (good.process.name or good.process.id if good.process else None, good.product.cn, good.product.name)
        for good in source.goods
    ]
    if not rows:
        draft.lack("Goods of each process by CN code", "goods")
    draft.table("goods", "Goods of each process", columns, rows)


def say_zero_rating(draft: Draft, source: Source) -> None:
    """Zero-rated are fuels with biomass that is proven; of unproven biomass the act knows none."""
    with_biomass = [item for item in _streams_and_sources(source) if item.biomass_percent and item.biomass_percent > 0]
    rated = [item for item in with_biomass if item.biomass_proof is not BiomassProof.UNPROVEN]
    draft.say("zero_rated_fuels", "Zero-rated fuels are used", bool(rated))
    if rated:
        names = ", ".join(item.name or item.id for item in rated)
        draft.say("zero_rated_names", "Which", names)
        method = source.report.monitoring_plan.zero_rating_method
        draft.say("zero_rating_method", "How zero-rating is demonstrated", method, section="plan")
        for item in rated:
            if item.biomass_proof is None:
                draft.lack(f"Whether the biomass in {item.name or item.id} is proven", "streams")


def say_heat_exchange(draft: Draft, source: Source, *, is_named: bool) -> None:
    """Heat that other installations give or take; ``is_named`` demands who they are."""
    bought = [item for item in source.report.heat_sources if item.kind and item.kind.value.startswith("bought")]
    flows = [(process, process.heat) for process in source.report.processes]
    local = {item.id for item in source.report.heat_sources if item not in bought}
    local |= {item.id for item in source.report.chp_units}
    imported = [(p, f) for p, f in flows if f.imported_tj and f.import_source not in local]
    exported = [(p, f) for p, f in flows if f.exported_tj and f.counterparty]
    draft.say("heat_imported", "Measurable heat comes from other installations", bool(bought or imported))
    draft.say("heat_exported", "Measurable heat goes to other installations", bool(exported))
    if not is_named:
        return
    for item in bought:
        if not item.counterparty:
            draft.lack(f"Which installation gives the heat of {item.name or item.id}", "heat_sources")
    for process, flow in imported:
        if not flow.counterparty and not flow.import_source:
            draft.lack(f"Where the heat of {process.name or process.id} comes from", "energy_use")
    for process, flow in flows:
        if flow.exported_tj and not flow.counterparty and not flow.export_source:
            draft.lack(f"Where the heat of {process.name or process.id} goes", "energy_use")
    names = sorted(
        {item.counterparty for item in bought} | {flow.counterparty for _, flow in flows if flow.counterparty}
    )
    draft.say("heat_counterparties", "Installations that exchange heat", ", ".join(filter(None, names)) or "None")


def new_installation(source: Source, reference: str) -> Item:
    draft = Draft("8", "Months monitored, for new installations", reference)
    months = source.report.monitoring_plan.months_monitored
    if months is None:
        return draft.does_not_apply("The installation states no part of a year; the whole period was monitored.")
    draft.say("months_monitored", "Months monitored", Decimal(months), unit="months")
    return draft.done()


def _main_goods(draft: Draft, source: Source) -> None:
    columns = (
        Column("process", "Process"), Column("cn", "CN code", Kind.CODE), Column("name", "Good"), MASS,
        Column("unit", "Unit"),
    )  # fmt: skip
    rows: list[tuple[str, str, str, Decimal | None, str]] = []
    for process in source.report.processes:
        goods = source.goods_of(process)
        if len(goods) > MOST_IMPORTANT and any(good.quantity is None for good in goods):
            draft.lack(f"Quantities of the goods of {process.name or process.id}, to tell the five largest", "goods")
        for good in sorted(goods, key=_by_quantity)[:MOST_IMPORTANT]:
            rows.append((process.name or process.id, good.product.cn, good.product.name, good.quantity, good.unit))
    draft.table("main_goods", "Most important goods by mass, at most five a process", columns, rows)


def _by_quantity(good: GoodRow) -> Decimal:
    return -(good.quantity or Decimal(0))


def _main_fuels(draft: Draft, source: Source) -> None:
    """Whatever has a calorific value and goes in is a fuel, also where a mass balance counts it."""
    energies: list[tuple[str, Decimal]] = []
    for stream in source.report.source_streams:
        if not _is_fuel(stream):
            continue
        if stream.activity_data is None or stream.net_calorific_value_gj_per_unit is None:
            draft.lack(f"Energy content of {stream.name or stream.id}", "streams")
            continue
        with exact():
            energies.append(
                (stream.name or stream.id, stream.activity_data * stream.net_calorific_value_gj_per_unit / 1000)
            )
    energies.sort(key=lambda each: -each[1])
    columns = (Column("fuel", "Fuel"), Column("energy_tj", "Energy", Kind.NUMBER, "TJ", 0))
    draft.table("main_fuels", "Most important fuels by energy, at most five", columns, energies[:MOST_IMPORTANT])
    if not energies:
        draft.say("main_fuels_used", "Fuels", "None stated")


def _is_fuel(stream: SourceStream) -> bool:
    has_energy = stream.net_calorific_value_gj_per_unit is not None
    is_input = stream.activity_data is None or stream.activity_data > 0
    return is_input and (stream.method is StreamMethod.COMBUSTION or (has_energy and stream.method is not None))


def _main_materials(draft: Draft, source: Source) -> None:
    emissions = {item.id: item.fossil.value for item in source.result.streams}
    found = [
        (stream.name or stream.id, emissions[stream.id])
        for stream in source.report.source_streams
        if stream.id in emissions and emissions[stream.id] > 0 and not _is_fuel(stream)
    ]
    found.sort(key=lambda each: -each[1])
    columns = (Column("material", "Material"), Column("emissions_tco2e", "Emissions", Kind.NUMBER, "t CO2e", 0))
    title = "Most important materials with process emissions, at most five"
    draft.table("main_materials", title, columns, found[:MOST_IMPORTANT])
    if not found:
        draft.say("main_materials_used", "Materials with process emissions", "None stated")


def _measured(draft: Draft, source: Source) -> None:
    sources = source.report.measured_sources
    if not sources:
        draft.say("measured", "Continuous measurement", "Not used")
        return
    emissions = {item.id: item.fossil.value for item in source.result.streams}
    rows = sorted(
        (
            (item.name or item.id, item.gas.value.upper() if item.gas else None, emissions.get(item.id))
            for item in sources
        ),
        key=lambda row: -(row[2] or Decimal(0)),
    )
    columns = (
        Column("source", "Emission source"),
        Column("gas", "Gas"),
        Column("emissions_tco2e", "Emissions", Kind.NUMBER, "t CO2e", 0),
    )
    draft.table("measured_sources", "Largest sources with continuous measurement", columns, rows[:MOST_IMPORTANT])


def _streams_and_sources(source: Source) -> Iterable:
    return [*source.report.source_streams, *source.report.measured_sources]


def process_label(process: Process | None) -> str | None:
    return None if process is None else process.name or process.id
