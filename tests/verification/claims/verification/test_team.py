"""Who may verify, and for how long one person may lead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.commands.demonstration.verifiers_part import verifiers_part
from verification.checks.thresholds import CONSECUTIVE_AUDITS
from verification.claims.verification.team import team_problems

pytestmark = pytest.mark.unit
LEAD, EXPERT, REVIEWER = verifiers_part().team


def codes(*team, audits_before=0):
    return [problem.code for problem in team_problems(team, audits_before=audits_before)]


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        ((LEAD, EXPERT, REVIEWER), []),
        ((LEAD, REVIEWER), []),
        ((), ["VER-032", "VER-034", "VER-035"]),
        ((LEAD, replace(LEAD, name="Another"), REVIEWER), ["VER-032"]),
        ((replace(LEAD, speaks_english=False), REVIEWER), ["VER-033"]),
        ((replace(LEAD, speaks_operator_language=False), REVIEWER), ["VER-034"]),
        ((replace(LEAD, speaks_operator_language=False), EXPERT, REVIEWER), ["VER-034"]),
        ((replace(LEAD, speaks_operator_language=False), replace(EXPERT, role="auditor"), REVIEWER), []),
        ((LEAD, EXPERT), ["VER-035"]),
        ((LEAD, replace(REVIEWER, name=" emre  yıldırım")), ["VER-010"]),
        ((LEAD, replace(EXPERT, name="Selin Kaya"), REVIEWER), ["VER-010"]),
        ((LEAD, replace(REVIEWER, visited_site=True)), ["VER-010"]),
    ],
)
def test_team(team, expected):
    assert codes(*team) == expected


def test_lead_auditor_changes_after_five_periods():
    assert codes(LEAD, REVIEWER, audits_before=CONSECUTIVE_AUDITS - 1) == []
    (problem,) = team_problems((LEAD, REVIEWER), audits_before=CONSECUTIVE_AUDITS)
    assert (problem.code, problem.found, problem.expected) == ("VER-024", "6", "5")
    assert "policy" in problem.reference
