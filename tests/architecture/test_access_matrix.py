"""Role × action: every transition by everybody, through its service and by a forged post to its address.

The tables stand in ``access_matrix`` and in ``tests/factories/transitions``; a transition that is new has no entry
there, and the first test fails.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from tests.architecture.access_matrix import POSTS, Post, actors_of, browsers_of, make_people
from tests.factories.transitions import READY
from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.claims.models import Claim, Step
from verification.claims.workflow import TRANSITIONS, Party
from verification.kernel.errors import NotAllowed, SecondFactorNeeded

pytestmark = pytest.mark.db
MORE: dict[str, set[str]] = {
    "take": {"other_reviewer"},
    "take_appeal": {"other_reviewer"},
    "answer_pre_check": {"other_reviewer"},
    "uphold_refusal": {"other_approver"},
    "uphold_revocation": {"other_approver"},
}
"""Who may besides those of the demonstration; an approver nobody knows yet may decide wherever the judge may."""
MORE |= {name: {"other_approver"} for name, row in TRANSITIONS.items() if row.party is Party.APPROVER}
NAMES = list(TRANSITIONS)
SIGNED = [name for name, row in TRANSITIONS.items() if row.needs_fresh_second_factor]
DECIDING = [name for name, row in TRANSITIONS.items() if row.party is Party.APPROVER]
OFFICIAL = [name for name, row in TRANSITIONS.items() if row.party in (Party.REVIEWER, Party.LEAD, Party.APPROVER)]


@pytest.fixture
def people(world: None) -> dict[str, User]:
    return make_people()


@pytest.fixture
def actors(people: dict[str, User]) -> dict[str, Actor]:
    return actors_of(people)


@pytest.fixture
def browsers(people: dict[str, User]) -> dict[str, Client]:
    return browsers_of(people)


@pytest.mark.unit
def test_every_transition_stands_in_the_tables() -> None:
    assert set(READY) == set(TRANSITIONS)
    assert set(POSTS) == set(TRANSITIONS)


@pytest.mark.unit
@pytest.mark.parametrize("name", NAMES)
def test_only_what_the_portal_does_itself_has_no_page(name: str) -> None:
    if TRANSITIONS[name].party is Party.SYSTEM:
        assert POSTS[name] == ()


@pytest.mark.parametrize("name", NAMES)
def test_service_lets_only_its_people(actors: dict[str, Actor], name: str) -> None:
    ready = READY[name]
    claim = ready.claim_before()
    done = {key: _done_by(claim, name, actor) for key, actor in actors.items()}
    assert {key for key, is_done in done.items() if is_done} == _allowed(name)


@pytest.mark.parametrize("name", [name for name in NAMES if POSTS[name]])
def test_forged_post_lets_only_its_people(browsers: dict[str, Client], name: str) -> None:
    claim = READY[name].claim_before()
    for post in POSTS[name]:
        done = {key: _posted_by(claim, name, browser, post) for key, browser in browsers.items()}
        assert {key for key, is_done in done.items() if is_done} == _allowed(name), post.name


@pytest.mark.parametrize("name", SIGNED)
def test_signature_without_a_fresh_second_factor_is_none(actors: dict[str, Actor], name: str) -> None:
    claim, signer = READY[name].claim_before(), actors[READY[name].by[0]]
    before = Step.objects.count()
    with pytest.raises(SecondFactorNeeded), transaction.atomic():
        READY[name].make(claim, replace(signer, second_factor_at=None))
    assert Step.objects.count() == before


@pytest.mark.parametrize("name", SIGNED)
def test_forged_signature_without_a_code_is_none(people: dict[str, User], name: str) -> None:
    claim = READY[name].claim_before()
    browser = Client()
    browser.force_login(people[READY[name].by[0]])
    (post,), before = POSTS[name], Step.objects.count()
    for code in ({}, {"code": "000000"}):
        answer = browser.post(post.address(claim), {**post.fields(claim), **code})
        assert answer.status_code == 200
        assert Step.objects.count() == before


@pytest.mark.parametrize(
    "name", [name for name, row in TRANSITIONS.items() if row.party in (Party.REVIEWER, Party.APPROVER)]
)
def test_official_who_belongs_to_a_party_does_nothing(actors: dict[str, Actor], name: str) -> None:
    """Own organisation: the claimant's, and the verifier's."""
    claim, official = READY[name].claim_before(), actors[READY[name].by[0]]
    parties = {str(claim.organisation_id), *(str(one.verifier_id) for one in claim.engagements.all())}
    before = Step.objects.count()
    for party in parties:
        insider = replace(official, organisation_ids=frozenset({party}))
        with pytest.raises(NotAllowed, match="You belong to"), transaction.atomic():
            READY[name].make(claim, insider)
    assert Step.objects.count() == before


@pytest.mark.parametrize("name", DECIDING)
def test_whoever_examined_does_not_decide(actors: dict[str, Actor], name: str) -> None:
    """Four eyes: the reviewer with an approver's appointment is still the reviewer."""
    claim = READY[name].claim_before()
    examiner, before = actors["lead" if claim.appeals.exists() else "reviewer"], Step.objects.count()
    both = replace(examiner, roles=frozenset({"reviewer", "approver"}))
    with pytest.raises(NotAllowed), transaction.atomic():
        READY[name].make(claim, both)
    assert Step.objects.count() == before


def _allowed(name: str) -> set[str]:
    return {*READY[name].by, *MORE.get(name, ())}


def _done_by(claim: Claim, name: str, actor: Actor) -> bool:
    """Whether the service lets this actor; nothing of the try stays, and a refusal says why."""
    fresh = Claim.objects.select_related("organisation", "installation").get(pk=claim.pk)
    steps = Step.objects.count()
    with transaction.atomic():
        try:
            with transaction.atomic():
                READY[name].make(fresh, actor)
        except NotAllowed:
            assert Step.objects.count() == steps
        is_done = _has_new_step(claim, name, steps)
        transaction.set_rollback(True)
    return is_done


def _posted_by(claim: Claim, name: str, browser: Client, post: Post) -> bool:
    steps = Step.objects.count()
    with transaction.atomic():
        answer = browser.post(post.address(claim), post.fields(claim))
        is_done = _has_new_step(claim, name, steps)
        if not is_done:
            assert Step.objects.count() == steps
            is_anonymous = "_auth_user_id" not in browser.session
            assert answer.status_code in ((302,) if is_anonymous else post.refusals), answer.status_code
            assert not is_anonymous or answer["Location"].startswith("/account/login/")
        transaction.set_rollback(True)
    return is_done


def _has_new_step(claim: Claim, name: str, before: int) -> bool:
    return Step.objects.count() > before and claim.steps.last().name == name
