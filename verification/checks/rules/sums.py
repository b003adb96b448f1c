"""SUM: whether parts and wholes agree, and the portal's numbers with those that the file states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.limits import limit
from verification.checks.model import Hit, Severity, Subject
from verification.checks.references import METHODS, PRINCIPLES
from verification.checks.rules.common import are_apart, distance, in_percent, shown, total
from verification.checks.thresholds import RECONCILIATION_TOLERANCE, STATED_DIFFERENCE, SUM_TOLERANCE
from verification.kernel.quantities import SEE_DECIMALS, exact, round_half_up

RECONCILIATION = f"{METHODS}, Annex III, A.1, equations 41 and 42"
NOT_NEGATIVE = (
    "produced_for_market",
    "consumed_for_other_goods",
    "electricity_mwh",
    "electricity_exported_mwh",
    "scrap_and_off_specification",
)


@check(
    "SUM-001",
    Severity.REFER,
    "The file states another value than its own inputs give",
    text="The portal computes the value anew from the inputs and differs by more than rounding.",
    mend="Open the file, let it recalculate, save it and upload it again.",
    reference=f"{METHODS}, Annex III, equations 53 to 60",
)
def sum_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        for own, stated, part in (
            (good.direct, good.stated_direct, "direct"),
            (good.indirect, good.stated_indirect, "indirect"),
        ):
            if own is not None and stated is not None and abs(own - stated) > STATED_DIFFERENCE:
                yield Hit(
                    where=f"{good.code} {good.process}, {part}",
                    found=str(round_half_up(stated, SEE_DECIMALS)),
                    expected=str(round_half_up(own, SEE_DECIMALS)),
                    inputs={"stated": stated, "computed": own},
                )


@check(
    "SUM-002",
    Severity.BLOCK,
    "A value is below zero",
    text="Attributed emissions are never below zero.",
    mend="Look for a sign that is wrong in the exported heat, waste gas or electricity.",
    reference=f"{METHODS}, Annex III, equation 55",
)
def sum_002(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if any(part is not None and part < 0 for part in (good.direct, good.indirect)):
            yield Hit(where=good.code, inputs={"direct": good.direct, "indirect": good.indirect})


def _unreconciled_factor(subject: Subject) -> Decimal | None:
    """The factor where it is known and was not applied; the Commission's template cannot state other processes."""
    found = subject.reconciliation
    if subject.is_communication_template or found is None or found.is_applied:
        return None
    return found.factor


def _reconciliation_hit(subject: Subject, factor: Decimal) -> Hit:
    found = subject.reconciliation
    return Hit(
        where="Installation and processes",
        found=f"factor {shown(factor)}",
        expected="1",
        identity="reconciliation",
        inputs={
            "installation": found.installation_direct_tco2e if found else None,
            "processes": found.processes_direct_tco2e if found else None,
        },
    )


@check(
    "SUM-003",
    Severity.WARN,
    "The processes do not add up to the installation",
    text="The direct emissions of all processes together are those of the installation.",
    mend="Divide every stream among the processes, or have the portal scale the processes to the installation.",
    reference=RECONCILIATION,
)
def sum_003(subject: Subject) -> Iterator[Hit]:
    factor = _unreconciled_factor(subject)
    if factor is None:
        return
    if RECONCILIATION_TOLERANCE < abs(factor - 1) <= limit("materiality", subject.last_day):
        yield _reconciliation_hit(subject, factor)


@check(
    "SUM-004",
    Severity.REFER,
    "The processes are materially apart from the installation",
    text="The direct emissions of all processes differ from the installation's by more than the materiality level.",
    mend="Look for a stream that is missing or counted twice, then divide every stream among the processes.",
    reference=f"{RECONCILIATION}; {PRINCIPLES}, Article 5",
)
def sum_004(subject: Subject) -> Iterator[Hit]:
    factor = _unreconciled_factor(subject)
    if factor is not None and abs(factor - 1) > limit("materiality", subject.last_day):
        yield _reconciliation_hit(subject, factor)


