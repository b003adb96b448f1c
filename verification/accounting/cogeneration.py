"""Emission factors of the heat and the electricity that a cogeneration unit makes.

Implementing Regulation (EU) 2025/2547, Annex III, A.2.2, equations 46 to 52. Heat in tCO2/TJ,
electricity in tCO2/MWh.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from verification.accounting.constants import Constants
from verification.accounting.heat import ACT, HEAT_FACTOR
from verification.accounting.model import ChpUnit
from verification.accounting.reference_efficiency import electricity_reference
from verification.accounting.shares import Received
from verification.accounting.tree import MissingInput, Node, given, stated
from verification.kernel.quantities import exact

POWER_FACTOR = "t CO2/MWh"
TJ_PER_MWH = Decimal("0.0036")


@dataclass(frozen=True)
class Cogeneration:
    """Factors of one unit; a product that it does not make has none."""

    emissions: Node
    heat_factor: Node | None
    electricity_factor: Node | None


def cogeneration(unit: ChpUnit, received: Received | None, constants: Constants, on: date | None) -> Cogeneration:
    """Splits the unit's emissions by efficiency against separate production (eq 46–52).

    Where heat or power was not measured, the standard efficiency of the act stands for it. Raises
    ``MissingInput``.
    """
    with exact():
        emissions = _fuel_emissions(unit, received)
        energy = unit.fuel_tj if unit.fuel_tj is not None else (received.fuel_tj if received else None)
        heat, heat_efficiency = _heat_made(unit, energy, constants)
        power, power_efficiency = _power_made(unit, energy, constants)
        heat_weight = _weight("heat", heat_efficiency, _heat_reference(unit, heat_efficiency))
        power_weight = _weight("el", power_efficiency, _power_reference(unit, power_efficiency, on))
        whole = heat_weight.value + power_weight.value
        if whole <= 0:
            raise MissingInput(("heat_tj", "electricity_mwh"))
        return Cogeneration(
            emissions,
            _factor(unit, emissions, (heat_weight, power_weight), heat, whole, "heat"),
            _factor(unit, emissions, (power_weight, heat_weight), power, whole, "el"),
        )


def _fuel_emissions(unit: ChpUnit, received: Received | None) -> Node:
    if unit.fuel_emissions_tco2 is not None:
        fuels = given("Em fuels", unit.fuel_emissions_tco2, "t CO2")
    else:
        found = received.node("Em fuels", f"{ACT}, eq 46") if received else None
        if found is None:
            raise MissingInput(("fuel_emissions_tco2",))
        fuels = found
    cleaning = given("Em flue gas cleaning", unit.flue_gas_cleaning_tco2 or Decimal(0), "t CO2")
    inputs = (fuels, cleaning) if unit.flue_gas_cleaning_tco2 is not None else (fuels,)
    formula = "Em fuels + Em flue gas cleaning" if unit.flue_gas_cleaning_tco2 is not None else "Em fuels"
    return Node("Em CHP", fuels.value + cleaning.value, "t CO2", formula, f"{ACT}, eq 46", inputs=inputs)


def _heat_made(unit: ChpUnit, energy: Decimal | None, constants: Constants) -> tuple[Node, Node]:
    """Net heat in TJ and its efficiency (eq 47)."""
    if energy is None or energy <= 0:
        raise MissingInput(("fuel_tj",))
    fuel = given("E in", energy, "TJ")
    if unit.heat_tj is None:
        efficiency = stated("η heat", constants.cogeneration_heat_efficiency)
        inputs = (efficiency, fuel)
        return Node("Q", efficiency.value * energy, "TJ", "η heat × E in", f"{ACT}, eq 47", inputs=inputs), efficiency
    heat = given("Q", unit.heat_tj, "TJ")
    return heat, Node("η heat", unit.heat_tj / energy, "1", "Q / E in", f"{ACT}, eq 47", inputs=(heat, fuel))


def _power_made(unit: ChpUnit, energy: Decimal | None, constants: Constants) -> tuple[Node, Node]:
    """Net electricity in MWh and its efficiency (eq 48)."""
    if energy is None or energy <= 0:
        raise MissingInput(("fuel_tj",))
    fuel = given("E in", energy, "TJ")
    if unit.electricity_mwh is None:
        efficiency = stated("η el", constants.cogeneration_electricity_efficiency)
        value = efficiency.value * energy / TJ_PER_MWH
        formula = "η el × E in / 0.0036"
        return Node("E el", value, "MWh", formula, f"{ACT}, eq 48", inputs=(efficiency, fuel)), efficiency
    power = given("E el", unit.electricity_mwh, "MWh")
    value = unit.electricity_mwh * TJ_PER_MWH / energy
    return power, Node("η el", value, "1", "E el × 0.0036 / E in", f"{ACT}, eq 48", inputs=(power, fuel))


def _heat_reference(unit: ChpUnit, efficiency: Node) -> Node | None:
    """Depends on the carrier and the year too, which the report does not tell: it must be stated."""
    if not efficiency.value:
        return None
    if not unit.heat_reference_efficiency or unit.heat_reference_efficiency < 0:
        raise MissingInput(("heat_reference_efficiency",))
    return given("η ref,heat", unit.heat_reference_efficiency, "1", source=unit.reference_fuel)


def _power_reference(unit: ChpUnit, efficiency: Node, on: date | None) -> Node | None:
    if not efficiency.value:
        return None
    if unit.electricity_reference_efficiency is not None:
        if unit.electricity_reference_efficiency <= 0:
            raise MissingInput(("electricity_reference_efficiency",))
        return given("η ref,el", unit.electricity_reference_efficiency, "1", source=unit.reference_fuel)
    found = electricity_reference(unit.reference_fuel, on=on)
    if found is None:
        raise MissingInput(("electricity_reference_efficiency",))
    return Node("η ref,el", found.value, "1", reference=found.reference)


def _weight(name: str, efficiency: Node, reference: Node | None) -> Node:
    if reference is None:
        return Node(f"weight {name}", Decimal(0), "1", "nothing made", f"{ACT}, eq 49, 50", inputs=(efficiency,))
    value = efficiency.value / reference.value
    formula = f"η {name} / η ref,{name}"
    return Node(f"weight {name}", value, "1", formula, f"{ACT}, eq 49, 50", inputs=(efficiency, reference))


def _factor(
    unit: ChpUnit, emissions: Node, weights: tuple[Node, Node], made: Node, whole: Decimal, name: str
) -> Node | None:
    own, other = weights
    if made.value <= 0:
        return None
    formula = f"weight {name} / (weight {name} + weight other)"
    equation = "eq 49" if name == "heat" else "eq 50"
    share = Node(f"F CHP,{name}", own.value / whole, "1", formula, f"{ACT}, {equation}", inputs=(own, other))
    value = emissions.value * share.value / made.value
    article = f"{ACT}, eq 51" if name == "heat" else f"{ACT}, eq 52"
    label = f"EF CHP,{name}, {unit.name or unit.id}"
    product, factor_unit = ("Q", HEAT_FACTOR) if name == "heat" else ("E el", POWER_FACTOR)
    formula = f"Em CHP × F CHP,{name} / {product}"
    return Node(label, value, factor_unit, formula, article, inputs=(emissions, share, made))
