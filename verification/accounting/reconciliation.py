"""Directly attributable emissions of the processes, and how they fit the installation's total.

Implementing Regulation (EU) 2025/2547, Annex III, A.1, equations 41 and 42. Emissions that reach the
processes as heat or electricity of the installation's own units are no part of what the processes state,
so they are taken off the installation's total before the two are compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.enums import HeatKind
from verification.accounting.gaps import Gap, Log, Unavailable
from verification.accounting.model import ChpUnit, HeatSource, InstallationReport, Process
from verification.accounting.shares import Received
from verification.accounting.streams import TCO2E
from verification.accounting.supply import EnergySupply
from verification.accounting.totals import InstallationTotals
from verification.accounting.tree import MissingInput, Node, given
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, Annex III, A.1"
NEEDED_FOR = "the reconciliation of the processes with the installation"


@dataclass(frozen=True)
class Reconciliation:
    """t CO2e over the period; ``None`` where it is not known.

    ``processes_direct_tco2e`` are all processes, those of other goods included; ``factor`` is
    (installation − energy units) / processes, and 1 where the two agree.
    """

    installation_direct_tco2e: Decimal | None = None
    energy_units_direct_tco2e: Decimal | None = None
    processes_direct_tco2e: Decimal | None = None
    factor: Decimal | None = None
    is_applied: bool = False
    tree: Node | None = None

    @property
    def rest_tco2e(self) -> Decimal | None:
        """What no process claims; negative where the processes claim more than there is."""
        parts = (self.installation_direct_tco2e, self.energy_units_direct_tco2e, self.processes_direct_tco2e)
        installation, units, processes = parts
        if installation is None or units is None or processes is None:
            return None
        with exact():
            return installation - units - processes


def direct_emissions(
    report: InstallationReport,
    totals: InstallationTotals,
    received: Mapping[str, Received],
    supply: EnergySupply,
    log: Log,
) -> tuple[dict[str, Node | None], Reconciliation]:
    """DirEm* by process, corrected where the operator asks for it, and the comparison behind."""
    found: dict[str, Node | None] = {}
    for index, process in enumerate(report.processes):
        found[process.id] = _direct(index, process, received.get(process.id), log)
    comparison = _compare(report, totals, received, supply, found)
    if not report.totals.is_reconciled:
        return found, comparison
    factor = comparison.tree
    if factor is None:
        _log_what_is_missing(report, totals, comparison, log)
        return dict.fromkeys(found), comparison
    corrected = {name: _corrected(node, factor) if node else None for name, node in found.items()}
    return corrected, Reconciliation(**{**vars(comparison), "is_applied": True})


def _direct(index: int, process: Process, received: Received | None, log: Log) -> Node | None:
    """As stated, else what the streams attributed to the process make."""

    def formula() -> Node | None:
        if process.direct_emissions_tco2e is not None:
            return given("DirEm*", process.direct_emissions_tco2e, TCO2E)
        if received is None:
            raise MissingInput(("direct_emissions_tco2e",))
        return received.node("DirEm*", ACT)

    return log.attempt(f"processes.{index}", "the direct emissions of this process", formula)


def _compare(
    report: InstallationReport,
    totals: InstallationTotals,
    received: Mapping[str, Received],
    supply: EnergySupply,
    direct: Mapping[str, Node | None],
) -> Reconciliation:
    installation = totals.tree.value if totals.tree is not None else None
    units = _energy_units(report, received, supply)
    processes = _processes(report, direct)
    parts = Reconciliation(installation, units, processes)
    if installation is None or units is None or processes is None or processes <= 0:
        return parts
    inputs = (
        given("D Inst", installation, TCO2E),
        given("D energy units", units, TCO2E),
        given("Σ D PP", processes, TCO2E),
    )
    with exact():
        value = (installation - units) / processes
    formula = "(D Inst − D energy units) / Σ D PP"
    tree = Node("RecF", value, "1", formula, f"{ACT}, eq 41", inputs=inputs)
    return Reconciliation(installation, units, processes, value, tree=tree)


def _processes(report: InstallationReport, direct: Mapping[str, Node | None]) -> Decimal | None:
    """All processes; those of other goods are unknown where there are such goods and nothing is stated."""
    others = report.totals.other_processes_direct_tco2e
    known = [node.value for node in direct.values() if node is not None]
    if len(known) < len(direct) or not known or (others is None and report.other_goods):
        return None
    with exact():
        return sum(known, others or Decimal(0))


def _energy_units(report: InstallationReport, received: Mapping[str, Received], supply: EnergySupply) -> Decimal | None:
    emissions = [_unit_emissions(unit, received.get(unit.id)) for unit in report.chp_units]
    emissions += [_heat_emissions(source, received.get(source.id), supply) for source in report.heat_sources]
    known = [value for value in emissions if value is not None]
    if len(known) < len(emissions):
        return None
    with exact():
        return sum(known, Decimal(0))


def _unit_emissions(unit: ChpUnit, received: Received | None) -> Decimal | None:
    if received is not None:
        return received.total
    if unit.fuel_emissions_tco2 is None:
        return None
    with exact():
        return unit.fuel_emissions_tco2 + (unit.flue_gas_cleaning_tco2 or Decimal(0))


def _heat_emissions(source: HeatSource, received: Received | None, supply: EnergySupply) -> Decimal | None:
    """Only of boilers on the site: heat that was bought was made, and counted, elsewhere."""
    if received is not None:
        return received.total
    if source.kind is not HeatKind.BOILER:
        return Decimal(0)
    try:
        factor = supply.heat_factor(source.id)
    except Unavailable:
        return None
    if source.amount_tj is None:
        return None
    with exact():
        return factor.value * source.amount_tj


def _log_what_is_missing(
    report: InstallationReport, totals: InstallationTotals, comparison: Reconciliation, log: Log
) -> None:
    if totals.tree is None and totals.is_complete:
        log.lack(Gap("source_streams", NEEDED_FOR))
    if report.other_goods and report.totals.other_processes_direct_tco2e is None:
        log.lack(Gap("totals.other_processes_direct_tco2e", NEEDED_FOR))
    if comparison.energy_units_direct_tco2e is None:
        paths = [
            f"heat_sources.{index}.amount_tj" for index, item in enumerate(report.heat_sources) if not item.amount_tj
        ]
        paths += [
            f"chp_units.{index}.fuel_emissions_tco2"
            for index, item in enumerate(report.chp_units)
            if item.fuel_emissions_tco2 is None
        ]
        log.lack(*(Gap(path, NEEDED_FOR) for path in paths))
    log.lack(Gap("totals.is_reconciled", NEEDED_FOR))


def _corrected(own: Node, factor: Node) -> Node:
    with exact():
        value = own.value * factor.value
    return Node("DirEm* corrected", value, TCO2E, "DirEm* × RecF", f"{ACT}, eq 42", inputs=(own, factor))
