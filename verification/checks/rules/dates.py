"""DAT: period, dates, and whether goods and routes are in the scheme's scope."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.limits import category_facts
from verification.checks.model import Hit, Severity, Subject
from verification.checks.model.findings import as_text
from verification.checks.references import ACCREDITATION, BASE, METHODS, PRINCIPLES

START, END = "A_InstData!I9", "A_InstData!L9"


@check(
    "DAT-001",
    Severity.BLOCK,
    "The reporting period is not a calendar year",
    text="A report covers one calendar year.",
    mend="Set the period to 1 January until 31 December of one year.",
    reference=f"{METHODS}, Article 7",
)
def dat_001(subject: Subject) -> Iterator[Hit]:
    start, end = subject.period_start, subject.period_end
    if (start.month, start.day) != (1, 1) or end != start.replace(year=start.year + 1):
        where = subject.place("period.starts_on", "Reporting period")
        yield Hit(where=where, found=f"{start.isoformat()} to before {end.isoformat()}", identity=START)


@check(
    "DAT-002",
    Severity.BLOCK,
    "The reporting period has not ended",
    text="Emissions of a year can be verified only once the year is over.",
    mend="Send the claim after the last day of the period.",
    reference=f"{PRINCIPLES}, Annex, 2.6; {BASE}, Annex VI",
)
def dat_002(subject: Subject) -> Iterator[Hit]:
    if subject.period_end > subject.today:
        yield Hit(
            where=subject.place("period.ends_on", "Reporting period"),
            found=subject.period_end.isoformat(),
            expected=subject.today.isoformat(),
            identity=END,
            inputs={"period_end": subject.period_end, "today": subject.today},
        )


@check(
    "DAT-003",
    Severity.BLOCK,
    "The period lies before the scheme's definitive period",
    text="Verified values count for goods imported from the start of the definitive period on.",
    mend="File the report of a later year.",
    reference=f"{BASE}, Article 36",
)
def dat_003(subject: Subject) -> Iterator[Hit]:
    if subject.period_start < subject.scheme_start:
        yield Hit(
            where=subject.place("period.starts_on", "Reporting period"),
            found=subject.period_start.isoformat(),
            expected=subject.scheme_start.isoformat(),
            identity=START,
        )


@check(
    "DAT-004",
    Severity.REFER,
    "There is another claim for this installation and period",
    text="There is one report per installation and period; a newer one must be a revision of the older.",
    mend="Withdraw the older claim, or say in a note what the revision changes.",
    reference=f"{ACCREDITATION}, Annex II, 2.17.3",
)
def dat_004(subject: Subject) -> Iterator[Hit]:
    if subject.other_claims_for_period:
        yield Hit(found=", ".join(subject.other_claims_for_period))


@check(
    "DAT-005",
    Severity.REFER,
    "The monitoring plan is younger than the year it should govern",
    text="The plan is followed during the year. One that is dated after the year cannot have been.",
    mend="Name the version of the plan that was in force in the year.",
    reference=f"{METHODS}, Annex II, A.2 and A.5",
)
def dat_005(subject: Subject) -> Iterator[Hit]:
    dated_on = subject.report.monitoring_plan.dated_on
    if dated_on is not None and dated_on >= subject.period_end:
        yield Hit(
            where="Monitoring plan",
            found=str(dated_on),
            expected=f"before {subject.period_end}",
            inputs={"dated_on": dated_on, "period_end": subject.period_end},
        )


@check(
    "DAT-006",
    Severity.BLOCK,
    "The goods category knows no such production route",
    text="Each goods category has its own list of production routes.",
    mend="Choose a route of the category's list, or another category for the process.",
    reference=f"{METHODS}, Annex I",
)
def dat_006(subject: Subject) -> Iterator[Hit]:
    if subject.is_communication_template:
        # Its lists hold no other routes, and name them in the language of the file.
        return
    for process in subject.report.processes:
        allowed = {route.casefold() for route in process.allowed_routes}
        for index, item in enumerate(process.production):
            if allowed and item.amount and item.route and item.route.casefold() not in allowed:
                yield Hit(
                    where=subject.place(f"{process.path}.production.{index}.route", process.label),
                    found=item.route,
                    expected="; ".join(process.allowed_routes),
                    identity=f"{process.id} {item.route}"[:90],
                )


@check(
    "DAT-007",
    Severity.REFER,
    "The good's code belongs to another goods category",
    text="The scheme's goods list has this code under another category than the process that makes it.",
    mend="Correct the code, or choose the process whose category makes goods of this code.",
    reference=f"{METHODS}, Annex I, Table 1",
)
def dat_007(subject: Subject) -> Iterator[Hit]:
    processes = subject.report.process_by_id
    for good in subject.goods:
        process = processes.get(good.process_id)
        if not good.list_category or process is None:
            continue
        known = [facts for facts in map(category_facts, process.categories) if facts]
        if known and not any(good.list_category in facts.listed_as for facts in known):
            yield Hit(where=good.label, found=good.category, expected=good.list_category.replace("_", " "))


@check(
    "DAT-008",
    Severity.REFER,
    "A data gap lies outside the period",
    text="Estimates for missing data count in the period in which the data are missing.",
    mend="Correct the days of the gap.",
    reference=f"{METHODS}, Annex IV, 1.1, item 16",
)
def dat_008(subject: Subject) -> Iterator[Hit]:
    for gap in subject.report.data_gaps:
        starts_before = gap.starts_on is not None and gap.starts_on < subject.period_start
        ends_after = gap.ends_on is not None and gap.ends_on >= subject.period_end
        if starts_before or ends_after:
            yield Hit(
                where=subject.place(f"{gap.path}.starts_on", f"Data gap {gap.id}"),
                found=f"{as_text(gap.starts_on)} to {as_text(gap.ends_on)}",
                expected=f"{subject.period_start} to {subject.last_day}",
                identity=gap.id,
            )


@check(
    "DAT-009",
    Severity.REFER,
    "A precursor was made in another year, and nothing says how that is known",
    text="A precursor counts as made in the year of the good, unless its time of production is shown.",
    mend="Say how the period of the precursor was determined, and attach the proof.",
    reference=f"{METHODS}, Article 13",
)
def dat_009(subject: Subject) -> Iterator[Hit]:
    for precursor in subject.report.precursors:
        for supply in precursor.supplies:
            start, end = supply.period_starts_on, supply.period_ends_on
            is_other = (start is not None and start < subject.period_start) or (
                end is not None and end >= subject.period_end
            )
            if is_other and not supply.period_method:
                yield Hit(
                    where=subject.place(f"{supply.path}.period_starts_on", f"{precursor.label}, {supply.label}"),
                    found=f"{as_text(start)} to {as_text(end)}",
                    expected=f"{subject.period_start} to {subject.last_day}",
                    identity=f"{precursor.id} {supply.id}",
                )


@check(
    "DAT-010",
    Severity.BLOCK,
    "A good is not in the scheme's list",
    text="Only goods of the scheme's list have a default value that could be displaced.",
    mend="Correct the customs code of the good.",
    reference=f"{BASE}, Annex I",
)
def dat_010(subject: Subject) -> Iterator[Hit]:
    for good in subject.goods:
        if not good.is_known:
            yield Hit(where=good.code or "no code", found=good.code)


@check(
    "DAT-012",
    Severity.BLOCK,
    "The report is about another period than the claim",
    text="The claim was started for one year, and the report gives the numbers of another.",
    mend="File the report of this year, or start a claim for the other year.",
    reference=f"{METHODS}, Article 7",
)
def dat_012(subject: Subject) -> Iterator[Hit]:
    start, end = subject.report_starts_on, subject.report_ends_on
    if start is None or end is None or "DAT-011" in subject.noted:
        return
    if (start, end) != (subject.period_start, subject.last_day):
        yield Hit(
            where=subject.place("period.starts_on", "Reporting period"),
            found=f"{start} to {end}",
            expected=f"{subject.period_start} to {subject.last_day}",
            identity="period",
        )
