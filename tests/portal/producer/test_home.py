import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.producer.todo import todo_for
from tests.factories.organisations import make_installation, make_organisation
from verification.claims.services.producer import start_claim
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db


def test_home_begins_with_what_waits_for_the_producer(producer, acting, claim_at):
    labels = [entry.title for entry in todo_for(acting("producer"))]
    asked, flawed = claim_at("Dilovası").number, claim_at("Trabzon").number
    half = claim_at("Gaziantep").number
    assert labels == [
        f"Answer one question about claim {asked}",
        f"Correct one thing in claim {half}",
        f"Correct 2 things in claim {flawed}",
        f"You can appeal: the approval of claim {claim_at('İskenderun').number} was revoked",
        f"You can appeal: claim {claim_at('Sivas').number} was refused",
    ]
    page = producer.get(reverse("producer:home")).content.decode()
    assert page.index("To do") < page.index(labels[0]) < page.index('id="claims-head"')


def test_draft_with_the_verifier_does_not_ask_for_anything(acting, claim_at):
    waiting = claim_at("Karabük").number
    assert not any(waiting in entry.title for entry in todo_for(acting("producer")))


def test_new_draft_is_to_be_gone_on_with(world):
    organisation, user = make_organisation("New Works", is_producer=True)
    installation = make_installation(organisation, user)
    claim = start_claim(installation, scheme="eu-cbam", year=2026, actor=actor_for(user))
    (entry,) = todo_for(actor_for(user))
    assert entry.title == f"Go on with claim {claim.number}"


def test_home_issues_as_many_queries_for_one_claim_as_for_many(client, world):
    organisation, user = make_organisation("New Works", is_producer=True)
    installation = make_installation(organisation, user)
    client.force_login(user)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("producer:home")).status_code == 200
        return len(captured)

    start_claim(installation, scheme="eu-cbam", year=2026, actor=actor_for(user))
    queries()
    with_one = queries()
    for _number in range(6):
        start_claim(installation, scheme="eu-cbam", year=2026, actor=actor_for(user))
    assert queries() == with_one
