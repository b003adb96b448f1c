"""Officials who may not touch a claim although their office would let them: by forged post, and on the page.

The services and the database are tried in ``test_access_matrix`` and ``test_people_apart``. Here the very browser that
could make a transition belongs to somebody of a party, in a conflict of interest, or who examined the claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.access_matrix import POSTS, browsers_of, make_people
from tests.architecture.test_access_matrix import DECIDING, _posted_by
from tests.factories.people import appoint
from tests.factories.transitions import READY
from verification.accounts.models import User
from verification.certificates.selectors import certificate_of
from verification.claims.models import Claim
from verification.claims.workflow import TRANSITIONS, Party
from verification.kernel import clock
from verification.registry.models import Membership

pytestmark = pytest.mark.db
VERIFIED = ("take", "recommend", "approve", "refuse")
"""Transitions that are ready on a claim with a verifier."""
NAMES = [name for name, row in TRANSITIONS.items() if POSTS[name] and row.party in (Party.REVIEWER, Party.APPROVER)]


def joins_claimant(claim: Claim, official: User) -> None:
    Membership.objects.create(user=official, organisation=claim.organisation, role="member", joined_at=clock.now())


def joins_verifier(claim: Claim, official: User) -> None:
    verifier = claim.engagements.latest("pk").verifier
    Membership.objects.create(user=official, organisation=verifier, role="member", joined_at=clock.now())


def has_a_conflict(claim: Claim, official: User) -> None:
    claim.conflict_declarations.create(
        official=official, has_conflict=True, statement="I own shares.", declared_at=clock.now()
    )


@pytest.fixture
def people(world: None) -> dict[str, User]:
    return make_people()


@pytest.mark.parametrize(
    ("name", "becomes_partial"),
    [*product(NAMES, [joins_claimant, has_a_conflict]), *product(VERIFIED, [joins_verifier])],
)
def test_partial_official_posts_in_vain_and_is_offered_nothing(
    people: dict[str, User], name: str, becomes_partial: Callable[[Claim, User], None]
) -> None:
    claim, key = READY[name].claim_before(), READY[name].by[0]
    becomes_partial(claim, people[key])
    browser = browsers_of({key: people[key]})[key]
    for post in POSTS[name]:
        assert not _posted_by(claim, name, browser, post), post.name
        assert not _is_offered(browser, claim, post.address(claim))


@pytest.mark.parametrize("name", NAMES)
def test_anybody_else_of_that_office_is_offered_it(people: dict[str, User], name: str) -> None:
    claim, key = READY[name].claim_before(), READY[name].by[0]
    browser = browsers_of({key: people[key]})[key]
    assert any(_is_offered(browser, claim, post.address(claim)) for post in POSTS[name])


@pytest.mark.parametrize("name", DECIDING)
def test_examiner_with_an_approver_s_office_posts_in_vain(people: dict[str, User], name: str) -> None:
    claim = READY[name].claim_before()
    key = "lead" if claim.appeals.exists() else "reviewer"
    appoint(people[key], "approver")
    browser = browsers_of({key: people[key]})[key]
    for post in POSTS[name]:
        assert not _posted_by(claim, name, browser, post), post.name
        assert not _is_offered(browser, claim, post.address(claim))


def _is_offered(browser: Client, claim: Claim, address: str) -> bool:
    """Whether a form on one of the pages about the claim leads to ``address``."""
    pages = [reverse("official:claim", args=[claim.pk]), reverse("official:decision", args=[claim.pk])]
    certificate = certificate_of(claim)
    pages += [reverse("official:certificate", args=[certificate.pk])] if certificate else []
    return any(_leads_to(browser, page, address) for page in pages)


def _leads_to(browser: Client, page: str, address: str) -> bool:
    """A form without an address of its own leads to its page."""
    answer = browser.get(page)
    if answer.status_code != 200:
        return False
    html = answer.content.decode()
    is_named = re.search(rf'action="{re.escape(address)}["#]', html)
    return bool(is_named) or (page == address and 'name="outcome"' in html)
