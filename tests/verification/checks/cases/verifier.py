"""VER."""

from datetime import date

from tests.verification.checks.builders import CLEAN, Case, good, statement, subject


def signed(**values):
    return subject(statement(**values))


def visited(kind, *before, **values):
    return signed(
        visit_kind=kind, earlier_visits=before, visit_ground="Risk analysis", is_first_verified_period=False, **values
    )


def power_station(*before):
    electricity = good(category="Electricity (export to EU)", list_category="", parameters={})
    waived = statement(
        visit_kind="waived", earlier_visits=before, visit_ground="Risk analysis", is_first_verified_period=False
    )
    return subject(electricity, waived)


CASES = {
    "VER-001": Case(CLEAN, signed(accreditation_problem="suspended on that day"), at=signed(accreditation_problem="")),
    "VER-002": Case(CLEAN, signed(scope_problem="not covered: cement"), at=signed(scope_problem="")),
    "VER-003": Case(
        CLEAN,
        signed(opinion="not_satisfactory"),
        at=signed(opinion="satisfactory_with_comments"),
    ),
    "VER-004": Case(CLEAN, signed(assurance="limited"), at=signed(assurance="reasonable")),
    "VER-005": Case(
        CLEAN,
        signed(visit_kind="waived"),
        at=signed(visit_kind="virtual", is_first_verified_period=False),
        beyond=signed(visit_kind="virtual"),
    ),
    "VER-006": Case(
        CLEAN,
        signed(report_dated_on=date(2026, 11, 1)),
        at=signed(report_dated_on=date(2027, 1, 12)),
        beyond=signed(report_dated_on=date(2027, 1, 11)),
        more=(
            (
                signed(report_dated_on=date(2027, 1, 1), visit_ended_on=None),
                signed(report_dated_on=date(2026, 12, 31), visit_ended_on=None),
            ),
        ),
    ),
    "VER-007": Case(
        CLEAN,
        signed(snapshot_sha256="b" * 64),
        at=signed(snapshot_sha256="a" * 64),
        beyond=signed(snapshot_sha256="a" * 63 + "b"),
    ),
    "VER-008": Case(CLEAN, signed(uncorrected_misstatements="Rounded meter"), at=signed(uncorrected_misstatements="")),
    "VER-009": Case(CLEAN, subject(statement=None), at=signed(opinion="not_satisfactory")),
    "VER-010": Case(
        CLEAN,
        signed(independent_reviewer="Emre Yıldırım"),
        at=signed(independent_reviewer="Emre Yıldız"),
        beyond=signed(independent_reviewer=" emre  yıldırım"),
    ),
    "VER-011": Case(
        CLEAN,
        signed(visit_started_on=date(2025, 6, 1)),
        at=signed(visit_started_on=date(2026, 1, 1)),
        beyond=signed(visit_started_on=date(2025, 12, 31)),
        more=((signed(visit_started_on=date(2027, 1, 12)), signed(visit_started_on=date(2027, 1, 13))),),
    ),
    "VER-012": Case(
        visited("physical"),
        visited("virtual"),
        at=visited("virtual", "physical"),
        beyond=visited("virtual", None, "physical"),
    ),
    "VER-013": Case(
        CLEAN,
        visited("waived"),
        at=visited("waived", "physical", "physical"),
        beyond=visited("waived", "physical", "virtual", "physical"),
        more=(
            (
                power_station("waived", "virtual", "virtual", "virtual", "physical"),
                power_station("waived", "virtual", "virtual", "virtual", "virtual", "physical"),
            ),
        ),
    ),
    "VER-014": Case(
        visited("virtual", "physical"),
        signed(visit_kind="waived", visit_ground=""),
        at=signed(visit_kind="physical", visit_ground=""),
        beyond=signed(visit_kind="virtual", visit_ground=" "),
    ),
    "VER-015": Case(
        signed(materiality_percent="2"),
        signed(materiality_percent="10"),
        at=signed(materiality_percent="5.00"),
        beyond=signed(materiality_percent="5.01"),
    ),
    "VER-016": Case(
        CLEAN,
        signed(report_dated_on=date(2028, 1, 1)),
        at=signed(report_dated_on=date(2027, 3, 1)),
        beyond=signed(report_dated_on=date(2027, 3, 2)),
    ),
    "VER-017": Case(
        CLEAN,
        signed(non_conformities="Calibration late"),
        at=signed(non_conformities=" "),
        beyond=signed(non_conformities="1"),
    ),
    "VER-018": Case(CLEAN, signed(opinion="satisfactory_with_comments"), at=signed(opinion="satisfactory")),
    "VER-019": Case(
        signed(confirmed={"see direct": "0.8"}, sealed={"see direct": "0.8"}),
        signed(confirmed={"see direct": "0.8"}, sealed={}),
        at=signed(confirmed={}, sealed={}),
        beyond=signed(confirmed={"see direct": "0.80"}, sealed={"see direct": "0.8"}),
    ),
    "VER-024": Case(
        CLEAN, signed(consecutive_audits=9), at=signed(consecutive_audits=5), beyond=signed(consecutive_audits=6)
    ),
    "VER-025": Case(CLEAN, signed(shared_people=("7",)), at=signed(shared_people=())),
    "VER-026": Case(CLEAN, signed(shared_address="Liman Caddesi 7"), at=signed(shared_address="")),
    "VER-027": Case(CLEAN, signed(report_is_used_elsewhere=True), at=signed(report_is_used_elsewhere=False)),
    "VER-028": Case(
        CLEAN,
        signed(accreditation_problem_today="withdrawn"),
        at=signed(accreditation_problem_today="withdrawn", accreditation_problem="withdrawn"),
    ),
    "VER-029": Case(
        CLEAN,
        signed(accreditation_ends_on=date(2036, 1, 1)),
        at=signed(accreditation_ends_on=date(2031, 1, 1)),
        beyond=signed(accreditation_ends_on=date(2031, 1, 2)),
    ),
    "VER-030": Case(CLEAN, signed(report_number=""), at=signed(report_number="1"), beyond=signed(report_number=" ")),
    "VER-031": Case(
        visited("virtual", "physical"),
        visited("virtual", "physical", declared_visits=("2025: physical",)),
        at=visited("physical", "physical", declared_visits=("2025: physical",)),
    ),
}
