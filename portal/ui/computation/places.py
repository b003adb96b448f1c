"""Which field of the report gave each leaf of a tree of the calculation, by its path in the record.

The trees name their parts by the letters of the act (AD, NCV, EF …); what a letter stands for depends on
whose value it is. A leaf that no field gave, such as a factor of the act, has no path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from verification.accounting.calculation import InstallationResult
from verification.accounting.co_products import whole_of
from verification.accounting.gaps import Log
from verification.accounting.model import ChpUnit, ElectricitySource, HeatSource, InstallationReport, Process
from verification.accounting.totals import Emitter, emitted
from verification.accounting.tree import Node

LETTERS: Mapping[str, Mapping[str, str]] = {
    "source_streams": {
        "AD": "activity_data",
        "NCV": "net_calorific_value_gj_per_unit",
        "EF": "emission_factor",
        "CC": "carbon_content",
        "OF": "oxidation_percent",
        "CF": "conversion_percent",
        "1 − BF": "biomass_percent",
        "BF, without proof": "biomass_percent",
    },
    "pfc_streams": {
        "Pr": "production_t",
        "frequency": "effects_per_cell_day",
        "duration": "minutes_per_effect",
        "SEF": "slope_factor_kg_cf4_per_t_minute",
        "OVC": "overvoltage_coefficient_kg_cf4_per_t_mv",
        "AEO": "overvoltage_mv",
        "CE": "current_efficiency_percent",
        "F": "c2f6_weight_fraction",
        "η": "collection_efficiency",
    },
    "measured_sources": {
        "concentration": "concentration_g_per_nm3",
        "concentration CO": "co_concentration_g_per_nm3",
        "hours": "operating_hours",
        "flow": "flow_1000nm3_per_hour",
        "1 − BF": "biomass_percent",
        "BF, without proof": "biomass_percent",
    },
    "data_gaps": {"estimate": "emissions_tco2e"},
    "co2_transfers": {"CO2 handed over": "amount_t", "1 − BF": "biomass_percent"},
    "heat_sources": {
        "EF fuel mix": "fuel_factor_tco2_per_tj",
        "η": "efficiency",
        "Q": "amount_tj",
    },
    "chp_units": {
        "E in": "fuel_tj",
        "Q": "heat_tj",
        "E el": "electricity_mwh",
        "Em fuels": "fuel_emissions_tco2",
        "Em flue gas cleaning": "flue_gas_cleaning_tco2",
        "η ref,heat": "heat_reference_efficiency",
        "η ref,el": "electricity_reference_efficiency",
    },
    "processes": {
        "DirEm*": "direct_emissions_tco2e",
        "AL": "production",
        "E": "electricity_mwh",
        "EF": "electricity_factor_tco2e_per_mwh",
    },
}
TERMS: Mapping[str, Mapping[str, str]] = {
    "EmH,imp": {"Q": "heat.imported_tj", "EF heat": "heat.import_factor_tco2_per_tj"},
    "−EmH,exp": {"Q": "heat.exported_tj", "EF heat": "heat.export_factor_tco2_per_tj"},
    "WGcorr,imp": {"WG": "waste_gas.imported_tj"},
    "−WGcorr,exp": {"WG": "waste_gas.exported_tj"},
    "−Emel,prod": {"E": "electricity_exported_mwh", "EF": "electricity_export_factor_tco2_per_mwh"},
}
"""Terms of equation 55, whose letters mean another field of the same process."""


@dataclass(frozen=True)
class Step:
    """A node of a tree with the places it came from. ``process`` is the id of the process whose tree goes on."""

    path: str
    node: Node
    field: str = ""
    process: str = ""
    steps: tuple[Step, ...] = ()

    def all(self) -> Iterator[Step]:
        """Itself and everything below, depth first."""
        yield self
        for step in self.steps:
            yield from step.all()


class Places:
    """Walks the trees of one report."""

    def __init__(self, report: InstallationReport, result: InstallationResult) -> None:
        self.report = report
        self.emitters = emitted(report, result.constants, Log())[1]
        self.is_reconciled = result.reconciliation.is_applied

    def of_stream(self, path: str, node: Node, owner: str) -> Step:
        """``owner`` is the path of the stream in the record ("source_streams.2")."""
        return self._by_letters(path, node, owner, LETTERS[owner.partition(".")[0]])

    def of_see(self, path: str, node: Node, process: Process, *, is_direct: bool) -> Step:
        """Specific embedded emissions of a process: attributed, level, bought precursors, own-made ones."""
        owner = f"processes.{self.report.processes.index(process)}"
        attributed, level, *carried = node.inputs
        steps = [
            self.of_attributed(f"{path}.1", attributed, process),
            Step(f"{path}.2", level, f"{owner}.production"),
        ]
        used = [*self._bought(process), *self._made(process)]
        for place, (item, (use, owned, supplier)) in enumerate(zip(carried, used, strict=True), start=3):
            amount, value = item.inputs
            if supplier:
                below = Step(f"{path}.{place}.2", value, process=supplier)
            else:
                below = self._of_precursor(f"{path}.{place}.2", value, owned, is_direct=is_direct)
            steps.append(Step(f"{path}.{place}", item, steps=(Step(f"{path}.{place}.1", amount, use), below)))
        return Step(path, node, steps=tuple(steps))

    def of_attributed(self, path: str, node: Node, process: Process) -> Step:
        owner = f"processes.{self.report.processes.index(process)}"
        if whole_of(node) is not node:
            whole, share = node.inputs
            parts = (self.of_attributed(f"{path}.1", whole, process), self._of_product_share(f"{path}.2", share, owner))
            return Step(path, node, steps=parts)
        steps = []
        for place, item in enumerate(node.inputs, start=1):
            here = f"{path}.{place}"
            if item.label.startswith("DirEm*"):
                steps.append(self._of_own(here, item, process, owner))
            elif item.label in TERMS:
                steps.append(self._by_letters(here, item, owner, TERMS[item.label]))
            else:
                steps.append(self._by_letters(here, item, owner, LETTERS["processes"]))
        return Step(path, node, steps=tuple(steps))

    # Inner parts ----------------------------------------------------------------------------

    def _of_product_share(self, path: str, node: Node, owner: str) -> Step:
        """Amounts of the product and of each co-product, then their molar masses in the same order (eq 43)."""
        count = len(self.report.processes[int(owner.partition(".")[2])].co_products)
        others = range(count)
        fields = [f"{owner}.production", *(f"{owner}.co_products.{index}.amount_t" for index in others)]
        fields += [f"{owner}.product_molar_mass_g_per_mol"]
        fields += [f"{owner}.co_products.{index}.molar_mass_g_per_mol" for index in others]
        leaves = zip(node.inputs, fields, strict=False)
        return Step(
            path,
            node,
            steps=tuple(Step(f"{path}.{place}", item, field) for place, (item, field) in enumerate(leaves, 1)),
        )

    def _of_own(self, path: str, node: Node, process: Process, owner: str) -> Step:
        """Directly attributable emissions: stated, shares of streams, or either of them reconciled."""
        if self.is_reconciled and node.label == "DirEm* corrected":
            own, factor = node.inputs
            below = (
                self._of_own(f"{path}.1", own, process, owner),
                self._by_letters(f"{path}.2", factor, "totals", {}),
            )
            return Step(path, node, "totals.is_reconciled", steps=below)
        if not node.inputs:
            return Step(path, node, f"{owner}.direct_emissions_tco2e")
        return Step(path, node, steps=self._of_shares(path, node, process.id))

    def _of_shares(self, path: str, node: Node, target: str) -> tuple[Step, ...]:
        """The parts of emitters that ``target`` receives, in the order of the report."""
        given = [
            (emitter, place)
            for emitter in self.emitters
            for place, share in enumerate(emitter.shares)
            if share.target == target
        ]
        steps = []
        for place, (part, (emitter, share)) in enumerate(zip(node.inputs, given, strict=True), start=1):
            steps.append(self._of_share(f"{path}.{place}", part, emitter, share))
        return tuple(steps)

    def _of_share(self, path: str, part: Node, emitter: Emitter, share: int) -> Step:
        if part is emitter.node or part == emitter.node:
            return self.of_stream(path, part, emitter.path)
        whole, percent = part.inputs
        below = (
            self.of_stream(f"{path}.1", whole, emitter.path),
            Step(f"{path}.2", percent, f"{emitter.path}.attributed_to.{share}"),
        )
        return Step(path, part, steps=below)

    def _by_letters(self, path: str, node: Node, owner: str, letters: Mapping[str, str]) -> Step:
        """Down a tree whose leaves are fields of ``owner``; factors of heat and power lead to their sources."""
        if owner.startswith("processes."):
            source = self._source_of(node)
            if source:
                return self._of_source(path, node, source)
        if not node.inputs:
            name = letters.get(node.label, "") if not node.reference else ""
            return Step(path, node, f"{owner}.{name}" if name else "")
        steps = (
            self._by_letters(f"{path}.{place}", item, owner, letters) for place, item in enumerate(node.inputs, start=1)
        )
        return Step(path, node, steps=tuple(steps))

    def _source_of(self, node: Node) -> str:
        """The heat source, unit or electricity source whose factor the node is, by the name in its label."""
        kinds: tuple[tuple[str, str, Sequence[HeatSource | ChpUnit | ElectricitySource]], ...] = (
            ("EF heat, ", "heat_sources", self.report.heat_sources),
            ("EF CHP,heat, ", "chp_units", self.report.chp_units),
            ("EF CHP,el, ", "chp_units", self.report.chp_units),
            ("EF electricity, ", "electricity_sources", self.report.electricity_sources),
        )
        for beginning, collection, items in kinds:
            if not node.label.startswith(beginning):
                continue
            name = node.label.removeprefix(beginning)
            alike = [index for index, item in enumerate(items) if (item.name or item.id) == name]
            # Two sources of one name cannot be told apart by the label; then no field is named.
            if len(alike) == 1:
                return f"{collection}.{alike[0]}"
        return ""

    def _of_source(self, path: str, node: Node, owner: str) -> Step:
        collection, _dot, index = owner.partition(".")
        if collection == "electricity_sources":
            return Step(path, node, f"{owner}.factor_tco2e_per_mwh")
        if not node.inputs:
            return Step(path, node, f"{owner}.stated_factor_tco2_per_tj")
        target = getattr(self.report, collection)[int(index)].id
        return Step(path, node, steps=tuple(self._of_unit(path, node, owner, target)))

    def _of_unit(self, path: str, node: Node, owner: str, target: str) -> Iterator[Step]:
        letters = LETTERS[owner.partition(".")[0]]
        for place, item in enumerate(node.inputs, start=1):
            here = f"{path}.{place}"
            if item.label == "Em fuels" and item.inputs:
                yield Step(here, item, steps=self._of_shares(here, item, target))
            elif item.inputs:
                yield Step(here, item, steps=tuple(self._of_unit(here, item, owner, target)))
            elif item.label.startswith("EF usual fuel"):
                yield Step(here, item, f"{owner}.fuel_factor_tco2_per_tj")
            else:
                name = letters.get(item.label, "") if not item.reference else ""
                yield Step(here, item, f"{owner}.{name}" if name else "")

    def _bought(self, process: Process) -> Iterator[tuple[str, str, str]]:
        for index, precursor in enumerate(self.report.precursors):
            for place, use in enumerate(precursor.consumed_in):
                if use.amount and use.process == process.id:
                    yield f"precursors.{index}.consumed_in.{place}.amount", f"precursors.{index}", ""

    def _made(self, process: Process) -> Iterator[tuple[str, str, str]]:
        for index, supplier in enumerate(self.report.processes):
            for place, use in enumerate(supplier.consumed_in):
                if use.amount and use.process == process.id:
                    yield f"processes.{index}.consumed_in.{place}.amount", f"processes.{index}", supplier.id

    def _of_precursor(self, path: str, node: Node, owner: str, *, is_direct: bool) -> Step:
        precursor = self.report.precursors[int(owner.partition(".")[2])]
        if not precursor.supplies:
            return self._of_carried(path, node, owner, "see_indirect_stated_tco2e_per_unit", is_direct=is_direct)
        used = [
            index
            for index, supply in enumerate(precursor.supplies)
            if supply.is_traced or not precursor.is_traced_subset
        ]
        name = "see_indirect_tco2e_per_unit"
        if len(used) == 1:
            return self._of_carried(path, node, f"{owner}.supplies.{used[0]}", name, is_direct=is_direct)
        if len(node.inputs) != 2 * len(used):
            return Step(path, node, steps=tuple(_bare(path, node.inputs)))
        steps = []
        for place, item in enumerate(node.inputs):
            here, supply = f"{path}.{place + 1}", f"{owner}.supplies.{used[place // 2]}"
            if place % 2:
                steps.append(self._of_carried(here, item, supply, name, is_direct=is_direct))
            else:
                steps.append(Step(here, item, f"{supply}.amount"))
        return Step(path, node, steps=tuple(steps))

    def _of_carried(self, path: str, node: Node, owner: str, indirect: str, *, is_direct: bool) -> Step:
        if node.reference and not node.inputs:
            return Step(path, node)
        if is_direct or not node.inputs:
            return Step(path, node, f"{owner}.{'see_direct_tco2e_per_unit' if is_direct else indirect}")
        electricity, factor = node.inputs
        below = (
            Step(f"{path}.1", electricity, f"{owner}.electricity_mwh_per_unit"),
            Step(f"{path}.2", factor, f"{owner}.electricity_factor_tco2e_per_mwh"),
        )
        return Step(path, node, steps=below)


def _bare(path: str, nodes: Sequence[Node]) -> Iterator[Step]:
    """A tree whose fields are not told."""
    for place, node in enumerate(nodes, start=1):
        here = f"{path}.{place}"
        yield Step(here, node, steps=tuple(_bare(here, node.inputs)))


def of_good(path: str, node: Node, inner: Step, product: str) -> Step:
    """Per tonne of a good by its composition (equations 64 to 66), around the tree of its process.

    ``product`` is the path of the good in the record. A good that carries the mean of its process has the
    process's own tree.
    """
    if node is inner.node or node == inner.node:
        return inner
    per_unit, content = node.inputs
    moved = _moved(inner, f"{path}.1.1")
    mean = per_unit.inputs[1]
    below = Step(
        f"{path}.1",
        per_unit,
        steps=(moved, _mean_content(f"{path}.1.2", mean, f"{product}.parameters")),
    )
    return Step(path, node, steps=(below, Step(f"{path}.2", content, f"{product}.parameters")))


def _mean_content(path: str, node: Node, parameters: str) -> Step:
    """Of all goods of the process; where they are all alike, what this good contains too."""
    return Step(path, node, steps=tuple(_bare(path, node.inputs))) if node.inputs else Step(path, node, parameters)


def _moved(step: Step, path: str) -> Step:
    steps = tuple(_moved(below, path + below.path.removeprefix(step.path)) for below in step.steps)
    return replace(step, path=path, steps=steps)


def cell_of(report: InstallationReport, field: str) -> str:
    """The workbook's cell of a path, or of the first number below it; empty where the report is of no workbook."""
    if not field:
        return ""
    return report.sources.get(field) or next(
        (cell for path, cell in report.sources.items() if path.startswith(f"{field}.")), ""
    )
