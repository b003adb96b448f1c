"""PRE: precursors, bought and made on the site, and the share that rests on default values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from verification.checks.catalogue import check
from verification.checks.limits import category_facts
from verification.checks.model import Hit, PrecursorPart, ProcessPart, Severity, Subject, UsePart
from verification.checks.references import METHODS, PRINCIPLES, PRODUCT
from verification.checks.rules.common import in_percent, is_outside, shown, total
from verification.checks.thresholds import DEFAULT_SHARE, HIGHEST_PRECURSOR_UNITS_PER_UNIT
from verification.kernel.quantities import exact


@check(
    "PRE-001",
    Severity.REFER,
    "A part of the value rests on default values",
    text="More than a tenth of the direct emissions of the good comes from precursors at default values.",
    mend="Ask the supplier for its certificate. You can send the claim without it.",
    reference=f"{METHODS}, Annex IV, 1.1, item 15",
)
def pre_001(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if good.default_share is not None and good.default_share > DEFAULT_SHARE:
            yield Hit(
                where=good.code,
                found=in_percent(good.default_share),
                expected=f"at most {in_percent(DEFAULT_SHARE)}",
                inputs={"default_share": good.default_share},
            )


@check(
    "PRE-002",
    Severity.REFER,
    "Actual values of bought precursors without a certificate",
    text="Actual data of a precursor count only with its own valid verification report.",
    mend="Attach the certificate or verification report of the supplier.",
    reference=f"{METHODS}, Article 14; {PRINCIPLES}, Annex, 2.5",
)
def pre_002(subject: Subject) -> Iterator[Hit]:
    if "precursor_certificate" in subject.evidence_purposes:
        return
    known = subject.certificates or {}
    certified = {
        part.name
        for part in subject.report.precursors
        if part.supplies and all(supply.certificate_number in known for supply in part.supplies)
    }
    actual = [p for p in subject.precursors if not p.is_default and p.quantity and p.name not in certified]
    if actual:
        yield Hit(where="Bought precursors", found=", ".join(p.name for p in actual), identity="E_PurchPrec")


@check(
    "PRE-003",
    Severity.BLOCK,
    "Processes feed only each other",
    text="Each of these processes passes all it makes to the others. Nothing leaves the circle.",
    mend="Say what leaves the circle for the market or for other goods.",
    reference=f"{METHODS}, Annex III, B",
)
def pre_003(subject: Subject) -> Iterator[Hit]:
    circle = _closed_circle(subject.report.processes)
    if circle and "TPL-055" not in subject.noted:
        yield Hit(where=", ".join(process.label for process in circle)[:90])


def _closed_circle(processes: tuple[ProcessPart, ...]) -> list[ProcessPart]:
    """Processes with a use inside the report whose products reach no market and no other goods, at any remove."""
    known = {process.id for process in processes}
    feeds = {p.id: {use.process for use in p.consumed_in if use.amount} & known for p in processes}
    leaving = {p.id for p in processes if not feeds[p.id] or _leaves_the_report(p)}
    while True:
        more = {name for name, users in feeds.items() if name not in leaving and users & leaving}
        if not more:
            return [process for process in processes if process.id not in leaving]
        leaving |= more


def _leaves_the_report(process: ProcessPart) -> bool:
    """Something of the product goes to the market or other goods; unstated, what no process uses goes there."""
    if process.produced_for_market is None and process.activity_level is not None:
        return process.activity_level > total(use.amount for use in process.consumed_in)
    return bool(process.produced_for_market or process.consumed_for_other_goods)


@check(
    "PRE-004",
    Severity.REFER,
    "A precursor that the good does not have",
    text="Each goods category has its own list of precursors. This one is not on the list of the process.",
    mend="Correct the category of the precursor. Other inputs belong to the source streams.",
    reference=f"{METHODS}, Annex I, 3",
)
def pre_004(subject: Subject) -> Iterator[Hit]:
    processes = subject.report.process_by_id
    for part, use in _uses(subject):
        consumer = processes.get(use.process)
        if consumer is None or not use.amount or not part.category:
            continue
        known = [facts for facts in map(category_facts, consumer.categories) if facts]
        if known and not any(part.category.casefold() in facts.precursors for facts in known):
            yield Hit(
                where=subject.place(f"{part.path}.category", f"{part.label} in {consumer.label}"),
                found=part.category,
                expected="; ".join(sorted({name for facts in known for name in facts.precursors})) or "none",
                identity=f"{part.path} {consumer.id}",
            )


def _uses(subject: Subject) -> Iterator[tuple[PrecursorPart | ProcessPart, UsePart]]:
    for part in subject.report.inputs:
        for use in part.consumed_in:
            yield part, use


@check(
    "PRE-005",
    Severity.REFER,
    "Far more precursor than product",
    text="More than five units of a precursor go into one unit of the product. Losses do not explain that.",
    mend="Check the units of both quantities, and the process that uses the precursor.",
    reference=f"{METHODS}, Annex III, B, equation 61; {PRODUCT}",
)
def pre_005(subject: Subject) -> Iterator[Hit]:
    processes = subject.report.process_by_id
    for precursor in subject.report.precursors:
        for use in precursor.consumed_in:
            consumer = processes.get(use.process)
            level = consumer.activity_level if consumer else None
            if consumer is None or not level or level < 0 or not use.amount:
                continue
            with exact():
                per_unit = use.amount / level
            if per_unit > HIGHEST_PRECURSOR_UNITS_PER_UNIT:
                yield Hit(
                    where=subject.place(f"{precursor.path}.consumed_in", f"{precursor.label} in {consumer.label}"),
                    found=f"{shown(per_unit, 3)} per unit",
                    expected=f"at most {HIGHEST_PRECURSOR_UNITS_PER_UNIT}",
                    identity=f"{precursor.path} {consumer.id}",
                    inputs={"amount": use.amount, "activity_level": level},
                )


@check(
    "PRE-006",
    Severity.REFER,
    "The embedded emissions of a precursor are outside what is known",
    text="No works of this goods category is known to emit so much or so little per unit.",
    mend="Check the unit: tonnes of CO2 equivalent per tonne of precursor.",
    reference=PRODUCT,
)
def pre_006(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        facts = category_facts(precursor.category)
        values = [(f"{precursor.path}.see_direct_tco2e_per_unit", precursor.label, precursor.see_direct_tco2e_per_unit)]
        values += [
            (f"{s.path}.see_direct_tco2e_per_unit", f"{precursor.label}, {s.label}", s.see_direct_tco2e_per_unit)
            for s in precursor.supplies
        ]
        for path, words, value in values:
            if facts and is_outside(value, *facts.direct) and not _is_zero_rated(subject, precursor.country, value):
                yield Hit(
                    where=subject.place(path, words),
                    found=f"{value} t CO2e per unit",
                    expected=f"{facts.direct[0]} to {facts.direct[1]}",
                    identity=path,
                    inputs={"see_direct": value},
                )


def _is_zero_rated(subject: Subject, country: str, value: Decimal | None) -> bool:
    return value == 0 and country in subject.domestic_countries


@check(
    "PRE-007",
    Severity.INFO,
    "A precursor from within the scheme counts as zero",
    text="Precursors made where the carbon price of the scheme is paid carry no embedded emissions.",
    mend="Nothing to mend. Keep the proof of origin.",
    reference=f"{METHODS}, Annex III, B; Regulation (EU) 2023/956, Annex III",
)
def pre_007(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        if precursor.country in subject.domestic_countries and precursor.see_direct_tco2e_per_unit:
            yield Hit(
                where=subject.place(f"{precursor.path}.country", precursor.label),
                found=f"{precursor.see_direct_tco2e_per_unit} t CO2e per unit from {precursor.country}",
                expected="0",
                identity=precursor.path,
            )


@check(
    "PRE-008",
    Severity.REFER,
    "The default value of a precursor is not that of the table",
    text="A default value is the one of the published table for the good, the country and the year.",
    mend="Use the value of the table. The portal's page of benchmarks shows it.",
    reference=f"{METHODS}, Annex IV, 1.1, item 22; Implementing Regulation (EU) 2025/2621",
)
def pre_008(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        allowed = subject.precursor_defaults.get(precursor.id, ())
        value = precursor.see_direct_tco2e_per_unit
        if precursor.see_direct_source == "default" and allowed and value is not None and value not in allowed:
            yield Hit(
                where=subject.place(f"{precursor.path}.see_direct_tco2e_per_unit", precursor.label),
                found=str(value),
                expected=" or ".join(str(each) for each in allowed),
                identity=precursor.path,
                inputs={"value": value},
            )


@check(
    "PRE-018",
    Severity.REFER,
    "Nobody knows where the value of a precursor comes from",
    text="The value of a precursor is either the verified one of its producer or the default value.",
    mend="Ask the supplier for its certificate, or use the default value.",
    reference=f"{METHODS}, Articles 12 to 14",
)
def pre_018(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        is_unknown = precursor.see_direct_source == "unknown" or (
            not precursor.see_direct_source and not precursor.supplies
        )
        if is_unknown and precursor.see_direct_tco2e_per_unit:
            where = subject.place(f"{precursor.path}.see_direct_source", precursor.label)
            yield Hit(where=where, found="unknown", expected="measured or default", identity=precursor.path)


@check(
    "PRE-019",
    Severity.INFO,
    "A part of the indirect emissions rests on default values",
    text="More than a tenth of them comes from default values: the grid's factor, or precursors without a certificate.",
    mend="Nothing to mend if the grid is where the electricity comes from. Another factor needs evidence.",
    reference=f"{METHODS}, Annex IV, 1.1, item 15; {PRINCIPLES}, Annex, 2.4(b)(6)",
)
def pre_019(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        share = good.default_share_indirect
        if share is not None and share > DEFAULT_SHARE and good.counts_indirect:
            yield Hit(
                where=good.label,
                found=in_percent(share),
                expected=f"at most {in_percent(DEFAULT_SHARE)}",
                inputs={"default_share_indirect": share},
            )


@check(
    "PRE-020",
    Severity.WARN,
    "A default value without a ground",
    text="The operator says why it could not get the actual value of the precursor.",
    mend="Write one sentence, for example whom you asked and when.",
    reference=f"{METHODS}, Annex IV, 1.1, item 22",
)
def pre_020(subject: Subject) -> Iterator[Hit]:
    if "TPL-056" in subject.noted:
        return
    for precursor in subject.report.precursors:
        if precursor.see_direct_source == "default" and not precursor.default_justification:
            where = subject.place(f"{precursor.path}.default_justification", precursor.label)
            yield Hit(where=where, found="none", identity=precursor.path)


@check(
    "PRE-021",
    Severity.BLOCK,
    "A precursor is used in a process that is not in the report",
    text="The quantity of a precursor belongs to the process that uses it.",
    mend="Choose a process that is in the report.",
    reference=f"{METHODS}, Annex IV, 1.1, items 18 to 21",
)
def pre_021(subject: Subject) -> Iterator[Hit]:
    known = subject.report.process_by_id
    for part in subject.report.inputs:
        for use in part.consumed_in:
            if use.amount and use.process not in known:
                where = subject.place(f"{part.path}.consumed_in", part.label)
                yield Hit(where=where, found=use.process or "none", identity=f"{part.path} {use.process}"[:90])
