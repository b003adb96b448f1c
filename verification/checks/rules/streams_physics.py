"""STR: whether amounts and factors of streams are physically possible."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.limits import carbonate_factor_named, fuel_named, limit
from verification.checks.model import Hit, PfcPart, Severity, StreamPart, Subject
from verification.checks.references import METHODS, PRODUCT
from verification.checks.rules.common import HUNDRED, ONE, distance, in_percent, is_above, is_outside, looks_like_share
from verification.checks.thresholds import (
    CLINKER_FACTOR_DISTANCE,
    EMISSION_FACTOR_DISTANCE,
    GAS_DENSITY_G_PER_NM3,
    HIGHEST_EMISSION_FACTOR_TCO2_PER_TJ,
    HIGHEST_NET_CALORIFIC_VALUE_GJ_PER_1000NM3,
    HIGHEST_NET_CALORIFIC_VALUE_GJ_PER_T,
    LOWEST_EMISSION_FACTOR_TCO2_PER_TJ,
    LOWEST_NET_CALORIFIC_VALUE_GJ,
    NET_CALORIFIC_VALUE_DISTANCE,
)

PER_TJ, PER_T, TONNE = "tCO2/TJ", "tCO2/t", "t"
HOURS_OF_A_DAY = 24


def _hit(subject: Subject, stream: StreamPart, field: str, expected: str) -> Hit:
    value = getattr(stream, field)
    return Hit(
        where=subject.place(f"{stream.path}.{field}", f"{stream.name or stream.id}, {field.replace('_', ' ')}"),
        found=str(value),
        expected=expected,
        identity=f"{stream.path}.{field}",
        inputs={field: value, "unit": stream.activity_unit},
    )


@check(
    "STR-007",
    Severity.BLOCK,
    "No fuel has so much energy",
    text="The net calorific value is above that of any fuel. The unit is gigajoule per tonne or per 1000 Nm3.",
    mend="Divide a value in megajoule per tonne by 1000; multiply by the right factor for other units.",
    reference=f"{METHODS}, Annex II, B.3.1.1; {PRODUCT}",
)
def str_007(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        is_by_mass = stream.activity_unit in ("", TONNE)
        highest = HIGHEST_NET_CALORIFIC_VALUE_GJ_PER_T if is_by_mass else HIGHEST_NET_CALORIFIC_VALUE_GJ_PER_1000NM3
        if is_above(stream.net_calorific_value_gj_per_unit, highest):
            yield _hit(subject, stream, "net_calorific_value_gj_per_unit", f"at most {highest}")


@check(
    "STR-008",
    Severity.REFER,
    "The fuel has almost no energy",
    text="The net calorific value is below what burns by itself. The unit is gigajoule per tonne or per 1000 Nm3.",
    mend="Multiply a value in terajoule per tonne by 1000.",
    reference=f"{METHODS}, Annex II, B.3.1.1; {PRODUCT}",
)
def str_008(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        value = stream.net_calorific_value_gj_per_unit
        if value is not None and 0 < value < LOWEST_NET_CALORIFIC_VALUE_GJ:
            yield _hit(subject, stream, "net_calorific_value_gj_per_unit", f"at least {LOWEST_NET_CALORIFIC_VALUE_GJ}")


@check(
    "STR-009",
    Severity.REFER,
    "The emission factor is not that of a fuel",
    text="Per terajoule, fuels with carbon emit between about 30 and 260 tonnes of CO2.",
    mend="Check the unit: tonnes of CO2 per terajoule, not kilograms and not per tonne of fuel.",
    reference=f"{METHODS}, Annex II, G, Table 1; {PRODUCT}",
)
def str_009(subject: Subject) -> Iterator[Hit]:
    lowest, highest = LOWEST_EMISSION_FACTOR_TCO2_PER_TJ, HIGHEST_EMISSION_FACTOR_TCO2_PER_TJ
    for stream in subject.report.source_streams:
        is_judged = stream.emission_factor_unit == PER_TJ and stream.emission_factor != 0
        if is_judged and is_outside(stream.emission_factor, lowest, highest):
            yield _hit(subject, stream, "emission_factor", f"{lowest} to {highest}")


@check(
    "STR-010",
    Severity.BLOCK,
    "A tonne cannot give so much CO2",
    text="A tonne of pure carbon gives 3.664 tonnes of CO2. No material gives more.",
    mend="Check the unit of the emission factor: tonnes of CO2 per tonne of material.",
    reference=f"{METHODS}, Annex II, B.3.1.2 and B.3.2",
)
def str_010(subject: Subject) -> Iterator[Hit]:
    highest = limit("carbon_to_co2", subject.last_day)
    for stream in subject.report.source_streams:
        if stream.emission_factor_unit == PER_T and is_above(stream.emission_factor, highest):
            yield _hit(subject, stream, "emission_factor", f"at most {highest}")


@check(
    "STR-011",
    Severity.BLOCK,
    "A tonne cannot hold more than a tonne of carbon",
    text="The carbon content is a share of one. Coke has about 0.88.",
    mend="Write 0.88 for 88 %.",
    reference=f"{METHODS}, Annex II, B.3.2",
)
def str_011(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        if stream.activity_unit in ("", TONNE) and is_outside(stream.carbon_content, Decimal(0), ONE):
            yield _hit(subject, stream, "carbon_content", "0 to 1")


@check(
    "STR-012",
    Severity.REFER,
    "The carbonate gives more CO2 than its chemistry allows",
    text="The CO2 in a tonne of pure carbonate is fixed by its formula, for limestone 0.440 tonnes.",
    mend="Use the analysed content of carbonate times the factor of the act.",
    reference=f"{METHODS}, Annex II, G, Table 3",
)
def str_012(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        highest = carbonate_factor_named(stream.name)
        if highest is not None and stream.emission_factor_unit == PER_T and is_above(stream.emission_factor, highest):
            yield _hit(subject, stream, "emission_factor", f"at most {highest}")


@check(
    "STR-013",
    Severity.WARN,
    "The energy of the fuel is far from its standard value",
    text="The net calorific value differs by more than a quarter from the standard value of this fuel.",
    mend="Nothing to mend if it was analysed. Name the laboratory or the standard in the reference of the factor.",
    reference=f"{METHODS}, Annex II, G, Table 1; {PRODUCT}",
)
def str_013(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        fuel, value = fuel_named(stream.name), stream.net_calorific_value_gj_per_unit
        if fuel is None or not value or stream.activity_unit not in ("", TONNE):
            continue
        if distance(value, fuel.net_calorific_value) > NET_CALORIFIC_VALUE_DISTANCE:
            expected = f"{fuel.net_calorific_value} ± {in_percent(NET_CALORIFIC_VALUE_DISTANCE)}"
            yield _hit(subject, stream, "net_calorific_value_gj_per_unit", expected)


@check(
    "STR-014",
    Severity.WARN,
    "The emission factor is far from the standard factor of the fuel",
    text="Per unit of energy, the factor differs by more than a tenth from the standard factor of this fuel.",
    mend="Nothing to mend if it was analysed. Name the laboratory or the standard in the reference of the factor.",
    reference=f"{METHODS}, Annex II, G, Table 1; {PRODUCT}",
)
def str_014(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        fuel, value = fuel_named(stream.name), stream.emission_factor
        if fuel is None or not value or stream.emission_factor_unit != PER_TJ:
            continue
        if distance(value, fuel.emission_factor) > EMISSION_FACTOR_DISTANCE:
            expected = f"{fuel.emission_factor} ± {in_percent(EMISSION_FACTOR_DISTANCE)}"
            yield _hit(subject, stream, "emission_factor", expected)


@check(
    "STR-019",
    Severity.BLOCK,
    "A source ran for more hours than the year has",
    text="The hours of operation of a measured source are at most the hours of the reporting period.",
    mend="Correct the hours. Add up sources that run beside each other as sources of their own.",
    reference=f"{METHODS}, Annex II, B.6.2.1",
)
def str_019(subject: Subject) -> Iterator[Hit]:
    hours = Decimal((subject.period_end - subject.period_start).days * HOURS_OF_A_DAY)
    for source in subject.report.measured_sources:
        if is_outside(source.operating_hours, Decimal(0), hours):
            yield Hit(
                where=subject.place(f"{source.path}.operating_hours", source.name or source.id),
                found=f"{source.operating_hours} h",
                expected=f"at most {hours} h",
                identity=source.path,
                inputs={"operating_hours": source.operating_hours},
            )


@check(
    "STR-020",
    Severity.BLOCK,
    "The gas is denser than the pure gas",
    text="The measured concentration is above the density of pure CO2 or N2O.",
    mend="Check the unit: gram per Nm3, not milligram.",
    reference=f"{METHODS}, Annex II, B.6.2.2; {PRODUCT}",
)
def str_020(subject: Subject) -> Iterator[Hit]:
    for source in subject.report.measured_sources:
        if is_above(source.concentration_g_per_nm3, GAS_DENSITY_G_PER_NM3):
            yield Hit(
                where=subject.place(f"{source.path}.concentration_g_per_nm3", source.name or source.id),
                found=f"{source.concentration_g_per_nm3} g/Nm3",
                expected=f"at most {GAS_DENSITY_G_PER_NM3} g/Nm3",
                identity=source.path,
                inputs={"concentration_g_per_nm3": source.concentration_g_per_nm3},
            )


@check(
    "STR-021",
    Severity.BLOCK,
    "A share of the perfluorocarbon formula is impossible",
    text="Current efficiency is in per cent; collection efficiency and the C2F6 fraction are shares of one.",
    mend="Write 95 for a current efficiency of 95 %, and 0.9 for a collection of 90 %.",
    reference=f"{METHODS}, Annex II, B.7",
)
def str_021(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.pfc_streams:
        for field in _impossible(stream):
            yield Hit(
                where=subject.place(f"{stream.path}.{field}", f"{stream.technology or stream.id}, {field}"),
                found=str(getattr(stream, field)),
                expected="above 1, up to 100" if field == "current_efficiency_percent" else "0 to 1",
                identity=f"{stream.path}.{field}",
                inputs={field: getattr(stream, field)},
            )


def _impossible(stream: PfcPart) -> Iterator[str]:
    efficiency = stream.current_efficiency_percent
    if looks_like_share(efficiency) or is_outside(efficiency, Decimal(0), HUNDRED):
        yield "current_efficiency_percent"
    for field in ("collection_efficiency", "c2f6_weight_fraction"):
        if is_outside(getattr(stream, field), Decimal(0), ONE):
            yield field


@check(
    "STR-027",
    Severity.REFER,
    "The process factor of clinker is unusual",
    text="A tonne of clinker gives about 0.525 tonnes of CO2 from limestone, whatever the kiln.",
    mend="Check that the amount is clinker or the raw meal for it, and attach the analyses.",
    reference=f"{METHODS}, Annex II, B.9.2; {PRODUCT}",
)
def str_027(subject: Subject) -> Iterator[Hit]:
    standard = limit("clinker_process_factor", subject.last_day)
    for stream in subject.report.source_streams:
        is_clinker = stream.method == "process" and "clinker" in stream.name.casefold()
        if not is_clinker or stream.emission_factor is None or stream.emission_factor_unit != PER_T:
            continue
        if distance(stream.emission_factor, standard) > CLINKER_FACTOR_DISTANCE:
            yield _hit(subject, stream, "emission_factor", f"{standard} ± {in_percent(CLINKER_FACTOR_DISTANCE)}")


@check(
    "STR-028",
    Severity.BLOCK,
    "An amount below zero outside a mass balance",
    text="Only a mass balance has outputs, which are negative. A fuel or material that is used is positive.",
    mend="Remove the sign, or choose the mass balance for this stream.",
    reference=f"{METHODS}, Annex II, B.3",
)
def str_028(subject: Subject) -> Iterator[Hit]:
    for stream in subject.report.source_streams:
        if stream.method != "mass_balance" and stream.activity_data is not None and stream.activity_data < 0:
            yield _hit(subject, stream, "activity_data", "0 or above")
