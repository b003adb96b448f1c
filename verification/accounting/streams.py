"""Emissions of source streams, anode effects and measured sources, period totals in t CO2e.

Implementing Regulation (EU) 2025/2547, Annex II, B.3 (calculation), B.6 (measurement) and B.7
(perfluorocarbons). Every function raises ``MissingInput`` when a number that its formula needs
was not given. Oxidation and conversion factors that were not given count as one, biomass that
was not proven as fossil (B.3.1, B.3.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from verification.accounting.constants import Constants
from verification.accounting.enums import BiomassProof, MeasuredGas, PfcMethod, StreamMethod
from verification.accounting.model import MeasuredSource, PfcStream, SourceStream
from verification.accounting.tree import MissingInput, Node, given, require, stated
from verification.kernel.quantities import exact

TCO2E = "t CO2e"
PER_TJ = "tCO2/TJ"
GJ_PER_TJ = Decimal(1000)
KG_PER_T = Decimal(1000)
ACT = "IR (EU) 2025/2547, Annex II, "


@dataclass(frozen=True)
class StreamResult:
    """``fossil`` counts as direct emissions; biomass is reported beside it, never inside.

    ``carbon_monoxide_tco2`` is the part of ``fossil`` that is carbon dioxide where the gas is another.
    """

    id: str
    gas: str
    fossil: Node
    biomass_tco2e: Decimal
    fuel_fossil_tj: Decimal | None = None
    fuel_biomass_tj: Decimal | None = None
    carbon_monoxide_tco2: Decimal = Decimal(0)

    @property
    def fuel_tj(self) -> Decimal | None:
        if self.fuel_fossil_tj is None or self.fuel_biomass_tj is None:
            return None
        with exact():
            return self.fuel_fossil_tj + self.fuel_biomass_tj


def source_stream_emissions(stream: SourceStream, constants: Constants) -> StreamResult:
    """Combustion (eq 5, 10), process (eq 11) or mass balance (eq 12, 15); outputs are negative amounts."""
    if stream.method is None:
        raise MissingInput(("method",))
    with exact():
        biomass = zero_rated_share(stream)
        fossil, whole = _FORMULAS[stream.method](stream, constants, _fossil_share(stream))
        fuel = _fuel_tj(stream)
        return StreamResult(
            id=stream.id,
            gas="co2",
            fossil=fossil,
            biomass_tco2e=whole * biomass,
            fuel_fossil_tj=None if fuel is None else fuel * (1 - biomass),
            fuel_biomass_tj=None if fuel is None else fuel * biomass,
        )


def _combustion(stream: SourceStream, _: Constants, fossil_share: Node) -> tuple[Node, Decimal]:
    amount, intensity, inputs, formula = _emission_per_unit(stream)
    oxidation = Decimal(1) if stream.oxidation_percent is None else stream.oxidation_percent / 100
    whole = amount * intensity * oxidation
    inputs += (given("OF", oxidation, "1"), fossil_share)
    return _node(
        stream, whole * fossil_share.value, f"{formula} × OF × (1 − BF)", "B.3.1.1, eq 5, 6, 10", inputs
    ), whole


def _process(stream: SourceStream, _: Constants, fossil_share: Node) -> tuple[Node, Decimal]:
    amount, intensity, inputs, formula = _emission_per_unit(stream)
    conversion = Decimal(1) if stream.conversion_percent is None else stream.conversion_percent / 100
    whole = amount * intensity * conversion
    inputs += (given("CF", conversion, "1"), fossil_share)
    return _node(stream, whole * fossil_share.value, f"{formula} × CF × (1 − BF)", "B.3.1.2, eq 11", inputs), whole


def _mass_balance(stream: SourceStream, constants: Constants, fossil_share: Node) -> tuple[Node, Decimal]:
    amount, carbon = require(stream, "activity_data", "carbon_content")
    whole = constants.carbon_to_co2.value * amount * carbon
    inputs = (
        stated("f", constants.carbon_to_co2),
        given("AD", amount, stream.activity_unit or "unit"),
        given("CC", carbon, stream.carbon_content_unit or "t C/unit"),
        fossil_share,
    )
    return _node(stream, whole * fossil_share.value, "f × AD × CC × (1 − BF)", "B.3.2, eq 12, 15", inputs), whole


_FORMULAS = {
    StreamMethod.COMBUSTION: _combustion,
    StreamMethod.PROCESS: _process,
    StreamMethod.MASS_BALANCE: _mass_balance,
}


def _emission_per_unit(stream: SourceStream) -> tuple[Decimal, Decimal, tuple[Node, ...], str]:
    """Amount, and emission factor per unit of it; one per TJ is brought there by the calorific value."""
    amount, factor = require(stream, "activity_data", "emission_factor")
    inputs: tuple[Node, ...] = (
        given("AD", amount, stream.activity_unit or "unit"),
        given("EF", factor, stream.emission_factor_unit or "t CO2/unit"),
    )
    if stream.emission_factor_unit != PER_TJ:
        return amount, factor, inputs, "AD × EF"
    (calorific_value,) = require(stream, "net_calorific_value_gj_per_unit")
    inputs += (given("NCV", calorific_value, f"GJ/{stream.activity_unit or 'unit'}"),)
    return amount, calorific_value / GJ_PER_TJ * factor, inputs, "AD × NCV / 1000 × EF"


def _fuel_tj(stream: SourceStream) -> Decimal | None:
    if stream.activity_data is None or stream.net_calorific_value_gj_per_unit is None:
        return None
    return stream.activity_data * stream.net_calorific_value_gj_per_unit / GJ_PER_TJ


def pfc_emissions(stream: PfcStream, constants: Constants) -> StreamResult:
    """Slope (eq 21–23) or overvoltage method (eq 24, 25), in CO2 equivalents (eq 26).

    Emissions in the duct are divided by the collection efficiency (eq 20); where none was given,
    all gas is taken as collected, as the template does.
    """
    if stream.method is None:
        raise MissingInput(("method",))
    with exact():
        cf4 = _slope(stream) if stream.method is PfcMethod.SLOPE else _overvoltage(stream)
        (fraction,) = require(stream, "c2f6_weight_fraction")
        efficiency = Decimal(1) if stream.collection_efficiency is None else stream.collection_efficiency
        if efficiency <= 0:
            raise MissingInput(("collection_efficiency",))
        c2f6_t = cf4.value * fraction
        parts = (given("CF4", cf4.value, "t"), given("F", fraction, "t/t"))
        c2f6 = Node("C2F6", c2f6_t, "t", "CF4 × F", ACT + "B.7, eq 22, 25", inputs=parts)
        value = (cf4.value * constants.gwp_cf4.value + c2f6_t * constants.gwp_c2f6.value) / efficiency
        inputs = (
            cf4,
            c2f6,
            stated("GWP CF4", constants.gwp_cf4),
            stated("GWP C2F6", constants.gwp_c2f6),
            given("η", efficiency, "1"),
        )
        formula = "(CF4 × GWP CF4 + C2F6 × GWP C2F6) / η"
        node = Node(stream.technology or "PFC", value, TCO2E, formula, ACT + "B.7, eq 20, 26", inputs=inputs)
        return StreamResult(stream.id, "pfc", node, Decimal(0))


def _slope(stream: PfcStream) -> Node:
    names = ("production_t", "effects_per_cell_day", "minutes_per_effect", "slope_factor_kg_cf4_per_t_minute")
    production, frequency, duration, factor = require(stream, *names)
    inputs = (
        given("frequency", frequency, "1/cell-day"),
        given("duration", duration, "min"),
        given("SEF", factor, "(kg CF4/t)/(min/cell-day)"),
        given("Pr", production, "t"),
    )
    value = frequency * duration * factor / KG_PER_T * production
    formula = "frequency × duration × SEF / 1000 × Pr"
    return Node("CF4", value, "t", formula, ACT + "B.7.1, eq 21, 23", inputs=inputs)


def _overvoltage(stream: PfcStream) -> Node:
    names = (
        "production_t",
        "overvoltage_coefficient_kg_cf4_per_t_mv",
        "overvoltage_mv",
        "current_efficiency_percent",
    )
    production, coefficient, overvoltage, efficiency = require(stream, *names)
    if efficiency == 0:
        raise MissingInput(("current_efficiency_percent",))
    inputs = (
        given("OVC", coefficient, "kg CF4/(t mV)"),
        given("AEO", overvoltage, "mV"),
        given("CE", efficiency, "%"),
        given("Pr", production, "t"),
    )
    value = coefficient * overvoltage / efficiency * production / KG_PER_T
    return Node("CF4", value, "t", "OVC × AEO / CE × Pr / 1000", ACT + "B.7.2, eq 24", inputs=inputs)


def measured_emissions(source: MeasuredSource, constants: Constants) -> StreamResult:
    """Concentration × flow × hours (eq 16); carbon monoxide as its molar equivalent of CO2 (B.6.1).

    Nitrous oxide counts in CO2 equivalents (eq 18). Only carbon dioxide can be rated zero for biomass (B.6.2.3).
    """
    if source.gas is None:
        raise MissingInput(("gas",))
    with exact():
        names = ("concentration_g_per_nm3", "operating_hours", "flow_1000nm3_per_hour")
        concentration, hours, flow = require(source, *names)
        gas_flow = (given("hours", hours, "h"), given("flow", flow, "1000 Nm3/h"))
        fossil_share = _fossil_share(source)
        monoxide = _carbon_monoxide(source, constants, gas_flow)
        whole = concentration * hours * flow / KG_PER_T
        inputs: tuple[Node, ...] = (given("concentration", concentration, "g/Nm3"), *gas_flow)
        formula, article = "concentration × hours × flow / 1000", "B.6.2.1, eq 16"
        if source.gas is MeasuredGas.N2O:
            whole *= constants.gwp_n2o.value
            inputs += (stated("GWP N2O", constants.gwp_n2o),)
            formula, article = f"{formula} × GWP N2O", "B.6.2.4, eq 16, 18"
        measured = Node(source.gas.name, whole, TCO2E, formula, ACT + article, inputs=inputs)
        is_co2 = source.gas is MeasuredGas.CO2
        counted = [measured.value * (fossil_share.value if is_co2 else 1)]
        counted += [monoxide.value * fossil_share.value] if monoxide else []
        node = Node(
            source.name or "Measured source",
            sum(counted, Decimal(0)),
            TCO2E,
            _measured_formula(is_co2, monoxide is not None),
            ACT + ("B.6.1, B.6.2" if monoxide else "B.6.2"),
            inputs=(measured, *([monoxide] if monoxide else []), fossil_share),
        )
        carbon_dioxide = (whole if is_co2 else Decimal(0)) + (monoxide.value if monoxide else Decimal(0))
        return StreamResult(
            source.id,
            source.gas.value,
            node,
            carbon_dioxide * (1 - fossil_share.value),
            carbon_monoxide_tco2=Decimal(0) if monoxide is None else monoxide.value * fossil_share.value,
        )


def _measured_formula(is_co2: bool, has_monoxide: bool) -> str:
    if is_co2:
        return "(CO2 + CO) × (1 − BF)" if has_monoxide else "CO2 × (1 − BF)"
    return "N2O + CO × (1 − BF)" if has_monoxide else "N2O"


def _carbon_monoxide(source: MeasuredSource, constants: Constants, gas_flow: tuple[Node, Node]) -> Node | None:
    if not source.co_concentration_g_per_nm3:
        return None
    hours, flow = gas_flow
    ratio = stated("CO2 per CO", constants.carbon_monoxide_to_co2)
    inputs = (given("concentration CO", source.co_concentration_g_per_nm3, "g/Nm3"), hours, flow, ratio)
    value = source.co_concentration_g_per_nm3 * hours.value * flow.value / KG_PER_T * ratio.value
    formula = "concentration CO × hours × flow / 1000 × CO2 per CO"
    return Node("CO as CO2", value, TCO2E, formula, ACT + "A.2(5)(a), B.6.1", inputs=inputs)


def zero_rated_share(record: SourceStream | MeasuredSource) -> Decimal:
    """Biomass fraction, a share of one, that counts as zero: none where its proof is missing (B.3.3)."""
    if record.biomass_percent is None or record.biomass_proof is BiomassProof.UNPROVEN:
        return Decimal(0)
    with exact():
        return record.biomass_percent / 100


def _fossil_share(record: SourceStream | MeasuredSource) -> Node:
    share = 1 - zero_rated_share(record)
    if record.biomass_percent and record.biomass_proof is BiomassProof.UNPROVEN:
        inputs = (given("BF, without proof", record.biomass_percent, "%"),)
        return Node("1 − BF", share, "1", "biomass without proof is fossil", ACT + "A.2(5)(b), B.3.3", inputs=inputs)
    return given("1 − BF", share, "1")


def _node(stream: SourceStream, value: Decimal, formula: str, article: str, inputs: tuple[Node, ...]) -> Node:
    return Node(stream.name or "Source stream", value, TCO2E, formula, ACT + article, inputs=inputs)
