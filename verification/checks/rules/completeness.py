"""COM: whether the claim says everything that it must."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.limits import category_facts
from verification.checks.model import Hit, Severity, Subject
from verification.checks.references import METHODS
from verification.checks.thresholds import MONTHS_OF_A_YEAR


@check(
    "COM-001",
    Severity.BLOCK,
    "No good has a value",
    text="A claim needs at least one good with specific embedded emissions.",
    mend="State at least one good, its production process, the quantity made and every emission of that process.",
    reference=f"{METHODS}, Annex IV, 1.1, item 15",
)
def com_001(subject: Subject) -> Iterator[Hit]:
    if not any(good.applicable is not None for good in subject.goods):
        yield Hit(inputs={"goods": len(subject.goods)})


@check(
    "COM-002",
    Severity.BLOCK,
    "A good has no quantity",
    text="The verified quantity limits how much may be imported at the verified value.",
    mend="Give the quantity of the good, or the activity level of its production process.",
    reference=f"{METHODS}, Annex IV, 1.1, items 13 and 30",
)
def com_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.quantity is None or good.quantity <= 0:
            found = "none" if good.quantity is None else str(good.quantity)
            yield Hit(where=good.code, found=found, expected="above 0", inputs={"quantity": good.quantity})


@check(
    "COM-004",
    Severity.WARN,
    "One of the goods has no value",
    text="A good without a value is not approved. The default value with its mark-up applies to it.",
    mend="Complete the numbers of its production process, or leave the good out of this claim.",
    reference=f"{METHODS}, Annex IV, 1.1, item 15",
)
def com_004(subject: Subject) -> Iterator[Hit]:
    missing = [good for good in subject.goods if good.applicable is None]
    if len(missing) == len(subject.goods):
        return
    for good in missing:
        yield Hit(where=good.label, found="no value", inputs={"direct": good.direct, "indirect": good.indirect})


@check(
    "COM-005",
    Severity.WARN,
    "A production process makes nothing of the claim",
    text="The process makes no good of the claim, and no other process uses what it makes.",
    mend="Name the good that it makes or the process that uses its product, or leave the process out.",
    reference=f"{METHODS}, Annex IV, 1.1, items 13 and 18",
)
def com_005(subject: Subject) -> Iterator[Hit]:
    making = {product.process for product in subject.report.products}
    if not making:
        return
    for process in subject.report.processes:
        is_used = any(use.amount for use in process.consumed_in) or bool(process.consumed_for_other_goods)
        if process.id not in making and not is_used:
            yield Hit(where=subject.place(f"{process.path}.name", process.label), identity=process.id)


@check(
    "COM-006",
    Severity.BLOCK,
    "A good names no production process of the report",
    text="The value of a good is the value of the process that makes it.",
    mend="Choose the production process for this good.",
    reference=f"{METHODS}, Annex IV, 1.1, item 13",
)
def com_006(subject: Subject) -> Iterator[Hit]:
    for product in subject.report.products:
        if product.process not in subject.report.process_by_id:
            where = subject.place(f"{product.path}.process", product.cn or product.name or product.id)
            yield Hit(where=where, found=product.process or "none", identity=product.path)


@check(
    "COM-007",
    Severity.WARN,
    "The composition of a good is not stated",
    text="The unit in which this good is declared follows from its composition, such as the share of clinker.",
    mend="State the composition of the good, from the laboratory or from the recipe.",
    reference=f"{METHODS}, Article 4 and Annex IV, 1.1, item 35",
)
def com_007(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        facts = category_facts(good.category)
        for names in facts.parameters if facts else ():
            if not any(name in good.parameters for name in names):
                yield Hit(where=good.label, found="none", expected=names[0].replace("_", " "))


@check(
    "COM-008",
    Severity.WARN,
    "The monitoring plan is named by half",
    text="The report names its monitoring plan by version and date.",
    mend="Give both the version and the date of the plan.",
    reference=f"{METHODS}, Annex II, A.5, item 1; Implementing Regulation (EU) 2025/2546, Annex, 2.3(d)",
)
def com_008(subject: Subject) -> Iterator[Hit]:
    plan = subject.report.monitoring_plan
    if bool(plan.version) != (plan.dated_on is not None):
        yield Hit(
            where="Monitoring plan",
            found=plan.version or str(plan.dated_on),
            expected="version and date",
            inputs={"version": plan.version, "dated_on": plan.dated_on},
        )


@check(
    "COM-009",
    Severity.REFER,
    "Direct emissions without anything that makes them",
    text="Direct emissions were entered for a process, and the report lists no fuel, material or measured source.",
    mend="List the source streams with their quantities and factors, so that the total can be computed.",
    reference=f"{METHODS}, Annex IV, 1.1, item 16",
)
def com_009(subject: Subject) -> Iterator[Hit]:
    report = subject.report
    if report.source_streams or report.pfc_streams or report.measured_sources:
        return
    for process in report.processes:
        if process.direct_emissions_tco2e:
            yield Hit(
                where=subject.place(f"{process.path}.direct_emissions_tco2e", process.label),
                found=f"{process.direct_emissions_tco2e} t CO2e",
                identity=process.id,
                inputs={"direct_emissions_tco2e": process.direct_emissions_tco2e},
            )


@check(
    "COM-011",
    Severity.WARN,
    "The number of months monitored cannot be right",
    text="A new installation says how many months of the year it was monitored: 1 to 12.",
    mend="Correct the number of months, or leave it empty where the installation worked before the year.",
    reference=f"{METHODS}, Annex IV, 1.1, item 8",
)
def com_011(subject: Subject) -> Iterator[Hit]:
    months = subject.report.monitoring_plan.months_monitored
    if months is not None and not 1 <= months <= MONTHS_OF_A_YEAR:
        yield Hit(where="Months monitored", found=str(months), expected="1 to 12", inputs={"months": months})


@check(
    "COM-012",
    Severity.REFER,
    "Zero-rated fuels without a word on how they qualify",
    text="Where biomass is rated zero, the report says how the operator shows that it may be.",
    mend="Describe the proof in the monitoring plan's summary of zero-rated fuels.",
    reference=f"{METHODS}, Annex II, A.5, item 15, and Annex IV, 1.1, item 2",
)
def com_012(subject: Subject) -> Iterator[Hit]:
    if subject.is_communication_template or subject.report.monitoring_plan.zero_rating_method:
        return
    sources = subject.report.emission_sources
    rated = [item for item in sources if item.biomass_percent and item.biomass_proof != "unproven"]
    if rated:
        yield Hit(where="Zero-rated fuels", found=", ".join(item.name or item.id for item in rated))


@check(
    "COM-013",
    Severity.WARN,
    "Other goods without emissions, or emissions without other goods",
    text="Goods outside the scheme and the emissions that belong to them are stated together.",
    mend="List the other goods and give the direct emissions of their processes; write 0 where there are none.",
    reference=f"{METHODS}, Annex IV, 1.1, items 2 and 14",
)
def com_013(subject: Subject) -> Iterator[Hit]:
    if subject.is_communication_template:
        return
    emissions, goods = subject.report.totals.other_processes_direct_tco2e, subject.report.other_goods
    if goods and emissions is None:
        yield Hit(where="Other goods", found=", ".join(good.name or good.id for good in goods), expected="emissions")
    if emissions and not goods:
        yield Hit(where="Other processes", found=f"{emissions} t CO2e", expected="the goods that they make")
