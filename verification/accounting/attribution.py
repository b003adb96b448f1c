"""Emissions attributed to a production process over the period, t CO2e.

Implementing Regulation (EU) 2025/2547, Annex III, A.2 and A.3, equations 52 to 56. A term
that does not apply to the process is absent, not zero.
"""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.constants import Constants
from verification.accounting.model import EnergyFlow, Process
from verification.accounting.supply import EnergySupply, PowerFactor, is_on_default, power_factor
from verification.accounting.tree import MissingInput, Node, given, require, stated
from verification.kernel.quantities import exact

TCO2E = "t CO2e"
ACT = "IR (EU) 2025/2547, Annex III, A."


def attributed_direct_emissions(
    process: Process, constants: Constants, own: Node | None = None, supply: EnergySupply | None = None
) -> Node:
    """Equation 55, set to zero where negative.

    ``own`` are the directly attributable emissions where they are not the number stated. Raises
    ``MissingInput`` when they or the factor of a flow that was stated are missing, ``Unavailable`` when
    the factor is missing where it should come from.
    """
    if own is None:
        own = given("DirEm*", require(process, "direct_emissions_tco2e")[0], TCO2E)
    with exact():
        terms = [own]
        terms += _heat_terms(process.heat, supply)
        terms += _waste_gas_terms(process.waste_gas, constants)
        terms += _exported_electricity_terms(process, supply)
        value = max(sum((term.value for term in terms), Decimal(0)), Decimal(0))
    formula = "max(0, DirEm* + EmH,imp − EmH,exp + WGcorr,imp − WGcorr,exp − Emel,prod)"
    return Node("Attributed direct emissions", value, TCO2E, formula, ACT + "3, eq 55", inputs=tuple(terms))


def attributed_indirect_emissions(process: Process, supply: EnergySupply | None = None) -> Node:
    """Equation 56: electricity consumed times its factor. Raises ``MissingInput`` and ``Unavailable``."""
    factor = electricity_factor(process, supply)
    (electricity,) = require(process, "electricity_mwh")
    with exact():
        value = electricity * factor.node.value
    inputs = (given("E", electricity, "MWh"), factor.node)
    return Node("Attributed indirect emissions", value, TCO2E, "E × EF", ACT + "3, eq 56", inputs=inputs)


def electricity_factor(process: Process, supply: EnergySupply | None = None) -> PowerFactor:
    """Stated for the process, else of the source it names, else the mean of all sources (Article 9).

    Raises ``MissingInput`` and ``Unavailable``.
    """
    if process.electricity_factor_tco2e_per_mwh is not None:
        code = process.electricity_factor_source
        node = given("EF", process.electricity_factor_tco2e_per_mwh, "t CO2e/MWh", source=code)
        return power_factor(node, is_on_default(code))
    if supply is not None and process.electricity_source:
        if not supply.supplies_electricity(process.electricity_source):
            raise MissingInput(("electricity_source",))
        return supply.electricity_factor(process.electricity_source)
    if supply is not None and supply.has_electricity_sources:
        return supply.mean_electricity_factor()
    missing = ("electricity_mwh",) if process.electricity_mwh is None else ()
    raise MissingInput((*missing, "electricity_factor_tco2e_per_mwh"))


def _heat_terms(heat: EnergyFlow, supply: EnergySupply | None) -> list[Node]:
    terms = []
    if heat.imported_tj:
        factor = _heat_factor("import", heat.import_factor_tco2_per_tj, heat.import_source, supply)
        terms.append(_heat("EmH,imp", heat.imported_tj, factor, 1))
    if heat.exported_tj:
        stated_factor = heat.export_factor_tco2_per_tj
        if supply is not None and supply.is_heat_without_emissions(heat.export_source):
            # Heat of exothermic or electric origin earns no credit, whatever factor was entered.
            stated_factor = None
        factor = _heat_factor("export", stated_factor, heat.export_source, supply)
        terms.append(_heat("−EmH,exp", heat.exported_tj, factor, -1))
    return terms


def _heat_factor(side: str, value: Decimal | None, source: str, supply: EnergySupply | None) -> Node:
    if value is not None:
        return given("EF heat", value, "t CO2/TJ")
    if not source or supply is None:
        raise MissingInput((f"heat.{side}_factor_tco2_per_tj",))
    if not supply.supplies_heat(source):
        raise MissingInput((f"heat.{side}_source",))
    return supply.heat_factor(source)


def _heat(label: str, amount: Decimal, factor: Node, sign: int) -> Node:
    inputs = (given("Q", amount, "TJ"), factor)
    formula = "Q × EF heat" if sign > 0 else "−Q × EF heat"
    return Node(label, sign * amount * factor.value, TCO2E, formula, ACT + "3, eq 52", inputs=inputs)


def _waste_gas_terms(waste_gas: EnergyFlow, constants: Constants) -> list[Node]:
    """Waste gas counts at the natural gas factor, whatever its own; exports after efficiency correction."""
    gas_factor = stated("EF natural gas", constants.natural_gas_factor)
    correction = stated("Corr η", constants.waste_gas_efficiency_correction)
    terms = []
    if waste_gas.imported_tj:
        inputs: tuple[Node, ...] = (given("WG", waste_gas.imported_tj, "TJ"), gas_factor)
        value = waste_gas.imported_tj * gas_factor.value
        terms.append(Node("WGcorr,imp", value, TCO2E, "WG × EF natural gas", ACT + "2.3, eq 53", inputs=inputs))
    if waste_gas.exported_tj:
        inputs = (given("WG", waste_gas.exported_tj, "TJ"), gas_factor, correction)
        value = -waste_gas.exported_tj * gas_factor.value * correction.value
        formula = "−WG × EF natural gas × Corr η"
        terms.append(Node("−WGcorr,exp", value, TCO2E, formula, ACT + "2.3, eq 54", inputs=inputs))
    return terms


def _exported_electricity_terms(process: Process, supply: EnergySupply | None) -> list[Node]:
    amount, source = process.electricity_exported_mwh, process.electricity_export_source
    if not amount:
        return []
    if process.electricity_export_factor_tco2_per_mwh is not None:
        factor = given("EF", process.electricity_export_factor_tco2_per_mwh, "t CO2/MWh")
    elif not source or supply is None:
        raise MissingInput(("electricity_export_factor_tco2_per_mwh",))
    elif not supply.supplies_electricity(source):
        raise MissingInput(("electricity_export_source",))
    else:
        factor = supply.electricity_factor(source).node
    inputs = (given("E", amount, "MWh"), factor)
    return [Node("−Emel,prod", -amount * factor.value, TCO2E, "−E × EF", ACT + "3, eq 55", inputs=inputs)]
