"""Views that officials keep, and claims that are screened together."""

from __future__ import annotations

import pytest

from verification.claims.bench_selectors import screening_lists_for, views_of, waiting_of
from verification.claims.findings import open_findings
from verification.claims.models import Claim, ScreenedClaim, ScreeningList
from verification.claims.services.bench import delete_view, save_view
from verification.claims.services.review import answer_finding, send_back, take_claim
from verification.claims.services.screening import MOST_TOGETHER, Screening, screen_together
from verification.kernel.errors import InvalidInput, NotAllowed

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def _screening(claim, **changed) -> Screening:
    said = {"claim": claim, "seen_version": claim.version, "has_no_conflict": True, "reasons": "Nothing was found."}
    return Screening(**(said | changed))


@pytest.fixture
def clean(claim_at):
    """A claim that nobody has taken, and on which the rules find nothing."""
    return claim_at("Silifke")


@pytest.fixture
def other(world):
    """Units on which nothing was found either."""
    return Claim.objects.get(kind="units", state="submitted")


def test_view_is_ones_own(acting):
    view = save_view(actor=acting("reviewer"), name="  Late   ones ", query="due=late")
    assert [(kept.name, kept.query) for kept in views_of(acting("reviewer"))] == [("Late ones", "due=late")]
    assert list(views_of(acting("approver"))) == []
    with pytest.raises(NotAllowed):
        delete_view(view, actor=acting("approver"))
    delete_view(view, actor=acting("reviewer"))
    assert list(views_of(acting("reviewer"))) == []


@pytest.mark.parametrize("name", ["", "Twice", "x" * 61])
def test_view_needs_a_name_of_its_own(name, acting):
    save_view(actor=acting("reviewer"), name="Twice", query="")
    with pytest.raises(InvalidInput):
        save_view(actor=acting("reviewer"), name=name, query="")


def test_views_are_for_officials(acting):
    with pytest.raises(NotAllowed):
        save_view(actor=acting("producer"), name="Mine", query="")


def test_clean_claim_is_taken_and_recommended(clean, acting):
    (outcome,) = screen_together([_screening(clean)], actor=acting("reviewer"))
    clean.refresh_from_db()
    assert (outcome.refusal, clean.state) == (None, "recommended")
    recommendation = clean.recommendations.get()
    assert (recommendation.kind, recommendation.reasons) == ("approve", "Nothing was found.")
    assert [row.recommendation for row in waiting_of(ScreeningList.objects.get())] == [recommendation]
    assert list(screening_lists_for(acting("approver"))) == [ScreeningList.objects.get()]
    assert list(screening_lists_for(acting("producer"))) == []


def test_claim_that_was_sent_back_is_no_longer_on_the_list(clean, acting):
    screen_together([_screening(clean)], actor=acting("reviewer"))
    send_back(clean, actor=acting("approver"), reason="Look again.")
    assert list(screening_lists_for(acting("approver"))) == []


def test_answered_findings_keep_a_claim_out_as_well(claim_at, acting):
    claim, reviewer = claim_at("Gemlik"), acting("reviewer")
    assert open_findings(claim)
    for finding in open_findings(claim):
        answer_finding(claim, actor=reviewer, finding_key=finding.key, text="Looked at.")
    (outcome,) = screen_together([_screening(claim)], actor=reviewer)
    assert "look at it on its own page" in str(outcome.refusal)
    claim.refresh_from_db()
    assert (claim.state, ScreenedClaim.objects.count()) == ("in_review", 0)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seen_version": 1}, "changed after you opened the page"),
        ({"has_no_conflict": False}, "The declaration is missing"),
        ({"reasons": " "}, "Give the reasons"),
    ],
)
def test_what_hinders_one_claim_leaves_the_others(changed, words, clean, other, acting):
    outcomes = screen_together([_screening(clean, **changed), _screening(other)], actor=acting("reviewer"))
    assert words in str(outcomes[0].refusal)
    assert outcomes[1].refusal is None
    clean.refresh_from_db()
    assert (clean.state, clean.reviewer_id) == ("submitted", None)
    assert ScreenedClaim.objects.get().recommendation.claim == other


def test_a_colleagues_claim_is_refused(clean, acting):
    take_claim(clean, actor=acting("lead"), has_no_conflict=True)
    (outcome,) = screen_together([_screening(clean)], actor=acting("reviewer"))
    assert isinstance(outcome.refusal, NotAllowed)


def test_too_many_and_strangers_are_refused_as_a_whole(clean, acting):
    with pytest.raises(InvalidInput):
        screen_together([_screening(clean)] * (MOST_TOGETHER + 1), actor=acting("reviewer"))
    with pytest.raises(NotAllowed):
        screen_together([_screening(clean)], actor=acting("approver"))
