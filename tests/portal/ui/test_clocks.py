"""The clock in words: whoever sees no colours reads the same."""

from __future__ import annotations

from datetime import date

import pytest

from portal.ui.clocks import clock_of, clocks_of, shown
from portal.ui.templatetags.components import clock as clock_tag
from verification.claims.clocks import Clock, Tone

DUE, SINCE = date(2027, 3, 19), date(2027, 2, 18)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("clock", "shape", "word", "note"),
    [
        (Clock(Tone.ON_TIME, 5, 6, 0, DUE), "open", "6 working days left", "by 19 Mar 2027"),
        (Clock(Tone.SOON, 5, 1, 0, DUE), "act", "1 working day left", "by 19 Mar 2027"),
        (Clock(Tone.SOON, 5, 0, 0, DUE), "act", "today", "19 Mar 2027"),
        (Clock(Tone.LATE, 5, -1, 0, DUE), "stop", "1 working day over", "was 19 Mar 2027"),
        (Clock(Tone.LATE, 5, 0, 0, DUE), "stop", "over", "was 19 Mar 2027"),
        (Clock(Tone.STOPPED, 5, 6, 2, stopped_on=SINCE), "wait", "stopped", "since 18 Feb 2027"),
        (Clock(Tone.DONE, 5, 6, 2), "past", "done", "in 5 working days"),
    ],
)
def test_clock_in_words(clock, shape, word, note):
    found = shown(clock)
    assert (found.shape, found.word, found.note) == (shape, word, note)
    html = clock_tag(found)
    assert f"status-{shape} clock clock-{clock.tone}" in html
    assert f">{word}<" in html


@pytest.mark.db
@pytest.mark.django_db
def test_clocks_of_a_list_take_one_query_for_steps_and_one_for_releases(claim_at, django_assert_num_queries):
    claims = [claim_at(city) for city in ("Gebze", "Gemlik", "Dilovası", "Silifke")]
    with django_assert_num_queries(2):
        found = clocks_of(claims)
    assert [found[claim.pk].tone for claim in claims][2] == "stopped"
    assert found[claims[0].pk] == clock_of(claims[0], claims[0].steps.order_by("claim_version"))


@pytest.mark.db
@pytest.mark.django_db
def test_draft_has_no_clock(claim_at):
    assert clock_of(claim_at("Karabük"), []) is None
