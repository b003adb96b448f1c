"""PLA: against the default value, last year, the other works of the category, and physics."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.limits import category_facts
from verification.checks.model import EarlierGood, GoodSubject, Hit, Severity, Subject
from verification.checks.references import BASE, METHODS, PRODUCT
from verification.checks.rules.common import distance, in_percent, shown, total
from verification.checks.thresholds import (
    CHANGE_TO_LAST_YEAR,
    DISTANCE_TO_MEDIAN,
    FAR_BELOW_DEFAULT,
    HIGHEST_FUEL_ENERGY_GJ_PER_UNIT,
    PEERS_NEEDED,
    PRODUCTION_CHANGE,
)
from verification.kernel.quantities import SEE_DECIMALS, exact, round_half_up


@check(
    "PLA-001",
    Severity.INFO,
    "The value is above the default",
    text="An approved value applies even where it is higher than the default.",
    mend="Nothing to mend. Think about whether you want to send it.",
    reference=f"{BASE}, Article 7",
)
def pla_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.applicable is not None and good.default_value is not None and good.applicable > good.default_value:
            yield _beside_default(good)


@check(
    "PLA-002",
    Severity.REFER,
    "The value is far below the default",
    text="The value is less than a quarter of the default value.",
    mend="Nothing to mend if it is right. Production records or the monitoring plan help the official.",
    reference=PRODUCT,
)
def pla_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if not good.applicable or not good.default_value:
            continue
        if good.applicable < FAR_BELOW_DEFAULT * good.default_value:
            yield _beside_default(good)


def _beside_default(good: GoodSubject) -> Hit:
    return Hit(
        where=good.code,
        found=str(round_half_up(good.applicable or Decimal(0), SEE_DECIMALS)),
        expected=str(good.default_value),
        inputs={"value": good.applicable, "default": good.default_value},
    )


@check(
    "PLA-003",
    Severity.REFER,
    "Emissions of zero",
    text="The emissions in scope of this good come out as exactly zero.",
    mend="Check that every fuel, material and precursor is in the report.",
    reference=PRODUCT,
)
def pla_003(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.applicable is not None and good.applicable == 0:
            yield Hit(where=f"{good.code} {good.process}")


def _with_last_year(subject: Subject) -> Iterator[tuple[GoodSubject, EarlierGood]]:
    """Goods beside last year's: by code and process, or by code where the process has another name now."""
    for good in subject.goods:
        same_code = [earlier for earlier in subject.earlier if earlier.code == good.code]
        same_process = [earlier for earlier in same_code if earlier.process == good.process]
        found = same_process or same_code
        if len(found) == 1:
            yield good, found[0]


@check(
    "PLA-004",
    Severity.REFER,
    "The value changed a lot since last year",
    text="It differs by more than a fifth from the value that was approved for the year before.",
    mend="Nothing to mend if it is right. Say in a note what changed: fuel, route, rebuild, method.",
    reference=PRODUCT,
)
def pla_004(subject: Subject) -> Iterator[Hit]:
    for good, earlier in _with_last_year(subject):
        if good.applicable is None or not earlier.applicable:
            continue
        change = distance(good.applicable, earlier.applicable)
        if change > CHANGE_TO_LAST_YEAR:
            yield Hit(
                where=good.label,
                found=shown(good.applicable, SEE_DECIMALS),
                expected=f"{shown(earlier.applicable, SEE_DECIMALS)} ± {in_percent(CHANGE_TO_LAST_YEAR)}",
                inputs={"value": good.applicable, "last_year": earlier.applicable},
            )


