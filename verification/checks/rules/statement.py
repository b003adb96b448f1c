"""VER: the verifier's statement: accreditation, opinion, dates, content. These run when there is one."""

from __future__ import annotations

from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import Hit, Severity, StatementSubject, Subject
from verification.checks.references import ACCREDITATION, PRINCIPLES, REASONABLE


def statements(subject: Subject) -> Iterator[StatementSubject]:
    """The statement, where there is one."""
    if subject.statement is not None:
        yield subject.statement


@check(
    "VER-001",
    Severity.BLOCK,
    "The verifier's accreditation did not hold",
    text="The accreditation must hold on the date of the verification report.",
    mend="Ask an accredited verifier for a statement.",
    reference=f"{ACCREDITATION}, Articles 6 and 9",
)
def ver_001(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.accreditation_problem:
            yield Hit(found=statement.accreditation_problem)


@check(
    "VER-002",
    Severity.BLOCK,
    "The accreditation does not cover the goods",
    text="The scope of the accreditation must cover every sector of the claim.",
    mend="Ask a verifier whose scope covers the sector.",
    reference=f"{ACCREDITATION}, Article 6",
)
def ver_002(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.scope_problem:
            yield Hit(found=statement.scope_problem)


@check(
    "VER-003",
    Severity.BLOCK,
    "The opinion is not satisfactory",
    text="The verifier did not conclude that the values are free of material misstatement.",
    mend="Correct what the verifier found and ask it to confirm the new numbers.",
    reference=REASONABLE,
)
def ver_003(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.opinion == "not_satisfactory":
            yield Hit(found="not satisfactory")


@check(
    "VER-004",
    Severity.BLOCK,
    "The assurance is not reasonable assurance",
    text="An override needs reasonable assurance.",
    mend="Ask the verifier for a verification at reasonable assurance.",
    reference=REASONABLE,
)
def ver_004(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.assurance != "reasonable":
            yield Hit(found=statement.assurance, expected="reasonable")


@check(
    "VER-005",
    Severity.BLOCK,
    "No physical visit in the first verified period",
    text="In the first period that is verified the verifier must visit the site in person.",
    mend="Ask the verifier to visit and to issue a revised statement.",
    reference=f"{ACCREDITATION}, Annex II, 2.12; {PRINCIPLES}, Articles 2 to 4",
)
def ver_005(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.is_first_verified_period and statement.visit_kind != "physical":
            yield Hit(found=statement.visit_kind, expected="physical")


@check(
    "VER-006",
    Severity.BLOCK,
    "The report is older than the period or the visit",
    text="A verification report is dated after the end of the period and after the last visit.",
    mend="Ask the verifier to correct the date of the report.",
    reference="Implementing Regulation (EU) 2025/2546, Annex, 2.2 and 2.6",
)
def ver_006(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        before_period_end = statement.report_dated_on < subject.period_end
        before_visit = statement.visit_ended_on is not None and statement.report_dated_on < statement.visit_ended_on
        if before_period_end or before_visit:
            yield Hit(
                found=statement.report_dated_on.isoformat(),
                inputs={
                    "report": statement.report_dated_on,
                    "period_end": subject.period_end,
                    "visit": statement.visit_ended_on,
                },
            )


@check(
    "VER-007",
    Severity.BLOCK,
    "The verifier confirmed other numbers",
    text="The statement is about another sealed content than the one that is sent.",
    mend="Seal the numbers again and ask the verifier to confirm them.",
    reference=REASONABLE,
)
def ver_007(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.snapshot_sha256 != subject.snapshot_sha256:
            yield Hit(found=statement.snapshot_sha256[:12], expected=subject.snapshot_sha256[:12])


@check(
    "VER-008",
    Severity.REFER,
    "Misstatements were left uncorrected",
    text="The verifier lists misstatements that it holds to be immaterial.",
    mend="The official tests them against the 5 % limit per customs code.",
    reference="Implementing Regulation (EU) 2025/2546, Article 5",
)
def ver_008(subject: Subject) -> Iterator[Hit]:
    for statement in statements(subject):
        if statement.uncorrected_misstatements:
            yield Hit(found=statement.uncorrected_misstatements[:200])


@check(
    "VER-009",
    Severity.BLOCK,
    "No verifier has confirmed the numbers",
    text="The scheme demands the confirmation of an accredited verifier.",
    mend="Invite a verifier. You can send the claim when it has confirmed.",
    reference="Regulation (EU) 2023/956, Article 8",
)
def ver_009(subject: Subject) -> Iterator[Hit]:
    if subject.statement is None:
        yield Hit()