@check(
    "SUM-005",
    Severity.REFER,
    "What was made and what became of it do not agree",
    text="A process makes as much as goes to the market, into other processes and into other goods.",
    mend="Correct the production or its uses. Changes of stock belong to the market.",
    reference=f"{METHODS}, Annex IV, 1.1, items 18 to 21 and 30",
)
def sum_005(subject: Subject) -> Iterator[Hit]:
    if "TPL-054" in subject.noted:
        return
    for process in subject.report.processes:
        level, market = process.activity_level, process.produced_for_market
        if level is None or market is None:
            continue
        used = total([market, process.consumed_for_other_goods, *(use.amount for use in process.consumed_in)])
        if are_apart(level, used, SUM_TOLERANCE):
            yield Hit(
                where=subject.place(f"{process.path}.produced_for_market", process.label),
                found=f"{shown(used, 3)} used",
                expected=f"{shown(level, 3)} made",
                identity=process.path,
                inputs={"made": level, "used": used},
            )


@check(
    "SUM-006",
    Severity.REFER,
    "What was bought of a precursor and what was used do not agree",
    text="A precursor that is bought is used in processes or for other purposes, or it stays in stock.",
    mend="Correct the quantities. Count what stays in stock among the other purposes.",
    reference=f"{METHODS}, Annex IV, 1.1, items 18 to 21",
)
def sum_006(subject: Subject) -> Iterator[Hit]:
    if "TPL-054" in subject.noted:
        return
    for precursor in subject.report.precursors:
        if precursor.bought is None or not precursor.consumed_in:
            continue
        used = total([precursor.consumed_for_other_purposes, *(use.amount for use in precursor.consumed_in)])
        if are_apart(precursor.bought, used, SUM_TOLERANCE):
            yield Hit(
                where=subject.place(f"{precursor.path}.purchased", precursor.label),
                found=f"{shown(used, 3)} used",
                expected=f"{shown(precursor.bought, 3)} bought",
                identity=precursor.path,
                inputs={"bought": precursor.bought, "used": used},
            )


@check(
    "SUM-007",
    Severity.REFER,
    "The stated total is materially apart from the computed one",
    text="The file's value of the good differs from the portal's by more than the materiality level.",
    mend="Find the input that differs before a verifier looks at the numbers.",
    reference=f"{PRINCIPLES}, Article 5(1)(a)",
)
def sum_007(subject: Subject) -> Iterator[Hit]:
    materiality = limit("materiality", subject.last_day)
    for good in subject.goods:
        if good.total and good.stated_total is not None and distance(good.stated_total, good.total) > materiality:
            yield Hit(
                where=good.label,
                found=shown(good.stated_total, SEE_DECIMALS),
                expected=f"{shown(good.total, SEE_DECIMALS)} ± {in_percent(materiality)}",
                inputs={"stated": good.stated_total, "computed": good.total},
            )


