"""What importers are told: the value, its basis, and why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

pytestmark = [pytest.mark.db, pytest.mark.django_db]
DEFAULT = {"good": "7208 39 00", "origin": "TR", "legal_date": "2026-03-01"}


@pytest.fixture
def ask(user_of):
    client = Client()
    client.force_login(user_of("importer"))
    return lambda **typed: client.get(reverse("importer:lookup"), DEFAULT | typed)


def _answer(response):
    return response.context["result"].parts[0].answer


def test_default_of_the_country_with_mark_up(ask):
    response = ask()
    assert (_answer(response).value, _answer(response).basis) == (Decimal("2.671"), "default")
    assertContains(response, "2.671")
    assertContains(response, "superseded")


def test_verified_value_of_the_installation_names_its_certificate(ask, claim_at):
    certificate = claim_at("Aliağa").certificates.get()
    response = ask(installation=claim_at("Aliağa").installation.code)
    assert (_answer(response).basis, _answer(response).certificate) == ("verified", certificate.number)
    assertContains(response, reverse("public:check_result", args=[certificate.code]))
    assert response.context["result"].gain is not None


def test_code_of_the_certificate_names_the_installation(ask, claim_at):
    assert _answer(ask(certificate=claim_at("Aliağa").certificates.get().code)).basis == "verified"


def test_certificate_of_another_installation_is_refused(ask, claim_at):
    code = claim_at("Aliağa").certificates.get().code
    response = ask(certificate=code, installation=claim_at("İskenderun").installation.code)
    assert "installation" in response.context["form"].errors


def test_revoked_value_gives_way_to_the_default(ask, claim_at):
    installation = claim_at("İskenderun").installation.code
    assert _answer(ask(installation=installation)).basis == "default"
    assert _answer(ask(installation=installation, known_on="2027-02-18")).basis == "verified"


def test_quantity_beyond_the_verified_one_gets_the_default(ask, claim_at):
    response = ask(installation=claim_at("Aliağa").installation.code, quantity_t="4800001")
    first, rest = response.context["result"].parts
    assert (first.answer.basis, rest.answer.basis, rest.quantity_t) == ("verified", "default", 1)


def test_wrong_code_is_told_beside_its_field(ask):
    response = ask(good="7208")
    assert "good" in response.context["form"].errors
    assertContains(response, "write its eight digits")


def test_day_to_come_is_not_known(ask):
    assert "known_on" in ask(known_on="2027-03-16").context["form"].errors


def test_short_link_is_completed_with_today(ask, user_of):
    client = Client()
    client.force_login(user_of("importer"))
    response = client.get(reverse("importer:lookup"), {"good": "72083900", "origin": "TR"})
    assert response.context["result"].question.legal_date.isoformat() == "2027-03-15"


@pytest.mark.parametrize(("key", "status"), [("producer", 404), ("verifier", 404), ("approver", 200)])
def test_lookup_is_for_importers_and_officials(key, status, user_of):
    client = Client()
    client.force_login(user_of(key))
    assert client.get(reverse("importer:lookup")).status_code == status


def test_stranger_is_asked_to_sign_in():
    assert Client().get(reverse("importer:lookup")).url.startswith(reverse("account_login"))
