"""Emissions of the installation and of its processes: items 6, 7, 16, 29 and 30 of the report."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from verification.accounting.enums import TransferDirection, TransferPurpose
from verification.accounting.model import Co2Transfer, Share
from verification.accounting.totals import NOT_EMITTED
from verification.disclosure.documents.drafting import Draft
from verification.disclosure.documents.identity import process_label
from verification.disclosure.documents.shape import Column, Item, Kind
from verification.disclosure.documents.source import Source
from verification.kernel.quantities import exact, plain

TCO2E = "t CO2e"
EMISSIONS = Column("emissions_tco2e", "Emissions", Kind.NUMBER, TCO2E, 0)
DIRECTIONS = {TransferDirection.IN: "Received", TransferDirection.OUT: "Handed over"}
PURPOSES = {
    TransferPurpose.STORAGE: "Geological storage",
    TransferPurpose.BINDING: "Permanently bound in products",
    TransferPurpose.OTHER: "Other use",
}
METHODS = {"combustion": "Combustion", "process": "Process emissions", "mass_balance": "Mass balance"}
NO_TRANSFER = "No CO2 is transferred to or from the installation."


def co2_transfer(source: Source, number: str, reference: str, *, has_contacts: bool) -> Item:
    draft = Draft(number, "Transfer of CO2", reference)
    transfers = source.report.co2_transfers
    if not transfers:
        return draft.does_not_apply(NO_TRANSFER)
    draft.say("co2_is_transferred", "CO2 is captured or transferred", True)
    for item in transfers:
        if not item.counterparty:
            draft.lack(f"Counterparty of the CO2 transfer {item.id}", "co2_transfers")
        if has_contacts and item.direction is not TransferDirection.IN and not item.contact:
            draft.lack(f"Responsible contact at {item.counterparty or 'the receiver'}", "co2_transfers")
    columns = [Column("direction", "Direction"), Column("purpose", "For"), Column("counterparty", "Counterparty")]
    rows: list[tuple] = [(_direction(item), _purpose(item), item.counterparty) for item in transfers]
    if has_contacts:
        columns.append(Column("contact", "Responsible contact"))
        rows = [(*row, item.contact) for row, item in zip(rows, transfers, strict=True)]
    draft.table("transfers", "Transfers", columns, rows)
    return draft.done()


def total_direct(source: Source, reference: str) -> Item:
    draft = Draft("7", "Total direct emissions of the installation", reference)
    say_total_direct(draft, source)
    return draft.done()


def say_total_direct(draft: Draft, source: Source) -> None:
    draft.say(
        "direct_emissions_tco2e", "Total direct emissions", source.total("direct_tco2e"), kind=Kind.NUMBER,
        unit=TCO2E, decimals=0, section="streams",
    )  # fmt: skip


def total_emissions(source: Source, reference: str) -> Item:
    report, draft = source.report, Draft("16", "Emissions by source", reference)
    emissions = {item.id: item.fossil.value for item in source.result.streams}
    _source_streams(draft, source, emissions)
    _measured_sources(draft, source, emissions)
    rows = [
        (item.id, item.method.value if item.method else None, item.technology, emissions.get(item.id))
        for item in report.pfc_streams
    ]
    columns = (Column("stream", "Cells"), Column("method", "Method"), Column("technology", "Technology"), EMISSIONS)
    draft.table("other_methods", "(c) Determined by other methods: perfluorocarbons", columns, rows)
    for item in report.pfc_streams:
        if item.id not in emissions:
            draft.lack(f"Emissions of the cells {item.id}", "anode_effects")
    _kept_co2(draft, source)
    _data_gaps(draft, source)
    if not (report.source_streams or report.measured_sources or report.pfc_streams):
        draft.lack("Source streams with activity data and calculation factors", "streams")
    say_total_direct(draft, source)
    biomass = (source.reading.get("totals") or {}).get("biomass_tco2e")
    if biomass is not None:
        draft.say(
            "biomass_tco2e", "Zero-rated emissions of biomass, not contained", Decimal(biomass), unit=TCO2E, decimals=0
        )
    return draft.done()


def attribution(source: Source, reference: str) -> Item:
    draft = Draft("29", "How emissions were attributed to processes", reference)
    method = source.report.monitoring_plan.attribution_method
    notes = [(process_label(item), item.attribution_note) for item in source.report.processes if item.attribution_note]
    if len(source.report.processes) == 1 and not method and not notes:
        draft.note("The installation has one production process; its emissions are those of the installation.")
        return draft.done()
    unsaid = [item for item in source.report.processes if not item.attribution_note]
    if unsaid or not source.report.processes:
        draft.say("attribution_method", "Method of attribution", method, section="plan")
    else:
        draft.say("attribution_method", "Method of attribution", method)
    draft.table("processes", "By process", (Column("process", "Process"), Column("note", "How")), notes)
    return draft.done()


def process_emissions(source: Source, reference: str) -> Item:
    draft = Draft("30", "Activity level and attributed emissions of each process", reference)
    say_process_emissions(draft, source, has_activity=True)
    return draft.done()


def say_process_emissions(draft: Draft, source: Source, *, has_activity: bool) -> None:
    """Attributed emissions by process; without its activity level in the summary, which tells no quantities."""
    has_indirect = bool(source.counted_goods)
    columns = [Column("process", "Process")]
    if has_activity:
        columns += [Column("activity_level", "Activity level", Kind.NUMBER), Column("unit", "Unit")]
    columns.append(Column("direct_tco2e", "Direct", Kind.NUMBER, TCO2E, 0))
    if has_indirect and has_activity:
        columns.append(Column("indirect_tco2e", "Indirect", Kind.NUMBER, TCO2E, 0))
    rows: list[list] = []
    for process in source.report.processes:
        label = process_label(process)
        level, direct = process.activity_level, source.process_value(process, "attributed_direct_tco2e")
        indirect = source.process_value(process, "attributed_indirect_tco2e")
        row: list = [label]
        if has_activity:
            row += [level, process.unit]
            if level is None:
                draft.lack(f"Production of {label}", "production")
        if direct is None:
            draft.lack(f"Direct emissions of {label}", "processes")
        row.append(direct)
        if has_indirect and has_activity:
            if indirect is None and process.has_indirect_emissions is not False:
                draft.lack(f"Indirect emissions of {label}", "energy_use")
            row.append(indirect)
        rows.append(row)
    if not rows:
        draft.lack("Production processes", "processes")
    draft.table("processes", "By production process", columns, rows)


def _source_streams(draft: Draft, source: Source, emissions: dict[str, Decimal]) -> None:
    activity, factors = [], []
    unattributed = [item.name or item.id for item in source.report.source_streams if not item.attributed_to]
    if unattributed and len(source.report.processes) > 1:
        draft.lack(f"Production processes that use {', '.join(unattributed)}", "attribution")
    for item in source.report.source_streams:
        label = item.name or item.id
        if item.id not in emissions:
            draft.lack(f"Activity data or calculation factors of {label}", "streams")
        method = METHODS[item.method.value] if item.method else None
        activity.append(
            (
                item.id,
                label,
                method,
                _shares(source, item.attributed_to),
                item.activity_data,
                item.activity_unit,
                emissions.get(item.id),
            )
        )
        factors.append(
            (
                item.id,
                item.net_calorific_value_gj_per_unit,
                _with_unit(item.emission_factor, item.emission_factor_unit),
                _with_unit(item.carbon_content, item.carbon_content_unit),
                item.oxidation_percent,
                item.conversion_percent,
                item.biomass_percent,
                item.factor_reference,
            )
        )
    columns = (
        Column("id", "No.", Kind.CODE),
        Column("stream", "Source stream"),
        Column("method", "Method"),
        Column("attributed_to", "Attributed to"),
        Column("activity_data", "Activity data", Kind.NUMBER),
        Column("unit", "Unit"),
        EMISSIONS,
    )
    draft.table("source_streams", "(a) Activity data of each source stream", columns, activity)
    factor_columns = (
        Column("id", "No.", Kind.CODE),
        Column("ncv", "Net calorific value", Kind.NUMBER, "GJ/unit"),
        Column("emission_factor", "Emission factor"),
        Column("carbon_content", "Carbon content"),
        Column("oxidation_percent", "Oxidation", Kind.NUMBER, "%"),
        Column("conversion_percent", "Conversion", Kind.NUMBER, "%"),
        Column("biomass_percent", "Biomass", Kind.NUMBER, "%"),
        Column("reference", "Source of the factors"),
    )
    draft.table("calculation_factors", "(a) Calculation factors of each source stream", factor_columns, factors)


def _measured_sources(draft: Draft, source: Source, emissions: dict[str, Decimal]) -> None:
    rows = []
    for item in source.report.measured_sources:
        if item.id not in emissions:
            draft.lack(f"Measured values of {item.name or item.id}", "measured_sources")
        gas = item.gas.value.upper() if item.gas else None
        rows.append((item.name or item.id, gas, _shares(source, item.attributed_to), emissions.get(item.id)))
    columns = (
        Column("source", "Emission source"),
        Column("gas", "Gas"),
        Column("attributed_to", "Attributed to"),
        EMISSIONS,
    )
    draft.table("measured_sources", "(b) Emission sources with continuous measurement", columns, rows)


def _kept_co2(draft: Draft, source: Source) -> None:
    kept = [item for item in source.report.co2_transfers if item.purpose in NOT_EMITTED]
    for item in kept:
        if item.amount_t is None:
            draft.lack(f"Quantity of the CO2 transfer {item.id}", "co2_transfers")
    columns = (
        Column("direction", "Direction"), Column("purpose", "For"), Column("counterparty", "Counterparty"),
        Column("amount_t", "Quantity", Kind.NUMBER, "t CO2"),
    )  # fmt: skip
    rows = [(_direction(item), _purpose(item), item.counterparty, item.amount_t) for item in kept]
    draft.table("kept_co2", "(d) CO2 for storage or permanent binding", columns, rows)


def _data_gaps(draft: Draft, source: Source) -> None:
    gaps = source.report.data_gaps
    for item in gaps:
        if item.emissions_tco2e is None or not item.estimation_method:
            draft.lack(f"Estimate, and how it was made, for the data gap {item.id}", "data_gaps")
    columns = (
        Column("stream", "Stream"), Column("starts_on", "From", Kind.DATE), Column("ends_on", "To", Kind.DATE),
        Column("reason", "Reason"), Column("method", "Estimated by"), EMISSIONS,
    )  # fmt: skip
    rows = [
        (
            source.name_of(item.stream),
            item.starts_on,
            item.ends_on,
            item.reason,
            item.estimation_method,
            item.emissions_tco2e,
        )
        for item in gaps
    ]
    draft.table("data_gaps", "(e) Data gaps and estimates", columns, rows)
    if not gaps:
        draft.say("data_gaps_stated", "Data gaps", "None stated")


def _shares(source: Source, shares: Iterable[Share]) -> str:
    return ", ".join(f"{source.name_of(share.target)} {plain(share.percent)} %" for share in shares)


def _with_unit(value: Decimal | None, unit: str) -> str | None:
    return None if value is None else f"{plain(value)} {unit}".strip()


def _direction(item: Co2Transfer) -> str | None:
    return DIRECTIONS[item.direction] if item.direction else None


def _purpose(item: Co2Transfer) -> str | None:
    return PURPOSES[item.purpose] if item.purpose else None


def indirect_of_installation(source: Source) -> Decimal | None:
    """t CO2e: stated for the installation, else of the processes where each has its own."""
    stated = source.report.totals.indirect_emissions_tco2e
    if stated is not None:
        return stated
    amounts = [source.process_value(item, "attributed_indirect_tco2e") for item in source.report.processes]
    if not amounts or None in amounts:
        return None
    with exact():
        return sum((amount for amount in amounts if amount is not None), Decimal(0))
