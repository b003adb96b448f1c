"""HEA: measurable heat, waste gases, combined heat and power (CHP)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.limits import limit
from verification.checks.model import Hit, Severity, Subject
from verification.checks.references import METHODS, PRODUCT
from verification.checks.rules.common import ONE, are_apart, in_percent, is_above, is_outside, shown
from verification.checks.thresholds import (
    BALANCE_TOLERANCE,
    HIGHEST_BOILER_EFFICIENCY,
    HIGHEST_HEAT_FACTOR_TCO2_PER_TJ,
    LOWEST_BOILER_EFFICIENCY,
    TJ_PER_MWH,
)
from verification.kernel.quantities import exact

HEAT_RULES = f"{METHODS}, Annex III, A.2.2"
FLOWS = ("heat", "waste_gas")


def balance_hits(subject: Subject, name: str, words: str, unit: str) -> Iterator[Hit]:
    """A hit where what was supplied and what was used differ. The Commission's template states no sources."""
    balance = subject.balances.get(name)
    if subject.is_communication_template or balance is None or balance.supplied is None or balance.used is None:
        return
    if are_apart(balance.supplied, balance.used, BALANCE_TOLERANCE):
        yield Hit(
            where=words,
            found=f"{shown(balance.used, 3)} {unit} used",
            expected=f"{shown(balance.supplied, 3)} {unit} supplied, ± {in_percent(BALANCE_TOLERANCE)}",
            identity=name,
            inputs={"supplied": balance.supplied, "used": balance.used},
        )


@check(
    "HEA-001",
    Severity.REFER,
    "The heat that is supplied and the heat that is used differ",
    text="All heat of the installation is used in processes, passed on or lost, and all of it is attributed.",
    mend="Look for a source or a user that is missing. Add losses to the processes that use the heat.",
    reference=f"{METHODS}, Annex III, A.2.2, and Annex IV, 1.1, item 17",
)
def hea_001(subject: Subject) -> Iterator[Hit]:
    yield from balance_hits(subject, "heat_tj", "Balance of heat", "TJ")


@check(
    "HEA-002",
    Severity.REFER,
    "The waste gas that is supplied and the waste gas that is used differ",
    text="What one process gives off as waste gas, others use, or it leaves the installation or is flared.",
    mend="Look for a process that is missing from the balance of waste gases.",
    reference=f"{METHODS}, Annex III, A.2.3, and Annex IV, 1.1, item 17",
)
def hea_002(subject: Subject) -> Iterator[Hit]:
    yield from balance_hits(subject, "waste_gas_tj", "Balance of waste gases", "TJ")


@check(
    "HEA-003",
    Severity.BLOCK,
    "The efficiency of a boiler is above one",
    text="The efficiency is a share of one. Only condensing boilers come slightly above it.",
    mend="Write 0.85 for 85 %.",
    reference=f"{METHODS}, Annex II, C.1.2",
)
def hea_003(subject: Subject) -> Iterator[Hit]:
    for source in subject.report.heat_sources:
        if is_above(source.efficiency, HIGHEST_BOILER_EFFICIENCY):
            yield Hit(
                where=subject.place(f"{source.path}.efficiency", source.name or source.id),
                found=str(source.efficiency),
                expected=f"at most {HIGHEST_BOILER_EFFICIENCY}",
                identity=source.path,
                inputs={"efficiency": source.efficiency},
            )


@check(
    "HEA-004",
    Severity.REFER,
    "The efficiency of a boiler is very low",
    text="A boiler that turns less than two fifths of its fuel into heat is rare.",
    mend="Check the fuel and the heat that were measured.",
    reference=f"{METHODS}, Annex II, C.1.2; {PRODUCT}",
)
def hea_004(subject: Subject) -> Iterator[Hit]:
    for source in subject.report.heat_sources:
        if source.efficiency is not None and source.efficiency < LOWEST_BOILER_EFFICIENCY:
            yield Hit(
                where=subject.place(f"{source.path}.efficiency", source.name or source.id),
                found=str(source.efficiency),
                expected=f"at least {LOWEST_BOILER_EFFICIENCY}",
                identity=source.path,
                inputs={"efficiency": source.efficiency},
            )


