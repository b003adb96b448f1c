"""The formulas run over a report: streams, attribution, embedded emissions, as one result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting import attribution, embedded, streams
from verification.accounting.constants import Constants, constants_on, latest_constants
from verification.accounting.enums import ValueSource
from verification.accounting.model import InstallationReport, Precursor, Process
from verification.accounting.streams import StreamResult
from verification.accounting.tree import MissingInput, Node, given
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, Annex III, "


@dataclass(frozen=True)
class Gap:
    """A number that a formula needed and the report does not give, by its path in the record."""

    path: str
    needed_for: str


@dataclass(frozen=True)
class ProcessResult:
    """Emissions of one process; ``None`` where an input is missing. SEE in t CO2e per ``unit``."""

    process: str
    unit: str
    activity_level: Decimal | None
    attributed_direct: Node | None
    attributed_indirect: Node | None
    see_direct: Node | None
    see_indirect: Node | None
    electricity_mwh_per_unit: Decimal | None
    default_share: Decimal | None

    @property
    def see_total(self) -> Decimal | None:
        if self.see_direct is None or self.see_indirect is None:
            return None
        with exact():
            return self.see_direct.value + self.see_indirect.value


@dataclass(frozen=True)
class InstallationTotals:
    """Period totals of the installation from its streams, t CO2e; fuel in TJ."""

    co2_tco2e: Decimal
    n2o_tco2e: Decimal
    pfc_tco2e: Decimal
    biomass_tco2e: Decimal
    fuel_tj: Decimal

    @property
    def direct_tco2e(self) -> Decimal:
        with exact():
            return self.co2_tco2e + self.n2o_tco2e + self.pfc_tco2e


@dataclass(frozen=True)
class InstallationResult:
    """Everything recomputed; ``loop`` says why no embedded emissions exist, or is empty."""

    constants: Constants
    streams: tuple[StreamResult, ...]
    totals: InstallationTotals
    processes: tuple[ProcessResult, ...]
    gaps: tuple[Gap, ...]
    loop: str = ""

    def process(self, process_id: str) -> ProcessResult | None:
        return next((item for item in self.processes if item.process == process_id), None)


def calculate(report: InstallationReport, constants: Constants | None = None) -> InstallationResult:
    """Recompute ``report`` with ``constants``, or with those in force on the period's last day.

    Never raises for missing numbers: they are listed as gaps and what depends on them is ``None``.
    """
    constants = constants or _constants_for(report)
    gaps: list[Gap] = []
    stream_results = _stream_results(report, constants, gaps)
    parts = {process.id: _parts(report, index, constants, gaps) for index, process in enumerate(report.processes)}
    loop = ""
    try:
        solved = _solve(report, parts)
    except embedded.ImpossibleLoop as error:
        loop = str(error)
        nothing = dict.fromkeys(parts)
        solved = {name: dict(nothing) for name in ("direct", "indirect", "electricity", "default")}
    results = tuple(_result(report, process, parts, solved) for process in report.processes)
    return InstallationResult(
        constants, stream_results, _totals(stream_results), results, tuple(dict.fromkeys(gaps)), loop
    )


def _constants_for(report: InstallationReport) -> Constants:
    if report.period.ends_on is None:
        return latest_constants()
    try:
        return constants_on(report.period.ends_on)
    except MissingReference:
        return latest_constants()


def _stream_results(report: InstallationReport, constants: Constants, gaps: list[Gap]) -> tuple[StreamResult, ...]:
    found = []
    groups: tuple[tuple[str, tuple, Callable], ...] = (
        ("source_streams", report.source_streams, streams.source_stream_emissions),
        ("pfc_streams", report.pfc_streams, streams.pfc_emissions),
        ("measured_sources", report.measured_sources, streams.measured_emissions),
    )
    for group, items, formula in groups:
        for index, item in enumerate(items):
            try:
                found.append(formula(item, constants))
            except MissingInput as missing:
                gaps += [Gap(f"{group}.{index}.{name}", "the emissions of this stream") for name in missing.names]
    return tuple(found)


def _totals(results: tuple[StreamResult, ...]) -> InstallationTotals:
    with exact():

        def of(gas: str) -> Decimal:
            return sum((item.fossil.value for item in results if item.gas == gas), Decimal(0))

        fuel = sum(((i.fuel_fossil_tj or Decimal(0)) + (i.fuel_biomass_tj or Decimal(0)) for i in results), Decimal(0))
        return InstallationTotals(
            co2_tco2e=of("co2"),
            n2o_tco2e=of("n2o"),
            pfc_tco2e=of("pfc"),
            biomass_tco2e=sum((item.biomass_tco2e for item in results), Decimal(0)),
            fuel_tj=fuel,
        )


@dataclass(frozen=True)
class _Parts:
    """What one process adds itself, before its own-made precursors."""

    activity_level: Decimal | None
    direct: Node | None
    indirect: Node | None
    bought: tuple[tuple[Precursor, Decimal], ...]
    own_direct: Decimal | None
    own_indirect: Decimal | None
    own_electricity: Decimal | None
    own_default: Decimal | None


def _parts(report: InstallationReport, index: int, constants: Constants, gaps: list[Gap]) -> _Parts:
    process, path = report.processes[index], f"processes.{index}"

    def attempt(formula: Callable[[], Node], needed_for: str) -> Node | None:
        try:
            return formula()
        except MissingInput as missing:
            gaps.extend(Gap(f"{path}.{name}", needed_for) for name in missing.names)
            return None

    direct = attempt(
        lambda: attribution.attributed_direct_emissions(process, constants), "the direct emissions of this process"
    )
    indirect = attempt(
        lambda: attribution.attributed_indirect_emissions(process), "the indirect emissions of this process"
    )
    level = process.activity_level
    if not level or level < 0:
        gaps.append(Gap(f"{path}.production", "the specific embedded emissions of this process"))
        return _Parts(level, direct, indirect, (), None, None, None, None)
    bought = _bought(report, process)
    gaps += _precursor_gaps(report, bought)
    return _Parts(
        activity_level=level,
        direct=direct,
        indirect=indirect,
        bought=bought,
        own_direct=_per_unit(direct.value if direct else None, bought, _see_direct, level),
        own_indirect=_per_unit(indirect.value if indirect else None, bought, _see_indirect, level),
        own_electricity=_per_unit(process.electricity_mwh, bought, _see_electricity, level),
        own_default=_per_unit(Decimal(0), bought, _see_default, level),
    )


def _bought(report: InstallationReport, process: Process) -> tuple[tuple[Precursor, Decimal], ...]:
    return tuple(
        (precursor, use.amount)
        for precursor in report.precursors
        for use in precursor.consumed_in
        if use.process == process.id and use.amount
    )


def _see_direct(precursor: Precursor) -> Decimal | None:
    return precursor.see_direct_tco2e_per_unit


def _see_indirect(precursor: Precursor) -> Decimal | None:
    return precursor.see_indirect_tco2e_per_unit


def _see_electricity(precursor: Precursor) -> Decimal | None:
    return precursor.electricity_mwh_per_unit


def _see_default(precursor: Precursor) -> Decimal | None:
    return _see_direct(precursor) if precursor.see_direct_source is ValueSource.DEFAULT else Decimal(0)


def _precursor_gaps(report: InstallationReport, bought: tuple[tuple[Precursor, Decimal], ...]) -> list[Gap]:
    position = {precursor.id: index for index, precursor in enumerate(report.precursors)}
    needed = {
        "see_direct_tco2e_per_unit": "the direct emissions embedded in goods made with this precursor",
        "electricity_mwh_per_unit": "the indirect emissions embedded in goods made with this precursor",
        "electricity_factor_tco2e_per_mwh": "the indirect emissions embedded in goods made with this precursor",
    }
    return [
        Gap(f"precursors.{position[precursor.id]}.{name}", why)
        for precursor, _ in bought
        for name, why in needed.items()
        if getattr(precursor, name) is None
    ]


def _per_unit(
    own: Decimal | None,
    bought: tuple[tuple[Precursor, Decimal], ...],
    carried: Callable[[Precursor], Decimal | None],
    level: Decimal,
) -> Decimal | None:
    if own is None:
        return None
    with exact():
        total = own
        for precursor, amount in bought:
            embedded_in_unit = carried(precursor)
            if embedded_in_unit is None:
                return None
            total += amount * embedded_in_unit
        return total / level


def _solve(report: InstallationReport, parts: dict[str, _Parts]) -> dict[str, dict[str, Decimal | None]]:
    columns = [
        embedded.Column("direct", {key: part.own_direct for key, part in parts.items()}),
        embedded.Column("indirect", {key: part.own_indirect for key, part in parts.items()}),
        embedded.Column("electricity", {key: part.own_electricity for key, part in parts.items()}),
        embedded.Column("default", {key: part.own_default for key, part in parts.items()}),
    ]
    flows = [
        embedded.Flow(consumer, supplier, amount)
        for consumer in parts
        for supplier, amount in _own_precursors(report, parts, consumer)
    ]
    return embedded.embedded_per_unit(list(parts), flows, columns)


def _own_precursors(report: InstallationReport, parts: dict[str, _Parts], consumer: str) -> list[tuple[str, Decimal]]:
    """Own-made products in one unit of the consumer's product (eq 61), by supplying process."""
    level = parts[consumer].activity_level
    if not level:
        return []
    with exact():
        return [
            (process.id, use.amount / level)
            for process in report.processes
            for use in process.consumed_in
            if use.process == consumer and use.amount
        ]


