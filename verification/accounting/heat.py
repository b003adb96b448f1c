"""Emission factors of measurable heat, tCO2/TJ, other than from cogeneration.

Implementing Regulation (EU) 2025/2547, Annex III, A.2.2, equations 44 and 45.
"""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.constants import Constants
from verification.accounting.enums import HeatKind
from verification.accounting.model import HeatSource
from verification.accounting.shares import Received
from verification.accounting.tree import MissingInput, Node, given, require, stated
from verification.kernel.quantities import exact

ACT = "IR (EU) 2025/2547, Annex III, A.2.2"
HEAT_FACTOR = "t CO2/TJ"
WITHOUT_EMISSIONS = (HeatKind.EXOTHERMIC, HeatKind.ELECTRIC)


def heat_factor(source: HeatSource, received: Received | None, constants: Constants) -> Node:
    """tCO2/TJ of the heat that ``source`` gives; ``received`` are the streams attributed to it.

    Raises ``MissingInput`` with what its kind needs and it does not state.
    """
    if source.kind is None:
        raise MissingInput(("kind",))
    label = f"EF heat, {source.name or source.id}"
    if source.kind in WITHOUT_EMISSIONS:
        formula = "0, exothermic process" if source.kind is HeatKind.EXOTHERMIC else "0, made from electricity"
        return Node(label, Decimal(0), HEAT_FACTOR, formula, ACT)
    if source.kind is HeatKind.BOUGHT_UNVERIFIED:
        return _unverified(label, source, constants)
    if source.stated_factor_tco2_per_tj is not None:
        return given(label, source.stated_factor_tco2_per_tj, HEAT_FACTOR, source=source.counterparty)
    if source.kind is HeatKind.BOUGHT_VERIFIED and source.fuel_factor_tco2_per_tj is None:
        raise MissingInput(("stated_factor_tco2_per_tj",))
    if source.fuel_factor_tco2_per_tj is None and received is not None:
        return _from_streams(label, source, received)
    factor, efficiency = require(source, "fuel_factor_tco2_per_tj", "efficiency")
    return _over_efficiency(label, given("EF fuel mix", factor, HEAT_FACTOR), given("η", efficiency, "1"))


def _unverified(label: str, source: HeatSource, constants: Constants) -> Node:
    """The country's usual fuel at the boiler efficiency of the act, whatever the supplier says."""
    (factor,) = require(source, "fuel_factor_tco2_per_tj")
    fuel = given(f"EF usual fuel {source.country}".strip(), factor, HEAT_FACTOR)
    return _over_efficiency(label, fuel, stated("η boiler", constants.boiler_efficiency))


def _over_efficiency(label: str, fuel: Node, efficiency: Node) -> Node:
    if efficiency.value <= 0:
        raise MissingInput(("efficiency",))
    with exact():
        value = fuel.value / efficiency.value
    return Node(label, value, HEAT_FACTOR, "EF fuel mix / η", f"{ACT}, eq 44", inputs=(fuel, efficiency))


def _from_streams(label: str, source: HeatSource, received: Received) -> Node:
    """Fuel mix of the attributed streams (eq 45) over the efficiency stated, else over the heat made."""
    emissions = received.node("Em fuels", f"{ACT}, eq 45")
    if emissions is None:
        raise MissingInput(("fuel_factor_tco2_per_tj",))
    with exact():
        if source.efficiency is not None and received.fuel_tj is not None and received.fuel_tj > 0:
            fuel = given("Σ AD × NCV", received.fuel_tj, "TJ")
            value = emissions.value / fuel.value
            mix = Node(
                "EF fuel mix", value, HEAT_FACTOR, "Em fuels / Σ AD × NCV", f"{ACT}, eq 45", inputs=(emissions, fuel)
            )
            return _over_efficiency(label, mix, given("η", source.efficiency, "1"))
        if source.amount_tj is None or source.amount_tj <= 0:
            raise MissingInput(("amount_tj",))
        heat = given("Q", source.amount_tj, "TJ")
        value = emissions.value / heat.value
    return Node(label, value, HEAT_FACTOR, "Em fuels / Q", f"{ACT}, eq 44, 45", inputs=(emissions, heat))
