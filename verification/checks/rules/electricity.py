"""ELE: electricity that is used, bought, made and passed on, and its emission factors."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.limits import category_facts, limit
from verification.checks.model import Hit, Severity, Subject
from verification.checks.references import BASE, METHODS, PRODUCT
from verification.checks.rules.common import distance, in_percent, is_above, is_outside, shown, total
from verification.checks.rules.heat import balance_hits
from verification.checks.thresholds import GRID_FACTOR_DISTANCE, HIGHEST_ELECTRICITY_FACTOR_TCO2E_PER_MWH
from verification.kernel.quantities import exact

CONTRACT_SOURCES = {"D.4.1", "D.4.2", "D.4.3.1", "D.4.3.2", "Mix"}
GRID_SOURCES = {"D.4(a)", "D.4(b)"}
ACTUAL_KINDS = ("direct_line", "power_purchase_agreement")
CONFIRMATIONS = ("contract_confirmed", "congestion_confirmed", "capacity_confirmed")
ELECTRICITY = "Electricity (export to EU)"
EORI_LETTERS, EORI_LONGEST = 2, 17


@check(
    "ELE-001",
    Severity.WARN,
    "The power contract is named, its file is not attached",
    text="The report uses an emission factor of a contract or a direct line.",
    mend="Attach the contract, or use the grid factor.",
    reference=f"{METHODS}, Annex II, D.4.3",
)
def ele_001(subject: Subject) -> Iterator[Hit]:
    used = subject.electricity_sources & CONTRACT_SOURCES
    if used and "electricity_contract" not in subject.evidence_purposes:
        yield Hit(where="Electricity of the processes", found=", ".join(sorted(used)), identity="D_Processes")


def _factors(subject: Subject) -> Iterator[tuple[str, str, Decimal | None, str, str]]:
    """Path, words, factor, source of the factor and country of every electricity factor."""
    for process in subject.report.processes:
        yield (
            f"{process.path}.electricity_factor_tco2e_per_mwh",
            process.label,
            process.electricity_factor_tco2e_per_mwh,
            process.electricity_factor_source,
            subject.country,
        )
    for source in subject.report.electricity_sources:
        factor_source = source.factor_source or ("D.4(a)" if source.kind == "grid" else "")
        yield (
            f"{source.path}.factor_tco2e_per_mwh",
            source.name or source.id,
            source.factor_tco2e_per_mwh,
            factor_source,
            source.country or subject.country,
        )
    for precursor in subject.report.precursors:
        yield (
            f"{precursor.path}.electricity_factor_tco2e_per_mwh",
            precursor.label,
            precursor.electricity_factor_tco2e_per_mwh,
            precursor.electricity_factor_source,
            precursor.country,
        )


@check(
    "ELE-002",
    Severity.REFER,
    "The emission factor of electricity is impossible",
    text="The most carbon-rich power stations emit about 1.5 tonnes of CO2 per megawatt hour.",
    mend="Check the unit: tonnes of CO2 per megawatt hour, not kilograms.",
    reference=f"{METHODS}, Annex II, D.4; {PRODUCT}",
)
def ele_002(subject: Subject) -> Iterator[Hit]:
    for path, words, factor, _, _ in _factors(subject):
        if is_outside(factor, Decimal(0), HIGHEST_ELECTRICITY_FACTOR_TCO2E_PER_MWH):
            yield Hit(
                where=subject.place(path, words),
                found=f"{factor} t CO2/MWh",
                expected=f"0 to {HIGHEST_ELECTRICITY_FACTOR_TCO2E_PER_MWH}",
                identity=path,
                inputs={"factor": factor},
            )


@check(
    "ELE-003",
    Severity.REFER,
    "The electricity per unit of product is outside what is known",
    text="No works of this goods category is known to use so much or so little electricity per unit.",
    mend="Check the units: megawatt hours of the whole period, tonnes of product.",
    reference=PRODUCT,
)
def ele_003(subject: Subject) -> Iterator[Hit]:
    for process in subject.report.processes:
        facts, level = category_facts(process.category), process.activity_level
        if facts is None or not level or process.electricity_mwh is None or process.electricity_mwh <= 0:
            continue
        with exact():
            per_unit = process.electricity_mwh / level
        lowest, highest = facts.electricity
        if is_outside(per_unit, lowest, highest):
            yield Hit(
                where=subject.place(f"{process.path}.electricity_mwh", process.label),
                found=f"{shown(per_unit)} MWh per unit",
                expected=f"{lowest} to {highest}",
                identity=process.path,
                inputs={"electricity_mwh": process.electricity_mwh, "activity_level": level},
            )


@check(
    "ELE-004",
    Severity.REFER,
    "The grid factor is not the published one",
    text="Electricity from the grid takes the published factor of its country, an average of five years.",
    mend="Use the published factor, or say by which contract or line the electricity comes.",
    reference=f"{METHODS}, Annex II, D.4; Implementing Regulation (EU) 2025/2621",
)
def ele_004(subject: Subject) -> Iterator[Hit]:
    for path, words, factor, source, country in _factors(subject):
        published = subject.grid_factors.get(country)
        if source not in GRID_SOURCES or factor is None or not published:
            continue
        if distance(factor, published) > GRID_FACTOR_DISTANCE:
            yield Hit(
                where=subject.place(path, words),
                found=f"{factor} t CO2/MWh",
                expected=f"{published} ± {in_percent(GRID_FACTOR_DISTANCE)}",
                identity=path,
                inputs={"factor": factor, "published": published, "country": country},
            )


@check(
    "ELE-005",
    Severity.REFER,
    "Grid electricity without emissions",
    text="The factor of the grid is zero. Few countries have a grid without any fossil power station.",
    mend="Use the published factor of the country, or name the source of the electricity.",
    reference=f"{METHODS}, Annex II, D.4; {PRODUCT}",
)
def ele_005(subject: Subject) -> Iterator[Hit]:
    for path, words, factor, source, country in _factors(subject):
        if source in GRID_SOURCES and factor == 0 and subject.grid_factors.get(country) != 0:
            yield Hit(where=subject.place(path, words), found="0 t CO2/MWh", identity=path)


@check(
    "ELE-006",
    Severity.REFER,
    "The criteria for the source's own factor are not all confirmed",
    text="The factor of a line or of a contract counts where the criteria are met and the verifier saw the evidence.",
    mend="Confirm the criteria and give the evidence to the verifier, or use the grid factor.",
    reference=f"{BASE}, Annex IV, point 6; {METHODS}, Annex II, D.4.3",
)
def ele_006(subject: Subject) -> Iterator[Hit]:
    for source in subject.report.electricity_sources:
        if source.kind in ACTUAL_KINDS and not (source.criteria_confirmed and source.evidence_given):
            yield Hit(
                where=subject.place(f"{source.path}.criteria_confirmed", source.name or source.id),
                found="not confirmed" if not source.criteria_confirmed else "no evidence given",
                expected="criteria confirmed and evidence given",
                identity=source.path,
                inputs={"criteria": source.criteria_confirmed, "evidence": source.evidence_given},
            )


@check(
    "ELE-007",
    Severity.BLOCK,
    "A process names an electricity source that is not in the report",
    text="The named source gives the emission factor of the electricity.",
    mend="Choose a source that is in the report, or leave it empty: then the mean of all sources counts.",
    reference=f"{METHODS}, Article 9",
)
def ele_007(subject: Subject) -> Iterator[Hit]:
    known = subject.report.electricity_source_ids
    for process in subject.report.processes:
        for field in ("electricity_source", "electricity_export_source"):
            source = getattr(process, field)
            if source and source not in known:
                path = f"{process.path}.{field}"
                yield Hit(where=subject.place(path, process.label), found=source, identity=path)


@check(
    "ELE-008",
    Severity.REFER,
    "The electricity that is supplied and the electricity that is used differ",
    text="Electricity bought and made is used in processes, passed on, or used for other things that are named.",
    mend="Look for a source or a user that is missing from the balance.",
    reference=f"{METHODS}, Annex II, D.3, and Annex IV, 1.1, items 9 to 12 and 17",
)
def ele_008(subject: Subject) -> Iterator[Hit]:
    yield from balance_hits(subject, "electricity_mwh", "Balance of electricity", "MWh")


@check(
    "ELE-009",
    Severity.REFER,
    "Electricity is passed on without a factor",
    text="Electricity that a process makes and passes on takes its emissions along.",
    mend="Name the source of the electricity, or give its factor; write 0 for electricity without emissions.",
    reference=f"{METHODS}, Annex III, A.3, equation 55",
)
def ele_009(subject: Subject) -> Iterator[Hit]:
    for process in subject.report.processes:
        has_factor = (
            process.electricity_export_factor_tco2_per_mwh is not None or process.electricity_export_source != ""
        )
        if process.electricity_exported_mwh and not has_factor:
            yield Hit(
                where=subject.place(f"{process.path}.electricity_export_factor_tco2_per_mwh", process.label),
                found=f"{process.electricity_exported_mwh} MWh",
                expected="a source or a factor",
                identity=process.path,
                inputs={"electricity_exported_mwh": process.electricity_exported_mwh},
            )


@check(
    "ELE-010",
    Severity.REFER,
    "Electricity of a combined heat and power unit that is not in the report",
    text="Electricity from such a unit takes the factor that the unit's fuel and split give.",
    mend="Describe the unit, and name it at the electricity source.",
    reference=f"{METHODS}, Annex II, D.4.2",
)
def ele_010(subject: Subject) -> Iterator[Hit]:
    known = {unit.id for unit in subject.report.chp_units}
    for source in subject.report.electricity_sources:
        if source.kind == "own_chp" and source.chp_unit not in known and source.factor_tco2e_per_mwh is None:
            where = subject.place(f"{source.path}.chp_unit", source.name or source.id)
            yield Hit(where=where, found=source.chp_unit or "none", identity=source.path)


@check(
    "ELE-011",
    Severity.REFER,
    "The addendum for a declarant is not complete",
    text="Imported electricity takes actual values only for a declarant for whom every criterion is confirmed.",
    mend="Confirm contract, congestion and capacity, and give the amount, or leave the addendum out.",
    reference=f"{BASE}, Annex IV, point 5; {METHODS}, Annex IV, 1.1.1",
)
def ele_011(subject: Subject) -> Iterator[Hit]:
    for addendum in subject.report.electricity_addenda:
        missing = [name.replace("_", " ") for name in CONFIRMATIONS if getattr(addendum, name) is not True]
        missing += [] if addendum.amount_mwh else ["amount"]
        if missing:
            where = subject.place(f"{addendum.path}.declarant_eori", addendum.declarant_eori or addendum.id)
            yield Hit(where=where, found="missing", expected=", ".join(missing), identity=addendum.path)


@check(
    "ELE-012",
    Severity.REFER,
    "The EORI number of a declarant is malformed",
    text="An EORI number has two letters of the country and up to fifteen letters or digits.",
    mend="Ask the declarant for its number.",
    reference=f"{METHODS}, Annex IV, 1.1.1",
)
def ele_012(subject: Subject) -> Iterator[Hit]:
    for addendum in subject.report.electricity_addenda:
        number = addendum.declarant_eori
        is_fine = (
            EORI_LETTERS < len(number) <= EORI_LONGEST
            and number.isascii()
            and number.isalnum()
            and number[:EORI_LETTERS].isalpha()
        )
        if not is_fine:
            where = subject.place(f"{addendum.path}.declarant_eori", addendum.id)
            yield Hit(where=where, found=number[:40] or "none", identity=addendum.path)


@check(
    "ELE-013",
    Severity.REFER,
    "The power station emits more than the limit for actual values",
    text="Actual values of imported electricity need a station of at most 550 grams of fossil CO2 per kilowatt hour.",
    mend="Use the default value for this electricity.",
    reference=f"{BASE}, Annex IV, point 5(c)",
)
def ele_013(subject: Subject) -> Iterator[Hit]:
    highest = limit("imported_electricity_limit", subject.last_day)
    for good in subject.goods:
        if good.category == ELECTRICITY and is_above(good.direct, highest):
            yield Hit(
                where=good.label,
                found=f"{good.direct} t CO2/MWh",
                expected=f"at most {highest}",
                inputs={"direct": good.direct},
            )


@check(
    "ELE-014",
    Severity.REFER,
    "More electricity is promised to declarants than was made",
    text="The addenda together cover at most the electricity that the installation made for the market.",
    mend="Correct the amounts of the addenda.",
    reference=f"{METHODS}, Annex IV, 1.1.1",
)
def ele_014(subject: Subject) -> Iterator[Hit]:
    promised = total(addendum.amount_mwh for addendum in subject.report.electricity_addenda)
    made = [p.activity_level for p in subject.report.processes if p.category == ELECTRICITY]
    if promised and made and promised > total(made):
        yield Hit(
            where="Addenda for declarants",
            found=f"{shown(promised, 3)} MWh",
            expected=f"at most {shown(total(made), 3)} MWh",
            inputs={"promised": promised, "made": total(made)},
        )
