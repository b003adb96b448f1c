"""The installation as a network: where its emissions come from and into which goods they go, in t CO2e.

Pure. Emissions are weighed over the whole period. What enters a process leaves it: with goods, with what
other processes use of it, or into the rest. Where a number of the report does not fit the others, the
difference is a flow of its own; only what is below a millionth of a place, the rounding of its inputs, is not.
"""

from __future__ import annotations

from decimal import Decimal

from portal.ui.computation.network import Flow, Kind, Network, Part, Place
from verification.accounting.calculation import InstallationResult, ProcessResult, ProductResult
from verification.accounting.co_products import whole_of
from verification.accounting.enums import StreamMethod
from verification.accounting.gaps import Log
from verification.accounting.model import ChpUnit, HeatSource, InstallationReport, Process
from verification.accounting.totals import Emitter, emitted
from verification.kernel.quantities import exact

ZERO = Decimal(0)
NEGLIGIBLE_SHARE = Decimal("1e-6")
MOST_GOODS_OF_A_PROCESS = 3


GROUP_OF_METHOD = {
    StreamMethod.COMBUSTION: "fuels",
    StreamMethod.PROCESS: "materials",
    StreamMethod.MASS_BALANCE: "carbon",
}
GROUP_OF_COLLECTION = {
    "pfc_streams": "anode_effects",
    "measured_sources": "measured",
    "data_gaps": "data_gaps",
    "co2_transfers": "not_emitted",
}
"""Fixed places; the pages have words for them."""


def network_of(report: InstallationReport, result: InstallationResult) -> Network | None:
    """``None`` where the embedded emissions of a process could not be computed, or there is no process."""
    if not result.processes or any(item.see_direct is None for item in result.processes):
        return None
    builder = _Builder(report, result)
    builder.add_streams()
    for process, found in zip(report.processes, result.processes, strict=True):
        builder.add_process(process, found)
    builder.add_goods()
    builder.settle()
    return builder.network()