@check(
    "HEA-005",
    Severity.REFER,
    "Bought heat without verified data has a value of its own",
    text="Its factor is that of the fuel most used by industry in the country, at the boiler efficiency of the act.",
    mend="Leave efficiency and factor empty, or state that the supplier's data were verified.",
    reference=f"{METHODS}, Annex III, A.2.2, heat from outside, point 2",
)
def hea_005(subject: Subject) -> Iterator[Hit]:
    assumed = limit("assumed_boiler_efficiency", subject.last_day)
    for source in subject.report.heat_sources:
        if source.kind != "bought_unverified":
            continue
        has_other_efficiency = source.efficiency is not None and source.efficiency != assumed
        if has_other_efficiency or source.stated_factor_tco2_per_tj is not None:
            yield Hit(
                where=subject.place(f"{source.path}.efficiency", source.name or source.id),
                found=str(source.efficiency if has_other_efficiency else source.stated_factor_tco2_per_tj),
                expected=f"efficiency {assumed}, no factor of its own",
                identity=source.path,
                inputs={"efficiency": source.efficiency, "factor": source.stated_factor_tco2_per_tj},
            )


@check(
    "HEA-006",
    Severity.REFER,
    "Heat that carries no emissions has a factor",
    text="Heat that a chemical reaction gives off, or that is made from electricity, carries no direct emissions.",
    mend="Leave its factors empty, or choose another kind of source.",
    reference=HEAT_RULES,
)
def hea_006(subject: Subject) -> Iterator[Hit]:
    for source in subject.report.heat_sources:
        factor = source.stated_factor_tco2_per_tj or source.fuel_factor_tco2_per_tj
        if source.kind in ("exothermic", "electric") and factor:
            yield Hit(
                where=subject.place(f"{source.path}.stated_factor_tco2_per_tj", source.name or source.id),
                found=f"{factor} tCO2/TJ",
                expected="0",
                identity=source.path,
                inputs={"factor": factor},
            )


@check(
    "HEA-007",
    Severity.BLOCK,
    "Heat or waste gas comes from a source that is not in the report",
    text="A flow names the heat source or the combined heat and power unit whose factor it takes.",
    mend="Choose one that is in the report, or give the factor of the flow itself.",
    reference=HEAT_RULES,
)
def hea_007(subject: Subject) -> Iterator[Hit]:
    known = subject.report.heat_source_ids
    for process in subject.report.processes:
        for name in FLOWS:
            flow = getattr(process, name)
            for end in ("import_source", "export_source"):
                source = getattr(flow, end)
                if source and source not in known:
                    path = f"{process.path}.{name}.{end}"
                    where = subject.place(path, f"{process.label}, {name.replace('_', ' ')}")
                    yield Hit(where=where, found=source, identity=path)


@check(
    "HEA-008",
    Severity.REFER,
    "Heat is imported without a factor",
    text="Heat that a process takes in carries emissions, by a factor of its own or by that of its source.",
    mend="Name the source of the heat, or give its factor; write 0 for heat without emissions.",
    reference=HEAT_RULES,
)
def hea_008(subject: Subject) -> Iterator[Hit]:
    for process in subject.report.processes:
        flow = process.heat
        if flow.imported_tj and flow.import_factor_tco2_per_tj is None and not flow.import_source:
            yield Hit(
                where=subject.place(f"{process.path}.heat.import_factor_tco2_per_tj", process.label),
                found=f"{flow.imported_tj} TJ",
                expected="a source or a factor",
                identity=process.path,
                inputs={"imported_tj": flow.imported_tj},
            )


@check(
    "HEA-009",
    Severity.REFER,
    "The factor of heat is impossible",
    text="Heat from the most carbon-rich fuel in a poor boiler has about 250 tonnes of CO2 per terajoule.",
    mend="Check the unit: tonnes of CO2 per terajoule of heat.",
    reference=f"{HEAT_RULES}; {PRODUCT}",
)
def hea_009(subject: Subject) -> Iterator[Hit]:
    factors = [
        (f"{process.path}.heat.{name}", process.label, getattr(process.heat, name))
        for process in subject.report.processes
        for name in ("import_factor_tco2_per_tj", "export_factor_tco2_per_tj")
    ] + [
        (f"{source.path}.{name}", source.name or source.id, getattr(source, name))
        for source in subject.report.heat_sources
        for name in ("fuel_factor_tco2_per_tj", "stated_factor_tco2_per_tj")
    ]
    for path, words, factor in factors:
        if is_outside(factor, Decimal(0), HIGHEST_HEAT_FACTOR_TCO2_PER_TJ):
            yield Hit(
                where=subject.place(path, words),
                found=f"{factor} tCO2/TJ",
                expected=f"0 to {HIGHEST_HEAT_FACTOR_TCO2_PER_TJ}",
                identity=path,
                inputs={"factor": factor},
            )


