from datetime import date

import pytest

from verification.registry.accreditation import standing_on

pytestmark = pytest.mark.unit

SUSPENDED = ("suspended", date(2027, 3, 1))
REINSTATED = ("reinstated", date(2027, 4, 1))
WITHDRAWN = ("withdrawn", date(2027, 5, 1))


@pytest.mark.parametrize(
    ("day", "measures", "state"),
    [
        (date(2026, 8, 31), [], "not_started"),
        (date(2026, 9, 1), [], "valid"),
        (date(2031, 8, 31), [], "valid"),
        (date(2031, 9, 1), [], "expired"),
        (date(2027, 2, 28), [SUSPENDED], "valid"),
        (date(2027, 3, 1), [SUSPENDED], "suspended"),
        (date(2031, 8, 31), [SUSPENDED], "suspended"),
        (date(2031, 9, 1), [SUSPENDED], "expired"),
        (date(2027, 3, 31), [SUSPENDED, REINSTATED], "suspended"),
        (date(2027, 4, 1), [SUSPENDED, REINSTATED], "valid"),
        (date(2027, 3, 15), [SUSPENDED, WITHDRAWN], "suspended"),
        (date(2027, 5, 1), [SUSPENDED, REINSTATED, WITHDRAWN], "withdrawn"),
        (date(2027, 5, 2), [WITHDRAWN, ("reinstated", date(2027, 5, 2))], "withdrawn"),
    ],
)
def test_standing_on_a_day(day, measures, state):
    standing = _standing(day, measures=measures)
    assert (standing.state, standing.holds) == (state, state == "valid")
    assert bool(standing.why) is not standing.holds


def test_sector_out_of_scope_is_told_only_where_the_accreditation_holds():
    standing = _standing(date(2027, 3, 1), sector="aluminium")
    assert (standing.holds, standing.state) == (False, "out_of_scope")
    assert "aluminium" in standing.why
    assert _standing(date(2027, 3, 1), sector="cement").holds
    assert _standing(date(2032, 1, 1), sector="aluminium").state == "expired"


def _standing(day, *, measures=(), sector=None):
    return standing_on(
        day,
        valid_from=date(2026, 9, 1),
        valid_to=date(2031, 9, 1),
        sectors=["cement", "hydrogen"],
        measures=measures,
        sector=sector,
    )
