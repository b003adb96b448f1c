"""From the queue to the recommendation, and what officials are refused on the way."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from verification.claims.findings import open_findings
from verification.claims.models import Claim

pytestmark = [pytest.mark.db, pytest.mark.django_db]
MOST_QUERIES_OF_THE_QUEUE = 14


def _address(name: str, claim: Claim) -> str:
    return reverse(f"official:{name}", args=[claim.pk])


def _take(client, claim):
    return client.post(_address("claim_take", claim), {"has_no_conflict": "on"})


def _answer_all(client, claim):
    for finding in open_findings(claim):
        typed = {"finding_key": finding.key, "text": "Looked at; the report explains it."}
        assertRedirects(client.post(_address("claim_answer_finding", claim), typed), _address("claim", claim))


def test_queue_shows_the_shortest_clock_first(client_of):
    page = client_of("reviewer").get(reverse("official:queue")).context["page"]
    due = [claim.due_on for claim in page]
    assert due == sorted(due)
    assert len(due) == 6


@pytest.mark.parametrize(
    ("query", "cities"),
    [
        ({"state": "submitted"}, {"Silifke"}),
        ({"who": "me"}, {"Gebze", "Gemlik", "Dilovası"}),
        ({"who": "nobody"}, {"Silifke"}),
        ({"q": "Fertiliser"}, {"Gemlik"}),
        ({"country": "TR"}, {"Gebze", "Gemlik", "Dilovası", "Silifke"}),
        ({"q": "nothing like it"}, set()),
    ],
)
def test_queue_filters(query, cities, client_of):
    rows = client_of("reviewer").get(reverse("official:queue"), query).context["rows"]
    found = Claim.objects.filter(pk__in=[row.line.pk for row in rows]).exclude(installation=None)
    assert set(found.values_list("installation__city", flat=True)) == cities


@pytest.mark.parametrize(
    ("key", "places"), [("reviewer", ["Gemlik"]), ("approver", ["Gebze", "Nordhafen Import GmbH"])]
)
def test_queue_names_what_needs_the_person(key, places, client_of):
    waiting = client_of(key).get(reverse("official:queue")).context["to_do"]
    assert [place in entry.detail for entry, place in zip(waiting, places, strict=True)] == [True] * len(places)


def test_queue_asks_the_same_number_of_queries_for_one_and_many(client_of, django_assert_num_queries):
    """Units are asked for where a claim of the page can have some."""
    client = client_of("reviewer")
    client.get(reverse("official:queue"))
    with CaptureQueriesContext(connection) as one:
        (claim,) = client.get(reverse("official:queue"), {"kind": "emissions", "state": "submitted"}).context["page"]
    assert len(one) <= MOST_QUERIES_OF_THE_QUEUE
    with django_assert_num_queries(len(one) + 1):
        rows = client.get(reverse("official:queue")).context["page"]
    assert len(rows) > len([claim])


def test_claim_is_taken_only_with_the_declaration(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Silifke")
    refused = client.post(_address("claim_take", claim), {})
    assertContains(refused, "Without this declaration a colleague must take the claim.")
    assertRedirects(_take(client, claim), _address("claim", claim))
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_taking_twice_is_told(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Silifke")
    _take(client, claim)
    assert _take(client, claim).status_code == 409


def test_reviewer_answers_findings_and_recommends(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Silifke")
    _take(client, claim)
    _answer_all(client, claim)
    typed = {"kind": "approve", "reasons": "Complete and consistent."}
    assertRedirects(client.post(_address("claim_recommend", claim), typed), _address("claim", claim))
    claim.refresh_from_db()
    assert (claim.state, claim.recommendations.last().reasons) == ("recommended", "Complete and consistent.")


def test_recommendation_with_an_open_finding_keeps_what_was_typed(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Gemlik")
    answer = client.post(_address("claim_recommend", claim), {"kind": "approve", "reasons": "My own words."})
    assertContains(answer, "PRE-002")
    assertContains(answer, "My own words.")
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_wording_fills_the_reasons_and_records_nothing(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Gemlik")
    answer = client.post(_address("claim_recommend", claim), {"wording": "complete-1", "fill": "1"})
    assertContains(answer, "Anadolu Verification verified them with reasonable assurance")
    assert not claim.recommendations.exists()


def test_empty_answer_to_a_finding_is_refused_beside_the_finding(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Gemlik")
    key = open_findings(claim)[0].key
    answer = client.post(_address("claim_answer_finding", claim), {"finding_key": key, "text": ""})
    assert answer.context["findings"][0].form.errors["text"]
    assert not claim.finding_answers.exists()


def test_question_stops_the_clock(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Gemlik")
    client.post(_address("claim_ask", claim), {"subject": "PRE-002", "text": "Where does the urea come from?"})
    claim.refresh_from_db()
    assert claim.state == "info_requested"
    assertContains(client.get(_address("claim", claim)), "stopped")


def test_claim_is_released_with_a_reason(client_of, claim_at):
    client, claim = client_of("reviewer"), claim_at("Gemlik")
    client.post(_address("claim_release", claim), {"reason": "I am away for three weeks."})
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == ("submitted", None)


def test_approver_sends_back(client_of, claim_at):
    claim = claim_at("Gebze")
    client_of("approver").post(_address("claim_send_back", claim), {"reason": "Look at the electricity again."})
    claim.refresh_from_db()
    assert claim.state == "in_review"


@pytest.mark.parametrize("name", ["claim_send_back", "claim_ask", "claim_release"])
def test_person_of_the_wrong_role_is_refused(name, client_of, claim_at):
    key, city = ("reviewer", "Gebze") if name == "claim_send_back" else ("approver", "Gemlik")
    claim = claim_at(city)
    answer = client_of(key).post(_address(name, claim), {"reason": "Words.", "text": "Words?"})
    before = claim.state
    claim.refresh_from_db()
    assert (answer.status_code, claim.state) == (403, before)


def test_claim_page_shows_the_chosen_good(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    first, second = (client.get(_address("claim", claim), {"good": n}).context["good"].code for n in (0, 1))
    assert (first, second) == ("72189911", "73041100")
    assert client.get(_address("claim", claim), {"good": "99"}).context["good"].position == 0


def test_files_of_the_claim_are_downloads(client_of, claim_at):
    answer = client_of("reviewer").get(reverse("official:file", args=[claim_at("Gebze").template_file_id]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_audit_record_tells_every_act(client_of, claim_at):
    claim = claim_at("Gebze")
    names = [event.name for event in client_of("reviewer").get(_address("audit", claim)).context["events"]]
    assert names[-2:] == ["claims.claim.recommend", "disclosure.report.granted"]