@check(
    "HEA-010",
    Severity.WARN,
    "Heat or waste gas is said not to apply, and has an amount",
    text="The process is marked as having no heat or waste gas over its boundary, and an amount is given.",
    mend="Correct the mark, or clear the amount.",
    reference=f"{METHODS}, Annex IV, 1.1, items 5 and 17",
)
def hea_010(subject: Subject) -> Iterator[Hit]:
    for process in subject.report.processes:
        for name, applies in (("heat", process.has_measurable_heat), ("waste_gas", process.has_waste_gases)):
            flow = getattr(process, name)
            if applies is False and (flow.imported_tj or flow.exported_tj):
                path = f"{process.path}.{name}.imported_tj"
                where = subject.place(path, f"{process.label}, {name.replace('_', ' ')}")
                found = f"{shown(flow.imported_tj or Decimal(0))} TJ in, {shown(flow.exported_tj or Decimal(0))} TJ out"
                yield Hit(where=where, found=found, identity=path)


@check(
    "HEA-011",
    Severity.BLOCK,
    "A combined heat and power unit gives more energy than its fuel holds",
    text="Heat and electricity together cannot exceed the energy of the fuel.",
    mend="Check the units: fuel and heat in terajoule, electricity in megawatt hours.",
    reference=f"{METHODS}, Annex III, A.2.2, equations 47 and 48",
)
def hea_011(subject: Subject) -> Iterator[Hit]:
    for unit in subject.report.chp_units:
        if not unit.fuel_tj or (unit.heat_tj is None and unit.electricity_mwh is None):
            continue
        with exact():
            given = (unit.heat_tj or Decimal(0)) + (unit.electricity_mwh or Decimal(0)) * TJ_PER_MWH
        if given > unit.fuel_tj:
            yield Hit(
                where=subject.place(f"{unit.path}.heat_tj", unit.name or unit.id),
                found=f"{shown(given, 3)} TJ",
                expected=f"at most {unit.fuel_tj} TJ",
                identity=unit.path,
                inputs={"fuel_tj": unit.fuel_tj, "heat_tj": unit.heat_tj, "electricity_mwh": unit.electricity_mwh},
            )


@check(
    "HEA-012",
    Severity.INFO,
    "A combined heat and power unit without measured energies",
    text="Without the heat, electricity and fuel, the split rests on the act's conservative standard efficiencies.",
    mend="Give the three energies if they were measured. The split is then usually better for the good.",
    reference=f"{METHODS}, Annex III, A.2.2",
)
def hea_012(subject: Subject) -> Iterator[Hit]:
    for unit in subject.report.chp_units:
        missing = [name for name in ("fuel_tj", "heat_tj", "electricity_mwh") if getattr(unit, name) is None]
        if missing:
            where = subject.place(f"{unit.path}.fuel_tj", unit.name or unit.id)
            yield Hit(where=where, found="none", expected=", ".join(missing), identity=unit.path)


@check(
    "HEA-013",
    Severity.BLOCK,
    "A reference efficiency is not between 0 and 1",
    text="Reference efficiencies are shares of one.",
    mend="Write 0.53 for 53 %.",
    reference=f"{METHODS}, Annex III, C",
)
def hea_013(subject: Subject) -> Iterator[Hit]:
    for unit in subject.report.chp_units:
        for name in ("heat_reference_efficiency", "electricity_reference_efficiency"):
            value = getattr(unit, name)
            if value is not None and not 0 < value <= ONE:
                path = f"{unit.path}.{name}"
                where = subject.place(path, f"{unit.name or unit.id}, {name.replace('_', ' ')}")
                yield Hit(where=where, found=str(value), expected="above 0, up to 1", identity=path)


@check(
    "HEA-014",
    Severity.REFER,
    "The credit for exported waste gas exceeds the emissions of the process",
    text="Exported waste gas is fully inside the direct emissions before it is credited, so the credit is smaller.",
    mend="Add the emissions of the exported waste gas to the direct emissions, or correct its energy.",
    reference=f"{METHODS}, Annex III, A.2.3 and A.3, equations 54 and 55",
)
def hea_014(subject: Subject) -> Iterator[Hit]:
    day = subject.last_day
    for process in subject.report.processes:
        exported, emitted = process.waste_gas.exported_tj, process.direct_emissions_tco2e
        if not exported or emitted is None:
            continue
        with exact():
            credit = exported * limit("natural_gas_factor", day) * limit("waste_gas_efficiency_correction", day)
        if credit > emitted:
            yield Hit(
                where=subject.place(f"{process.path}.waste_gas.exported_tj", process.label),
                found=f"{shown(credit, 0)} t CO2 credited",
                expected=f"at most {shown(emitted, 0)} t CO2",
                identity=process.path,
                inputs={"exported_tj": exported, "direct_emissions_tco2e": emitted},
            )