@check(
    "PLA-005",
    Severity.REFER,
    "The value is far from those of other works",
    text="It differs by more than half from the median of the values approved for this goods category.",
    mend="Nothing to mend if it is right. Production records or the monitoring plan help the official.",
    reference=PRODUCT,
)
def pla_005(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        peers = subject.peers.get(good.category)
        if peers is None or peers.count < PEERS_NEEDED or not peers.median or good.applicable is None:
            continue
        if distance(good.applicable, peers.median) > DISTANCE_TO_MEDIAN:
            yield Hit(
                where=good.label,
                found=shown(good.applicable, SEE_DECIMALS),
                expected=f"{shown(peers.median, SEE_DECIMALS)} ± {in_percent(DISTANCE_TO_MEDIAN)}",
                inputs={"value": good.applicable, "median": peers.median, "values": peers.count},
            )


@check(
    "PLA-006",
    Severity.REFER,
    "The direct emissions are below what physics allows",
    text="No works of this goods category is known to emit so little per unit, precursors included.",
    mend="Check the units of production and emissions, and that every precursor is in the report.",
    reference=PRODUCT,
)
def pla_006(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        facts = category_facts(good.category)
        # Exactly zero is PLA-003.
        if facts and good.direct and 0 < good.direct < facts.direct[0]:
            yield Hit(
                where=good.label,
                found=f"{shown(good.direct)} t CO2e per unit",
                expected=f"at least {facts.direct[0]}",
                inputs={"direct": good.direct},
            )


@check(
    "PLA-007",
    Severity.REFER,
    "The direct emissions are above anything known",
    text="No works of this goods category is known to emit so much per unit, precursors included.",
    mend="Check the units of production and emissions: tonnes, not kilograms or thousands of tonnes.",
    reference=PRODUCT,
)
def pla_007(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        facts = category_facts(good.category)
        if facts and good.direct is not None and good.direct > facts.direct[1]:
            yield Hit(
                where=good.label,
                found=f"{shown(good.direct)} t CO2e per unit",
                expected=f"at most {facts.direct[1]}",
                inputs={"direct": good.direct},
            )


@check(
    "PLA-009",
    Severity.BLOCK,
    "A process emits or uses energy, and makes nothing",
    text="Without a production there is nothing to which its emissions belong.",
    mend="Give the production of the process, or leave the process out if it stood still.",
    reference=f"{METHODS}, Annex III, A.3, equations 57 and 58",
)
def pla_009(subject: Subject) -> Iterator[Hit]:
    if "TPL-050" in subject.noted:
        return
    for process in subject.report.processes:
        if not process.activity_level and (process.direct_emissions_tco2e or process.electricity_mwh):
            yield Hit(
                where=subject.place(f"{process.path}.production", process.label),
                found="0" if process.activity_level is not None else "none",
                expected="above 0",
                identity=process.path,
                inputs={"direct_emissions_tco2e": process.direct_emissions_tco2e, "mwh": process.electricity_mwh},
            )


@check(
    "PLA-010",
    Severity.REFER,
    "Far too much fuel for the production",
    text="All fuels of the installation together hold more energy per unit of its goods than any good needs.",
    mend="Check the units of fuel, calorific value and production.",
    reference=PRODUCT,
)
def pla_010(subject: Subject) -> Iterator[Hit]:
    report = subject.report
    made = total(process.activity_level for process in report.processes)
    if made <= 0 or report.other_goods:
        return
    with exact():
        energy_gj = total(
            stream.activity_data * stream.net_calorific_value_gj_per_unit
            for stream in report.source_streams
            if stream.activity_data and stream.activity_data > 0 and stream.net_calorific_value_gj_per_unit
        )
        per_unit = energy_gj / made
    if per_unit > HIGHEST_FUEL_ENERGY_GJ_PER_UNIT:
        yield Hit(
            where="Fuels and production",
            found=f"{shown(per_unit, 3)} GJ per unit",
            expected=f"at most {HIGHEST_FUEL_ENERGY_GJ_PER_UNIT}",
            inputs={"energy_gj": energy_gj, "made": made},
        )


@check(
    "PLA-011",
    Severity.REFER,
    "The value is last year's, to the last digit",
    text="Direct emissions per unit that did not change in the fifth decimal may be copied.",
    mend="Nothing to mend if it is right. Production records help the official.",
    reference=PRODUCT,
)
def pla_011(subject: Subject) -> Iterator[Hit]:
    for good, earlier in _with_last_year(subject):
        if not good.direct or earlier.direct is None:
            continue
        if round_half_up(good.direct, SEE_DECIMALS) == round_half_up(earlier.direct, SEE_DECIMALS):
            yield Hit(where=good.label, found=shown(good.direct, SEE_DECIMALS), inputs={"direct": good.direct})


@check(
    "PLA-012",
    Severity.WARN,
    "The production changed a lot since last year",
    text="The quantity differs by more than half from that of the year before.",
    mend="Nothing to mend if it is right. Say in a note what changed.",
    reference=PRODUCT,
)
def pla_012(subject: Subject) -> Iterator[Hit]:
    for good, earlier in _with_last_year(subject):
        if good.quantity is None or not earlier.quantity:
            continue
        if distance(good.quantity, earlier.quantity) > PRODUCTION_CHANGE:
            yield Hit(
                where=good.label,
                found=shown(good.quantity, 3),
                expected=f"{shown(earlier.quantity, 3)} ± {in_percent(PRODUCTION_CHANGE)}",
                inputs={"quantity": good.quantity, "last_year": earlier.quantity},
            )


@check(
    "PLA-013",
    Severity.REFER,
    "No indirect emissions where electricity is used",
    text="The process uses electricity, and the indirect emissions of its good come out as zero.",
    mend="Check the emission factor. Zero holds only for electricity without fossil fuel, and needs evidence.",
    reference=f"{METHODS}, Annex II, D.4; {PRODUCT}",
)
def pla_013(subject: Subject) -> Iterator[Hit]:
    processes = subject.report.process_by_id
    for good in subject.goods:
        process = processes.get(good.process_id)
        if good.counts_indirect and good.indirect == 0 and process is not None and process.electricity_mwh:
            yield Hit(
                where=good.label,
                found=f"{process.electricity_mwh} MWh, 0 t CO2e",
                inputs={"electricity_mwh": process.electricity_mwh},
            )