def _result(
    report: InstallationReport,
    process: Process,
    parts: dict[str, _Parts],
    solved: dict[str, dict[str, Decimal | None]],
) -> ProcessResult:
    part = parts[process.id]
    return ProcessResult(
        process=process.id,
        unit=process.unit,
        activity_level=part.activity_level,
        attributed_direct=part.direct,
        attributed_indirect=part.indirect,
        see_direct=_see_node("direct", part.direct, _see_direct, report, process, parts, solved),
        see_indirect=_see_node("indirect", part.indirect, _see_indirect, report, process, parts, solved),
        electricity_mwh_per_unit=solved["electricity"][process.id],
        default_share=embedded.default_share(solved["default"][process.id], solved["direct"][process.id]),
    )


def _see_node(
    kind: str,
    attributed: Node | None,
    carried: Callable[[Precursor], Decimal | None],
    report: InstallationReport,
    process: Process,
    parts: dict[str, _Parts],
    solved: dict[str, dict[str, Decimal | None]],
) -> Node | None:
    value, level = solved[kind][process.id], parts[process.id].activity_level
    if value is None or attributed is None or level is None:
        return None
    unit = f"t CO2e/{process.unit or 'unit'}"
    inputs = [attributed, given("AL", level, process.unit)]
    with exact():
        for precursor, amount in parts[process.id].bought:
            inputs.append(_carried_node(precursor.name, amount / level, carried(precursor) or Decimal(0), unit))
        for supplier, per_unit in _own_precursors(report, parts, process.id):
            name = (report.process(supplier) or process).name
            inputs.append(_carried_node(name, per_unit, solved[kind][supplier] or Decimal(0), unit))
    simple = len(inputs) == 2
    formula, article = ("AttrEm / AL", "A.3, eq 57, 58") if simple else ("AttrEm / AL + Σ mᵢ × SEEᵢ", "B, eq 59–62")
    label = f"Specific embedded {kind} emissions, {process.name}"
    return Node(label, value, unit, formula, ACT + article, inputs=tuple(inputs))


def _carried_node(name: str, per_unit: Decimal, carried: Decimal, unit: str) -> Node:
    inputs = (given("m", per_unit, "per unit"), given("SEE", carried, unit))
    return Node(f"Precursor {name}", per_unit * carried, unit, "m × SEE", ACT + "B, eq 60, 61", inputs=inputs)
