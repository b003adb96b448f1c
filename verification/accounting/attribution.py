"""Emissions attributed to a production process over the period, t CO2e.

Implementing Regulation (EU) 2025/2547, Annex III, A.2 and A.3, equations 52 to 56. A term
that does not apply to the process is absent, not zero.
"""

from __future__ import annotations

from decimal import Decimal

from verification.accounting.constants import Constants
from verification.accounting.model import EnergyFlow, Process
from verification.accounting.tree import MissingInput, Node, given, require, stated
from verification.kernel.quantities import exact

TCO2E = "t CO2e"
ACT = "IR (EU) 2025/2547, Annex III, A."


def attributed_direct_emissions(process: Process, constants: Constants) -> Node:
    """Equation 55, set to zero where negative.

    Raises ``MissingInput`` when the directly attributable emissions or the factor of a flow
    that was stated are missing.
    """
    (own,) = require(process, "direct_emissions_tco2e")
    with exact():
        terms = [given("DirEm*", own, TCO2E)]
        terms += _heat_terms(process.heat)
        terms += _waste_gas_terms(process.waste_gas, constants)
        terms += _exported_electricity_terms(process)
        value = max(sum((term.value for term in terms), Decimal(0)), Decimal(0))
    formula = "max(0, DirEm* + EmH,imp − EmH,exp + WGcorr,imp − WGcorr,exp − Emel,prod)"
    return Node("Attributed direct emissions", value, TCO2E, formula, ACT + "3, eq 55", inputs=tuple(terms))


def attributed_indirect_emissions(process: Process) -> Node:
    """Equation 56: electricity consumed times its factor. Raises ``MissingInput``."""
    electricity, factor = require(process, "electricity_mwh", "electricity_factor_tco2e_per_mwh")
    with exact():
        value = electricity * factor
    inputs = (
        given("E", electricity, "MWh"),
        given("EF", factor, "t CO2e/MWh", source=process.electricity_factor_source),
    )
    return Node("Attributed indirect emissions", value, TCO2E, "E × EF", ACT + "3, eq 56", inputs=inputs)


def _heat_terms(heat: EnergyFlow) -> list[Node]:
    terms = []
    if heat.imported_tj:
        terms.append(_heat("EmH,imp", heat.imported_tj, heat.import_factor_tco2_per_tj, 1, "heat.import_factor"))
    if heat.exported_tj:
        terms.append(_heat("−EmH,exp", heat.exported_tj, heat.export_factor_tco2_per_tj, -1, "heat.export_factor"))
    return terms


def _heat(label: str, amount: Decimal, factor: Decimal | None, sign: int, name: str) -> Node:
    if factor is None:
        raise MissingInput((f"{name}_tco2_per_tj",))
    inputs = (given("Q", amount, "TJ"), given("EF heat", factor, "t CO2/TJ"))
    formula = "Q × EF heat" if sign > 0 else "−Q × EF heat"
    return Node(label, sign * amount * factor, TCO2E, formula, ACT + "3, eq 52", inputs=inputs)


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


def _exported_electricity_terms(process: Process) -> list[Node]:
    if not process.electricity_exported_mwh:
        return []
    amount, factor = require(process, "electricity_exported_mwh", "electricity_export_factor_tco2_per_mwh")
    inputs = (given("E", amount, "MWh"), given("EF", factor, "t CO2/MWh"))
    return [Node("−Emel,prod", -amount * factor, TCO2E, "−E × EF", ACT + "3, eq 55", inputs=inputs)]