@check(
    "SUM-008",
    Severity.REFER,
    "Direct and indirect emissions do not add up to the total",
    text="The file states a total that is not the sum of the direct and indirect value beside it.",
    mend="Open the file, let it recalculate, save it and upload it again.",
    reference=f"{METHODS}, Annex III, A.3",
)
def sum_008(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        parts = (good.stated_direct, good.stated_indirect)
        if good.stated_total is None or None in parts:
            continue
        # Each of the three may have been rounded by half a unit.
        if abs(total(parts) - good.stated_total) > 3 * STATED_DIFFERENCE:
            yield Hit(
                where=good.label,
                found=shown(good.stated_total, SEE_DECIMALS),
                expected=shown(total(parts), SEE_DECIMALS),
                inputs={"direct": parts[0], "indirect": parts[1], "total": good.stated_total},
            )


@check(
    "SUM-009",
    Severity.BLOCK,
    "More goods than the process made",
    text="The goods of a process together are at most what it made. Each tonne can be certified once.",
    mend="Correct the quantities of the goods, or the production of the process.",
    reference=f"{METHODS}, Annex IV, 1.1, items 13 and 30",
)
def sum_009(subject: Subject) -> Iterator[Hit]:
    quantities: dict[str, list[Decimal | None]] = defaultdict(list)
    for product in subject.report.products:
        quantities[product.process].append(product.quantity)
    for process in subject.report.processes:
        level, listed = process.activity_level, total(quantities.get(process.id, ()))
        with exact():
            is_more = level is not None and listed > level * (1 + SUM_TOLERANCE)
        if level is not None and is_more:
            yield Hit(
                where=subject.place(f"{process.path}.production", process.label),
                found=f"{shown(listed, 3)} in goods",
                expected=f"at most {shown(level, 3)}",
                identity=process.path,
                inputs={"goods": listed, "made": level},
            )


@check(
    "SUM-010",
    Severity.REFER,
    "The deliveries of a precursor do not add up to what was bought",
    text="All deliveries together are the quantity bought. The mean value depends on every one of them.",
    mend="Add the deliveries that are missing, or correct their quantities.",
    reference=f"{METHODS}, Article 14",
)
def sum_010(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        if precursor.bought is None or not precursor.supplies:
            continue
        delivered = total(supply.amount for supply in precursor.supplies)
        if are_apart(delivered, precursor.bought, SUM_TOLERANCE):
            yield Hit(
                where=subject.place(f"{precursor.path}.supplies", precursor.label),
                found=f"{shown(delivered, 3)} delivered",
                expected=f"{shown(precursor.bought, 3)} bought",
                identity=precursor.path,
                inputs={"delivered": delivered, "bought": precursor.bought},
            )


@check(
    "SUM-011",
    Severity.BLOCK,
    "A quantity is below zero",
    text="Production, uses, electricity, heat and waste gas are amounts, and amounts are not negative.",
    mend="Remove the sign. What leaves a process has a field of its own.",
    reference=f"{METHODS}, Annex III, A.3",
)
def sum_011(subject: Subject) -> Iterator[Hit]:
    for path, words, amount in _amounts(subject):
        if amount is not None and amount < 0:
            yield Hit(where=subject.place(path, words), found=str(amount), expected="0 or above", identity=path)


def _amounts(subject: Subject) -> Iterator[tuple[str, str, Decimal | None]]:
    for process in subject.report.processes:
        for field in NOT_NEGATIVE:
            yield f"{process.path}.{field}", f"{process.label}, {field.replace('_', ' ')}", getattr(process, field)
        for name in ("heat", "waste_gas"):
            flow = getattr(process, name)
            for field in ("imported_tj", "exported_tj"):
                yield f"{process.path}.{name}.{field}", f"{process.label}, {name}", getattr(flow, field)
        for index, item in enumerate(process.production):
            yield f"{process.path}.production.{index}.amount", process.label, item.amount
        for index, use in enumerate(process.consumed_in):
            yield f"{process.path}.consumed_in.{index}.amount", process.label, use.amount
    for precursor in subject.report.precursors:
        for index, item in enumerate(precursor.purchased):
            yield f"{precursor.path}.purchased.{index}.amount", precursor.label, item.amount
        for index, use in enumerate(precursor.consumed_in):
            yield f"{precursor.path}.consumed_in.{index}.amount", precursor.label, use.amount
        for supply in precursor.supplies:
            yield f"{supply.path}.amount", f"{precursor.label}, {supply.label}", supply.amount


@check(
    "SUM-012",
    Severity.REFER,
    "Scrap may be counted as production",
    text="Production exceeds what went to market and into other processes by just the scrap and off-grade output.",
    mend="Leave scrap and off-grade output out of the production. They carry no emissions.",
    reference=f"{METHODS}, Annex III, A.3 and B",
)
def sum_012(subject: Subject) -> Iterator[Hit]:
    for process in subject.report.processes:
        level, scrap = process.activity_level, process.scrap_and_off_specification
        if level is None or not scrap or process.produced_for_market is None:
            continue
        uses = [process.produced_for_market, process.consumed_for_other_goods]
        with exact():
            rest = level - total([*uses, *(use.amount for use in process.consumed_in)])
        if not are_apart(rest, scrap, SUM_TOLERANCE):
            yield Hit(
                where=subject.place(f"{process.path}.scrap_and_off_specification", process.label),
                found=f"{shown(rest, 3)} left over, {shown(scrap, 3)} scrap",
                expected="nothing left over",
                identity=process.path,
                inputs={"made": level, "scrap": scrap},
            )
