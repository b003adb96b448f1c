import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisations import make_installation, make_organisation
from verification.claims.models import Claim
from verification.claims.services.producer import start_claim
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db


def task_words(response):
    return {task["label"]: task["word"] for task in response.context["tasks"]}


def test_claim_is_started_for_an_installation_and_a_year(producer, claim_at):
    installation = claim_at("Aliağa").installation
    response = producer.post(
        reverse("producer:claim_start"), {"installation": installation.pk, "year": "2026", "scheme": "eu-cbam"}
    )
    claim = Claim.objects.filter(installation=installation).latest("number")
    assert response["Location"] == reverse("producer:claim_entry_begin", args=[claim.pk])
    assert (claim.state, claim.period_start.year) == ("draft", 2026)


def test_installation_of_another_organisation_cannot_be_chosen(outsider, claim_at):
    installation = claim_at("Aliağa").installation
    response = outsider.post(
        reverse("producer:claim_start"), {"installation": installation.pk, "year": "2026", "scheme": "eu-cbam"}
    )
    assert response.status_code == 200
    assert "installation" in response.context["form"].errors


def test_task_list_of_a_draft_with_mistakes(producer, claim_at):
    response = producer.get(reverse("producer:claim", args=[claim_at("Trabzon").pk]))
    assert task_words(response) == {
        "Communication template": "2 to correct",
        "Results and checks": "3 to correct",
        "Evidence": "Complete",
        "Verifier’s opinion": "Not yet",
        "Check your answers and send": "Not yet",
    }
    assert response.context["complete"] == 1


def test_task_list_of_a_sealed_draft(producer, claim_at):
    response = producer.get(reverse("producer:claim", args=[claim_at("Karabük").pk]))
    words = task_words(response)
    assert words["Verifier’s opinion"] == "With the verifier"
    assert words["Check your answers and send"] == "Not yet"


def test_claim_with_a_question_asks_for_the_answer_first(producer, claim_at):
    response = producer.get(reverse("producer:claim", args=[claim_at("Dilovası").pk]))
    assert task_words(response)["Answer the official’s question"] == "Waiting for you"
    assert "Which emission factor was used for the exported steam" in response.content.decode()


def test_decided_claim_shows_decision_certificate_and_history(producer, claim_at):
    claim = claim_at("Aliağa")
    page = producer.get(reverse("producer:claim", args=[claim.pk])).content.decode()
    assert claim.decision.number in page
    assert claim.certificates.get().number in page
    assert "Taken, no conflict of interest declared" in page


def test_refused_claim_says_why(producer, claim_at):
    page = producer.get(reverse("producer:claim", args=[claim_at("Sivas").pk])).content.decode()
    assert "The clinker factor in the workbook is not the one of the laboratory report" in page


def test_list_filters_by_state(producer, claim_at):
    response = producer.get(reverse("producer:claims"), {"state": "approved"})
    assert [claim.number for claim in response.context["page"]] == [claim_at("Aliağa").number]


def test_list_issues_as_many_queries_for_one_claim_as_for_many(client, world):
    organisation, user = make_organisation("New Works", is_producer=True)
    installation = make_installation(organisation, user)
    client.force_login(user)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("producer:claims")).status_code == 200
        return len(captured)

    start_claim(installation, scheme="eu-cbam", year=2026, actor=actor_for(user))
    queries()
    with_one = queries()
    for _number in range(6):
        start_claim(installation, scheme="eu-cbam", year=2026, actor=actor_for(user))
    assert queries() == with_one