class _Builder:
    """Collects flows; a negative amount is drawn the other way, to where it goes instead."""

    def __init__(self, report: InstallationReport, result: InstallationResult) -> None:
        self.report, self.result = report, result
        self.is_direct_only = any(item.see_indirect is None for item in result.processes)
        self.places: dict[str, Place] = {}
        self.flows: dict[tuple[str, str, Kind], Decimal] = {}
        self.stated = {item.id for item in report.processes if item.direct_emissions_tco2e is not None}
        self.emitters = emitted(report, result.constants, Log())[1]
        self.has_pool = bool(self.stated) and any(item.node is not None for item in self.emitters)

    # Places ---------------------------------------------------------------------------------

    def at(self, place: Place) -> str:
        self.places.setdefault(place.id, place)
        return place.id

    def fixed(self, name: str, part: Part) -> str:
        return self.at(Place(name, part))

    def pool(self) -> str:
        return self.fixed("pool", Part.POOL)

    def unit(self, unit_id: str) -> str:
        """The heat source, cogeneration unit or electricity source of that id, whichever there is."""
        made: list[ChpUnit | HeatSource] = [*self.report.chp_units, *self.report.heat_sources]
        for item in made:
            if item.id == unit_id:
                return self.at(Place(f"energy:{item.id}", Part.ENERGY, item.name or item.id))
        for source in self.report.electricity_sources:
            if source.id == unit_id:
                if source.chp_unit:
                    return self.unit(source.chp_unit)
                return self.at(Place(f"power:{source.id}", Part.ENERGY, source.name or source.id))
        return self.fixed("heat_elsewhere", Part.ENERGY)

    # Flows ----------------------------------------------------------------------------------

    def flow(self, source: str, target: str, kind: Kind, amount: Decimal) -> None:
        if not amount:
            return
        if amount < 0:
            raise ValueError(f"The flow from {source} to {target} is negative.")
        with exact():
            self.flows[source, target, kind] = self.flows.get((source, target, kind), ZERO) + amount

    def signed(self, source: str, target: str, amount: Decimal, away: str) -> None:
        """Into ``target`` where the amount is positive; out of it, to ``away``, where it is negative."""
        if amount < 0:
            self.flow(target, self.fixed(away, Part.OTHER), Kind.DIRECT, -amount)
        else:
            self.flow(source, target, Kind.DIRECT, amount)

    def add_streams(self) -> None:
        """Groups of streams to processes and energy units by their shares; what is unclaimed to the pool or the rest.

        Within one group amounts are netted: carbon that leaves in products is less of it, not another flow.
        """
        known = {item.id for items in (self.report.heat_sources, self.report.chp_units) for item in items}
        known |= {item.id for item in self.report.processes if item.id not in self.stated}
        totals: dict[tuple[str, str], Decimal] = {}
        names: dict[str, set[str]] = {}
        with exact():
            for emitter in self.emitters:
                if emitter.node is None:
                    continue
                group, name = self._group(emitter)
                names.setdefault(group, set()).add(name)
                left = emitter.node.value
                for share in emitter.shares:
                    if share.target in known:
                        part = emitter.node.value * share.percent / 100
                        totals[group, share.target] = totals.get((group, share.target), ZERO) + part
                        left -= part
                totals[group, ""] = totals.get((group, ""), ZERO) + left
        for (group, target), amount in totals.items():
            if not amount:
                continue
            only = next(iter(names[group])) if len(names[group]) == 1 else ""
            source = self.at(Place(group, Part.STREAMS, only, len(names[group])))
            self.signed(source, self._target(target), amount, "kept" if group != "not_emitted" else "not_emitted_out")

    def _group(self, emitter: Emitter) -> tuple[str, str]:
        collection, _dot, position = emitter.path.partition(".")
        if collection == "source_streams":
            stream = self.report.source_streams[int(position)]
            return GROUP_OF_METHOD.get(stream.method, "materials") if stream.method else "materials", stream.name
        return GROUP_OF_COLLECTION[collection], ""

    def _target(self, target: str) -> str:
        if not target:
            return self.pool() if self.has_pool else self.fixed("unattributed", Part.OTHER)
        process = self.report.process(target)
        return self.process(process) if process else self.unit(target)

    def process(self, process: Process) -> str:
        return self.at(Place(f"process:{process.id}", Part.PROCESS, process.name or process.id))

    def add_process(self, process: Process, found: ProcessResult) -> None:
        here = self.process(process)
        self._add_direct(process, found, here)
        if not self.is_direct_only:
            self._add_indirect(process, found, here)
        self._add_precursors(process, found, here)
        for use in process.consumed_in:
            consumer = self.report.process(use.process)
            if consumer and use.amount:
                self.flow(here, self.process(consumer), Kind.EMBEDDED, self._carried(found, use.amount))
        if process.consumed_for_other_goods:
            other = self.fixed("other_goods", Part.OTHER)
            self.flow(here, other, Kind.EMBEDDED, self._carried(found, process.consumed_for_other_goods))

    def _carried(self, found: ProcessResult, amount: Decimal) -> Decimal:
        direct = found.see_direct.value if found.see_direct else ZERO
        indirect = found.see_indirect.value if found.see_indirect and not self.is_direct_only else ZERO
        with exact():
            return amount * (direct + indirect)

    def _add_direct(self, process: Process, found: ProcessResult, here: str) -> None:
        """Equation 55, term by term; a process that states its emissions takes them from the installation's pool."""
        if found.attributed_direct is None:
            return
        attributed = whole_of(found.attributed_direct)
        with exact():
            away = attributed.value - found.attributed_direct.value
        if away > 0:
            self.flow(here, self.fixed("co_products", Part.OTHER), Kind.DIRECT, away)
        own, *terms = attributed.inputs
        if process.direct_emissions_tco2e is not None:
            source = self.pool() if self.has_pool else self.fixed("stated", Part.STREAMS)
            self.signed(source, here, process.direct_emissions_tco2e, "kept")
        if self.result.reconciliation.is_applied:
            with exact():
                self.signed(self.fixed("reconciled", Part.DIFFERENCE), here, own.value - own.inputs[0].value, "lowered")
        for term in terms:
            self.signed(self._term_source(process, term.label), here, term.value, "given_away")
        with exact():
            raised = attributed.value - sum((term.value for term in attributed.inputs), ZERO)
        if raised > 0:
            self.flow(self.fixed("raised_to_zero", Part.DIFFERENCE), here, Kind.DIRECT, raised)

    def _term_source(self, process: Process, label: str) -> str:
        if label == "EmH,imp" and process.heat.import_source:
            return self.unit(process.heat.import_source)
        return self.fixed("waste_gas" if label.startswith("WG") else "heat_elsewhere", Part.ENERGY)

    def _add_indirect(self, process: Process, found: ProcessResult, here: str) -> None:
        """Equation 56; where the factor is the mean of several sources, each by its part of it (Article 9)."""
        if found.attributed_indirect is None or not found.attributed_indirect.value:
            return
        whole = whole_of(found.attributed_indirect)
        with exact():
            away = whole.value - found.attributed_indirect.value
        if away > 0:
            self.flow(here, self.fixed("co_products", Part.OTHER), Kind.INDIRECT, away)
        electricity, factor = whole.inputs
        sources = self.report.electricity_sources
        is_mean = len(factor.inputs) == 2 * len(sources) > 2 and not process.electricity_source
        if process.electricity_factor_tco2e_per_mwh is None and is_mean:
            with exact():
                weights = sum((weight.value for weight in factor.inputs[::2]), ZERO)
                for source, weight, own in zip(sources, factor.inputs[::2], factor.inputs[1::2], strict=True):
                    part = electricity.value * weight.value * own.value / weights
                    self.flow(self.unit(source.id), here, Kind.INDIRECT, part)
            return
        self.flow(self._power_source(process), here, Kind.INDIRECT, whole.value)

    def _power_source(self, process: Process) -> str:
        if process.electricity_factor_tco2e_per_mwh is None and process.electricity_source:
            return self.unit(process.electricity_source)
        if process.electricity_factor_tco2e_per_mwh is None and len(self.report.electricity_sources) == 1:
            return self.unit(self.report.electricity_sources[0].id)
        return self.fixed("electricity", Part.ENERGY)

    def _add_precursors(self, process: Process, found: ProcessResult, here: str) -> None:
        """Bought ones, as the formula of the process adds them; own-made ones flow from their process."""
        trees = [found.see_direct] if self.is_direct_only else [found.see_direct, found.see_indirect]
        used = [
            (index, precursor)
            for index, precursor in enumerate(self.report.precursors)
            for use in precursor.consumed_in
            if use.amount and use.process == process.id
        ]
        for tree in trees:
            if tree is None or found.activity_level is None:
                continue
            for (index, precursor), node in zip(used, tree.inputs[2:], strict=False):
                name = precursor.name or precursor.category
                source = self.at(Place(f"precursor:{index}", Part.PRECURSOR, name))
                with exact():
                    self.flow(source, here, Kind.EMBEDDED, node.value * found.activity_level)

    def add_goods(self) -> None:
        """Each good with what its quantity carries; many goods of one process stand together."""
        for process, found in zip(self.report.processes, self.result.processes, strict=True):
            goods = [
                (item, own)
                for item, own in zip(self.report.products, self.result.products, strict=True)
                if item.process == process.id
            ]
            here = self.process(process)
            if any(item.quantity is None for item, _own in goods):
                carried = self._carried(found, process.produced_for_market or ZERO)
                amounts = [("", "", carried)] if len(goods) > 1 else [(goods[0][0].id, goods[0][0].cn, carried)]
            else:
                amounts = [(item.id, item.cn, self._of_good(own, item.quantity or ZERO)) for item, own in goods]
            if len(amounts) > MOST_GOODS_OF_A_PROCESS:
                with exact():
                    amounts = [("", "", sum((amount for _id, _cn, amount in amounts), ZERO))]
            for good_id, code, amount in amounts:
                name = code if good_id else process.name or process.id
                count = 1 if good_id else len(goods)
                place = Place(f"good:{process.id}:{good_id}", Part.GOOD, name, count)
                if amount:
                    self.flow(here, self.at(place), Kind.EMBEDDED, amount)

    def _of_good(self, own: ProductResult, quantity: Decimal) -> Decimal:
        direct = own.see_direct.value if own.see_direct else ZERO
        indirect = own.see_indirect.value if own.see_indirect and not self.is_direct_only else ZERO
        with exact():
            return quantity * (direct + indirect)

    def settle(self) -> None:
        """What a place takes in and does not give on goes to the rest; what it lacks comes as a difference."""
        for place in list(self.places.values()):
            if place.part not in (Part.PROCESS, Part.POOL, Part.ENERGY):
                continue
            network = self.network()
            entering = sum((flow.tco2e for flow in network.flows if flow.target == place.id), ZERO)
            if not entering and place.part is not Part.PROCESS:
                continue
            balance = network.balance(place.id)
            leaving = entering - balance
            if abs(balance) <= max(entering, leaving) * NEGLIGIBLE_SHARE:
                continue
            is_process = place.part is Part.PROCESS
            kind = Kind.EMBEDDED if is_process else Kind.DIRECT
            if balance > 0:
                rest = self.fixed("not_sold" if is_process else "unattributed", Part.OTHER)
                self.flow(place.id, rest, kind, balance)
            else:
                self.flow(self.fixed("uncovered", Part.DIFFERENCE), place.id, kind, -balance)

    def network(self) -> Network:
        flows = tuple(Flow(source, target, kind, amount) for (source, target, kind), amount in self.flows.items())
        joined = {flow.source for flow in flows} | {flow.target for flow in flows}
        places = tuple(place for place in self.places.values() if place.id in joined)
        return Network(places, flows, self.is_direct_only)
