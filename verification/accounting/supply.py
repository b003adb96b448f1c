"""Factors of the installation's heat and electricity, by the id of what supplies them.

A source is asked for only where a process uses it; what it then lacks is the caller's gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.cogeneration import Cogeneration, cogeneration
from verification.accounting.constants import Constants
from verification.accounting.enums import ElectricityKind
from verification.accounting.gaps import Gap, Unavailable, gaps_of
from verification.accounting.heat import WITHOUT_EMISSIONS, heat_factor
from verification.accounting.model import ElectricitySource, InstallationReport
from verification.accounting.shares import Received
from verification.accounting.tree import MissingInput, Node, given
from verification.kernel.quantities import exact

ARTICLE_9 = "IR (EU) 2025/2547, Article 9"
FACTOR = "t CO2e/MWh"
DEFAULT_FACTORS = ("D.4(a)", "D.4(b)")
ACTUAL_FACTORS = ("D.4.1", "D.4.2", "D.4.3")


@dataclass(frozen=True)
class PowerFactor:
    """Factor of electricity; ``default`` is the part of it that rests on default values, if that is known."""

    node: Node
    default: Decimal | None


def is_on_default(code: str, kind: ElectricityKind | None = None) -> bool | None:
    """Whether a factor is a default value, by the template's code (2025/2547 Annex II, D.4), else by the kind."""
    stated = code.replace(" ", "")
    if stated.startswith(DEFAULT_FACTORS):
        return True
    if stated.startswith(ACTUAL_FACTORS):
        return False
    if stated or kind is None:
        return None
    return kind is ElectricityKind.GRID


def power_factor(node: Node, is_default: bool | None) -> PowerFactor:
    if is_default is None:
        return PowerFactor(node, None)
    return PowerFactor(node, node.value if is_default else Decimal(0))


class EnergySupply:
    """Heat sources, cogeneration units and electricity sources of one report."""

    def __init__(self, report: InstallationReport, received: Mapping[str, Received], constants: Constants) -> None:
        self._report, self._received, self._constants = report, received, constants
        self._heat_sources = {item.id: index for index, item in enumerate(report.heat_sources)}
        self._units = {item.id: index for index, item in enumerate(report.chp_units)}
        self._power_sources = {item.id: index for index, item in enumerate(report.electricity_sources)}
        self._known: dict[tuple[str, str], object] = {}

    def supplies_heat(self, source_id: str) -> bool:
        return source_id in self._heat_sources or source_id in self._units

    def supplies_electricity(self, source_id: str) -> bool:
        return source_id in self._power_sources or source_id in self._units

    @property
    def has_electricity_sources(self) -> bool:
        return bool(self._power_sources)

    def is_heat_without_emissions(self, source_id: str) -> bool:
        index = self._heat_sources.get(source_id)
        return index is not None and self._report.heat_sources[index].kind in WITHOUT_EMISSIONS

    def heat_factor(self, source_id: str) -> Node:
        """tCO2/TJ. Raises ``Unavailable``."""
        if source_id in self._units:
            found = self.unit(source_id).heat_factor
            if found is None:
                raise Unavailable(Gap(f"chp_units.{self._units[source_id]}.heat_tj", "the factor of this unit's heat"))
            return found
        index = self._heat_sources[source_id]
        source = self._report.heat_sources[index]
        return self._once(
            ("heat", source_id),
            f"heat_sources.{index}",
            "the factor of this heat",
            lambda: heat_factor(source, self._received.get(source_id), self._constants),
        )

    def unit(self, unit_id: str) -> Cogeneration:
        """Raises ``Unavailable``."""
        index = self._units[unit_id]
        unit = self._report.chp_units[index]
        on = self._report.period.ends_on
        return self._once(
            ("unit", unit_id),
            f"chp_units.{index}",
            "the split of this unit's emissions between heat and electricity",
            lambda: cogeneration(unit, self._received.get(unit_id), self._constants, on),
        )

    def electricity_factor(self, source_id: str) -> PowerFactor:
        """Of one source or cogeneration unit. Raises ``Unavailable``."""
        if source_id not in self._power_sources:
            return PowerFactor(self._unit_electricity(source_id), Decimal(0))
        index = self._power_sources[source_id]
        source = self._report.electricity_sources[index]
        return self._once(
            ("power", source_id),
            f"electricity_sources.{index}",
            "the factor of this electricity",
            lambda: self._source_factor(index, source),
        )

    def _source_factor(self, index: int, source: ElectricitySource) -> PowerFactor:
        if source.chp_unit:
            if source.chp_unit not in self._units:
                raise MissingInput(("chp_unit",))
            return PowerFactor(self._unit_electricity(source.chp_unit), Decimal(0))
        if source.factor_tco2e_per_mwh is None:
            raise MissingInput(("factor_tco2e_per_mwh",))
        label = f"EF electricity, {source.name or source.id}"
        node = given(label, source.factor_tco2e_per_mwh, FACTOR, source=source.factor_source)
        return power_factor(node, is_on_default(source.factor_source, source.kind))

    def _unit_electricity(self, unit_id: str) -> Node:
        found = self.unit(unit_id).electricity_factor
        if found is None:
            path = f"chp_units.{self._units[unit_id]}.electricity_mwh"
            raise Unavailable(Gap(path, "the factor of this unit's electricity"))
        return found

    def mean_electricity_factor(self) -> PowerFactor:
        """Over all sources, weighted by MWh (Article 9(1)). Raises ``Unavailable``."""
        return self._once(("power", "mean"), "electricity_sources", "the mean factor of electricity", self._mean)

    def _mean(self) -> PowerFactor:
        sources = self._report.electricity_sources
        factors = [self.electricity_factor(source.id) for source in sources]
        if len(sources) == 1:
            return factors[0]
        missing = tuple(f"{index}.amount_mwh" for index, source in enumerate(sources) if source.amount_mwh is None)
        if missing:
            raise MissingInput(missing)
        with exact():
            weights = [source.amount_mwh or Decimal(0) for source in sources]
            whole = sum(weights, Decimal(0))
            if whole <= 0:
                raise MissingInput(("0.amount_mwh",))
            pairs = list(zip(weights, factors, strict=True))
            value = sum((weight * factor.node.value for weight, factor in pairs), Decimal(0)) / whole
            parts = [
                None if factor.default is None and weight else weight * (factor.default or 0)
                for weight, factor in pairs
            ]
            known = [part for part in parts if part is not None]
            default = sum(known, Decimal(0)) / whole if len(known) == len(parts) else None
        inputs = tuple(node for weight, factor in pairs for node in (given("E", weight, "MWh"), factor.node))
        node = Node(
            "EF electricity, mean of the sources", value, FACTOR, "Σ E × EF / Σ E", f"{ARTICLE_9}(1)", inputs=inputs
        )
        return PowerFactor(node, default)

    def _once(self, key: tuple[str, str], path: str, needed_for: str, formula: Callable):
        """``formula()`` computed once; its failure is kept as well."""
        if key not in self._known:
            try:
                self._known[key] = formula()
            except MissingInput as missing:
                self._known[key] = gaps_of(path, missing, needed_for)
            except Unavailable as unavailable:
                self._known[key] = unavailable.gaps
        found = self._known[key]
        if isinstance(found, tuple):
            raise Unavailable(*found)
        return found
