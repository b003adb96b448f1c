"""VER: the verifier, its people and visits, and the exact content that it confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.limits import limit
from verification.checks.model import Hit, Severity, StatementSubject, Subject
from verification.checks.references import ACCREDITATION, PRINCIPLES, PRODUCT, REASONABLE
from verification.checks.rules.common import HUNDRED, in_percent, is_above
from verification.checks.rules.statement import statements
from verification.checks.thresholds import CONSECUTIVE_AUDITS
from verification.kernel.quantities import exact

ELECTRICITY = "Electricity (export to EU)"
VISITS = f"{PRINCIPLES}, Articles 2 to 4"


def _same_person(left: str, right: str) -> bool:
    return " ".join(left.casefold().split()) == " ".join(right.casefold().split())


@check(
    "VER-010",
    Severity.BLOCK,
    "The independent reviewer took part in the audit",
    text="A person who took no part in the verification reviews it before the report is issued.",
    mend="Ask the verifier for a review by another person and a new statement.",
    reference=f"{ACCREDITATION}, Annex II; EN ISO/IEC 17029, 9.6",
)
def ver_010(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.lead_auditor and _same_person(statement.lead_auditor, statement.independent_reviewer):
            yield Hit(found=statement.lead_auditor)


@check(
    "VER-011",
    Severity.REFER,
    "The visit lies outside the time that it is for",
    text="A visit for a reporting period takes place from its first day on, and ends after it begins.",
    mend="Ask the verifier to correct the dates of the visit.",
    reference=f"{PRINCIPLES}, Annex, 2.2; {PRODUCT}",
)
def ver_011(subject: Subject) -> Iterator[Hit]:
    earliest = subject.period_start
    for statement in statements(subject):
        start, end = statement.visit_started_on, statement.visit_ended_on
        is_early = start is not None and start < earliest
        is_reversed = start is not None and end is not None and end < start
        if is_early or is_reversed:
            yield Hit(found=f"{start} to {end}", expected=f"from {earliest} on", inputs={"from": start, "until": end})


@check(
    "VER-012",
    Severity.REFER,
    "A virtual visit without a visit in person the year before",
    text="A virtual visit needs a physical visit in the period before, unless the site could not be reached.",
    mend="The verifier shows the earlier visit, or the circumstances that kept it away.",
    reference=f"{PRINCIPLES}, Articles 3(1)(a) and 4",
)
def ver_012(subject: Subject) -> Iterator[Hit]:
    needed = int(limit("physical_visits_before_virtual_visit", subject.last_day))
    for statement in statements(subject):
        if statement.visit_kind == "virtual" and not _physical_before(statement, needed):
            yield _visits(statement, needed)


@check(
    "VER-013",
    Severity.REFER,
    "A waived visit without visits in person in the years before",
    text="A visit may be waived after physical visits in two periods; at power stations, after one in five.",
    mend="The verifier shows the earlier visits. Otherwise it must visit the site.",
    reference=f"{PRINCIPLES}, Article 3(1)(b) and (2)(c)",
)
def ver_013(subject: Subject) -> Iterator[Hit]:
    needed = int(limit("physical_visits_before_waiver", subject.last_day))
    window = int(limit("periods_with_a_visit_for_electricity", subject.last_day))
    is_power_station = bool(subject.goods) and all(good.category == ELECTRICITY for good in subject.goods)
    for statement in statements(subject):
        if statement.visit_kind != "waived":
            continue
        was_visited = is_power_station and "physical" in statement.earlier_visits[:window]
        if not was_visited and not _physical_before(statement, needed):
            yield _visits(statement, needed)


def _physical_before(statement: StatementSubject, periods: int) -> bool:
    before = statement.earlier_visits[:periods]
    return len(before) == periods and all(kind == "physical" for kind in before)


def _visits(statement: StatementSubject, needed: int) -> Hit:
    known = ", ".join(kind or "none" for kind in statement.earlier_visits) or "none known"
    return Hit(found=f"{statement.visit_kind}; before it: {known}", expected=f"physical in {needed} periods before")


@check(
    "VER-014",
    Severity.REFER,
    "No ground for the missing visit in person",
    text="The report explains in detail why a visit was virtual or was waived.",
    mend="Ask the verifier to give the reasons.",
    reference=f"{PRINCIPLES}, Annex, 2.2(c) and (d)",
)
def ver_014(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.visit_kind in ("virtual", "waived") and not statement.visit_ground.strip():
            yield Hit(found=statement.visit_kind, expected="reasons")


@check(
    "VER-015",
    Severity.BLOCK,
    "The verifier applied a weaker materiality level",
    text="Misstatements are material from 5 % of the specific embedded emissions of each code. Less is stricter.",
    mend="Ask the verifier to apply the level of the act and to issue a new statement.",
    reference=f"{PRINCIPLES}, Article 5(1)",
)
def ver_015(subject: Subject) -> Iterator[Hit]:
    level = limit("materiality", subject.last_day)
    for statement in statements(subject):
        with exact():
            highest = level * HUNDRED
        if is_above(statement.materiality_percent, highest):
            yield Hit(
                found=f"{statement.materiality_percent} %",
                expected=f"at most {in_percent(level)}",
                inputs={"materiality_percent": statement.materiality_percent},
            )


@check(
    "VER-016",
    Severity.BLOCK,
    "The report is dated in the future",
    text="A verification report bears the date on which it was signed.",
    mend="Ask the verifier to correct the date.",
    reference=f"{PRINCIPLES}, Annex, 2.6(h)",
)
def ver_016(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.report_dated_on > subject.today:
            yield Hit(found=str(statement.report_dated_on), expected=f"until {subject.today}")


@check(
    "VER-017",
    Severity.REFER,
    "Non-conformities remain",
    text="The verifier lists acts against the monitoring plan that were not corrected.",
    mend="The official makes sure that none of them causes a material misstatement.",
    reference=f"{PRINCIPLES}, Article 1(4) and (5), and Annex, 2.6(e)",
)
def ver_017(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.non_conformities.strip():
            yield Hit(found=statement.non_conformities[:200])


@check(
    "VER-018",
    Severity.REFER,
    "The opinion comes with comments",
    text="An opinion with comments can carry an approval once an official has read the comments.",
    mend="The official notes why the comments do not stand in the way.",
    reference=f"{PRINCIPLES}, Annex, 2.6",
)
def ver_018(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.opinion == "satisfactory_with_comments":
            yield Hit(found="satisfactory with comments")


@check(
    "VER-019",
    Severity.BLOCK,
    "A confirmed number is not the sealed one",
    text="Goods, quantities and values in the statement are those of the sealed content, digit by digit.",
    mend="Seal the numbers again and ask the verifier to confirm them.",
    reference=f"{PRINCIPLES}, Annex, 2.4(b); {REASONABLE}",
)
def ver_019(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        for name in sorted({*statement.confirmed, *statement.sealed}):
            confirmed, sealed = statement.confirmed.get(name, "none"), statement.sealed.get(name, "none")
            if confirmed != sealed:
                yield Hit(where=name, found=confirmed, expected=sealed)


@check(
    "VER-024",
    Severity.REFER,
    "The same lead auditor for many years",
    text="After five yearly verifications for one operator, another person should lead.",
    mend="The verifier names another lead auditor next time, or says why independence is not at risk.",
    reference=f"{ACCREDITATION}, Annex II, 1.7; {PRODUCT}",
)
def ver_024(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.consecutive_audits > CONSECUTIVE_AUDITS:
            yield Hit(
                found=f"{statement.lead_auditor}, {statement.consecutive_audits} periods",
                expected=f"at most {CONSECUTIVE_AUDITS}",
                inputs={"consecutive_audits": statement.consecutive_audits},
            )


@check(
    "VER-025",
    Severity.BLOCK,
    "A person belongs to the verifier and to the producer",
    text="A verifier is independent of the operator. Nobody acts for both.",
    mend="Ask a verifier that is independent of you.",
    reference=f"{ACCREDITATION}, Annex II, 1.7; EN ISO/IEC 17029, 5.3",
)
def ver_025(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.shared_people:
            yield Hit(found=f"{len(statement.shared_people)} people", expected="none")


@check(
    "VER-026",
    Severity.REFER,
    "Verifier and producer share an address",
    text="The same address may mean the same owner. A verifier is independent of the operator.",
    mend="Show that the two are not connected, or ask another verifier.",
    reference=f"{ACCREDITATION}, Annex II, 1.7; EN ISO/IEC 17029, 5.3",
)
def ver_026(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.shared_address:
            yield Hit(found=statement.shared_address[:90])


@check(
    "VER-027",
    Severity.REFER,
    "The report file stands behind another statement",
    text="The verification report is byte for byte that of another claim. Each claim has a report of its own.",
    mend="Ask the verifier to attach the report of this claim.",
    reference=f"{PRINCIPLES}, Annex, 1.2; {ACCREDITATION}, Annex II, 2.17.3",
)
def ver_027(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.report_is_used_elsewhere:
            yield Hit(found=statement.report_number)


@check(
    "VER-028",
    Severity.REFER,
    "The verifier's accreditation was touched after the report",
    text="It held when the report was signed and does not hold today. The report stays, and is looked at.",
    mend="The official asks the accreditation body whether the ground concerns this work.",
    reference=f"{ACCREDITATION}, Article 9",
)
def ver_028(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.accreditation_problem_today and not statement.accreditation_problem:
            yield Hit(found=statement.accreditation_problem_today)


@check(
    "VER-029",
    Severity.REFER,
    "The accreditation is longer than the act allows",
    text="An accreditation certificate holds for five years at most.",
    mend="A steward compares the register with the certificate of the accreditation body.",
    reference=f"{ACCREDITATION}, Article 6(3)",
)
def ver_029(subject: Subject) -> Iterator[Hit]:
    years = int(limit("accreditation_years", subject.last_day))
    for statement in statements(subject):
        start, end = statement.accreditation_starts_on, statement.accreditation_ends_on
        if start is None or end is None:
            continue
        # Compared as parts, because 29 February has no anniversary.
        if (end.year, end.month, end.day) > (start.year + years, start.month, start.day):
            yield Hit(
                found=f"{start} to before {end}",
                expected=f"{years} years",
                inputs={"starts_on": start, "ends_on": end},
            )


@check(
    "VER-030",
    Severity.REFER,
    "The report has no number",
    text="Each verification report has an identifier of its own.",
    mend="Ask the verifier for the number of the report.",
    reference=f"{PRINCIPLES}, Annex, 1.2(a)",
)
def ver_030(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if not statement.report_number.strip():
            yield Hit(found="none")


@check(
    "VER-031",
    Severity.REFER,
    "Earlier visits stand in the verifier’s report alone",
    text="The visit of this period rests on visits of periods for which the portal has no statement.",
    mend="The official compares them with the earlier reports that the verifier names.",
    reference=f"{PRINCIPLES}, Annex, 2.2(b); {VISITS}",
)
def ver_031(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.declared_visits and statement.visit_kind != "physical":
            yield Hit(found=", ".join(statement.declared_visits))
