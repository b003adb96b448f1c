"""What findings leave of the choice of opinions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from verification.claims.enums import Opinion
from verification.claims.verification.conclusion import FindingFacts, opinion_problems, remaining_of, told
from verification.claims.verification.words import FindingKind, FindingOutcome

pytestmark = pytest.mark.unit
OPEN = FindingFacts(1, FindingKind.MISSTATEMENT, False, "Electricity", "Wrong meter.")
CORRECTED = replace(OPEN, outcome=FindingOutcome.CORRECTED, is_material=True)
REMAINING = replace(OPEN, outcome=FindingOutcome.REMAINING)
MATERIAL = replace(REMAINING, is_material=True)
WITHDRAWN = replace(MATERIAL, outcome=FindingOutcome.WITHDRAWN)
ADVICE = replace(OPEN, kind=FindingKind.RECOMMENDATION)
GOOD, COMMENTS, BAD = Opinion.SATISFACTORY, Opinion.SATISFACTORY_WITH_COMMENTS, Opinion.NOT_SATISFACTORY


@pytest.mark.parametrize(
    ("opinion", "findings", "expected"),
    [
        (GOOD, [], []),
        (GOOD, [CORRECTED, WITHDRAWN, ADVICE], []),
        *[(opinion, [OPEN, CORRECTED], ["VER-036"]) for opinion in Opinion],
        (GOOD, [REMAINING], ["VER-038"]),
        (COMMENTS, [REMAINING], []),
        (BAD, [REMAINING], []),
        (GOOD, [MATERIAL], ["VER-037"]),
        (COMMENTS, [MATERIAL, REMAINING], ["VER-037"]),
        (BAD, [MATERIAL], []),
    ],
)
def test_opinion_after_findings(opinion, findings, expected):
    assert [problem.code for problem in opinion_problems(opinion, findings)] == expected


def test_findings_are_told_by_kind():
    other = replace(REMAINING, number=2, kind=FindingKind.NON_CONFORMITY, text="Late calibration.")
    assert told(remaining_of([REMAINING, other, CORRECTED], FindingKind.MISSTATEMENT)) == "1. Wrong meter."
    assert told([REMAINING, other]) == "1. Wrong meter.\n2. Late calibration."


def test_recommendation_is_never_open():
    assert not ADVICE.is_open
    assert ADVICE.is_recommended
    assert not replace(ADVICE, outcome=FindingOutcome.WITHDRAWN).is_recommended
