"""The signature: by another person, with a fresh second factor, on what was on the page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from portal.account.demonstration import demonstration_code
from verification.accounts.models import Appointment
from verification.certificates.models import Certificate
from verification.claims.models import Decision
from verification.claims.services.deciding import comment_on_draft
from verification.claims.services.review import send_back
from verification.kernel import clock
from verification.reference.selectors import procedure_of

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def _typed(claim, **changes):
    return {
        "outcome": "approved",
        "reasons": "The values are verified.",
        "legal_ground": "Regulation (EU) 2023/956, Article 8",
        "seen_version": claim.version,
        "has_no_conflict": "on",
    } | changes


def _address(claim):
    return reverse("official:decision", args=[claim.pk])


def test_page_shows_what_the_approval_does(client_of, claim_at):
    context = client_of("approver").get(_address(claim_at("Gebze"))).context
    effect = context["effects"][0]
    assert (effect.basis, str(effect.now), effect.good.code) == ("default", "6.017", "72189911")
    assert effect.change == effect.good.value - effect.now
    assert context["changes"] == []


def test_approval_puts_the_values_into_force(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    answer = client.post(_address(claim), _typed(claim))
    certificate = Certificate.objects.get(claim=claim)
    assertRedirects(answer, reverse("official:certificate", args=[certificate.pk]))
    claim.refresh_from_db()
    assert claim.state == "approved"


def test_refusal_is_told_with_its_number_once_the_producer_was_heard(client_of, claim_at, acting):
    client, claim = client_of("approver"), claim_at("Gebze")
    client.post(_address(claim), _typed(claim, outcome="draft_refusal"))
    claim.refresh_from_db()
    assert (claim.state, Decision.objects.filter(claim=claim).count()) == ("hearing", 0)
    comment_on_draft(claim, actor=acting("producer"), comment="The report is attached now.")
    assertContains(client.get(_address(claim)), "The report is attached now.")
    answer = client.post(_address(claim), _typed(claim, outcome="refused"), follow=True)
    assertContains(answer, Decision.objects.get(claim=claim).number)
    claim.refresh_from_db()
    assert claim.state == "refused"


def test_refusal_that_was_not_drafted_cannot_be_forged(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    answer = client.post(_address(claim), _typed(claim, outcome="refused"))
    assert "outcome" in answer.context["form"].errors
    assert not Decision.objects.filter(claim=claim).exists()


def test_decision_needs_the_declaration(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    answer = client.post(_address(claim), _typed(claim, has_no_conflict=""))
    assert answer.context["form"].errors.keys() == {"has_no_conflict"}
    assert not Decision.objects.filter(claim=claim).exists()


def test_whoever_recommended_may_not_decide(client_of, claim_at, user_of):
    claim, person = claim_at("Gebze"), user_of("reviewer")
    earliest = person.appointments.earliest("valid_from").valid_from
    Appointment.objects.create(user=person, role="approver", official_number="A-9999", valid_from=earliest)
    client = client_of("reviewer")
    assertContains(client.get(_address(claim)), "You reviewed this claim. A different person must decide on it.")
    answer = client.post(_address(claim), _typed(claim))
    assert answer.status_code == 403
    assert not Decision.objects.filter(claim=claim).exists()


def test_wording_fills_reasons_and_ground_and_signs_nothing(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    answer = client.post(_address(claim), _typed(claim, wording="hearing-1", outcome="draft_refusal", fill="1"))
    shown = answer.context["form"].initial
    until = procedure_of(claim.scheme).comment_due_on(clock.today()).isoformat()
    assert (until in shown["reasons"], shown["outcome"]) == (True, "draft_refusal")
    assert "Charter" in shown["legal_ground"]
    claim.refresh_from_db()
    assert claim.state == "recommended"


def test_second_approval_is_told_that_it_was_done(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    typed = _typed(claim)
    client.post(_address(claim), typed)
    answer = client.post(_address(claim), typed, follow=True)
    assertContains(answer, "Nothing of yours was saved.")
    assert Certificate.objects.filter(claim=claim).count() == 1


def test_stale_page_is_a_conflict_that_keeps_what_was_typed(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    answer = client.post(_address(claim), _typed(claim, seen_version=claim.version - 1, reasons="My own words."))
    assertContains(answer, "The claim changed after you opened the page.", status_code=409)
    assertContains(answer, "My own words.", status_code=409)
    assert answer.context["form"].initial["seen_version"] == claim.version


def test_claim_that_was_sent_back_meanwhile_is_not_decided(client_of, claim_at, acting):
    client, claim = client_of("approver"), claim_at("Gebze")
    typed = _typed(claim)
    send_back(claim, actor=acting("approver"), reason="Look again.")
    assertRedirects(client.post(_address(claim), typed), reverse("official:claim", args=[claim.pk]))
    assert not Decision.objects.filter(claim=claim).exists()


def test_signature_asks_the_code_and_keeps_what_was_typed(client_of, claim_at, user_of):
    client, claim = client_of("approver", has_factor=False), claim_at("Gebze")
    missing = client.post(_address(claim), _typed(claim, reasons="My own words."))
    assert missing.context["form"].errors.keys() == {"code"}
    assertContains(missing, "My own words.")
    wrong = client.post(_address(claim), _typed(claim, code="not one"))
    assert wrong.context["form"].errors.keys() == {"code"}
    client.post(_address(claim), _typed(claim, code=demonstration_code(user_of("approver"))))
    claim.refresh_from_db()
    assert claim.state == "approved"


def test_missing_reasons_are_refused(client_of, claim_at):
    client, claim = client_of("approver"), claim_at("Gebze")
    answer = client.post(_address(claim), _typed(claim, reasons=" "))
    assert "reasons" in answer.context["form"].errors
    assert not Decision.objects.filter(claim=claim).exists()


def test_decisions_list_asks_the_same_number_of_queries(client_of, claim_at, django_assert_num_queries):
    client, claim = client_of("approver"), claim_at("Gebze")
    with CaptureQueriesContext(connection) as before:
        client.get(reverse("official:decisions"))
    count = len(before)
    client.post(_address(claim), _typed(claim))
    client.get(reverse("official:decisions"))
    with django_assert_num_queries(count):
        assert len(client.get(reverse("official:decisions")).context["rows"]) == 5
