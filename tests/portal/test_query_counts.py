"""Lists ask the database the same number of questions for one row and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisations import make_organisation
from verification.accounts.models import User
from verification.certificates.models import Certificate
from verification.claims.models import Claim, Engagement
from verification.disclosure.models import Disclosure

pytestmark = pytest.mark.db


def test_list_of_certificates(user_of: Callable[[str], User]) -> None:
    client = Client()
    client.force_login(user_of("producer"))
    address = reverse("producer:certificates")
    assert Certificate.objects.count() > 1
    many = _queries(client, address)
    other, _ = make_organisation("Elsewhere works", is_producer=True)
    kept = Certificate.objects.first()
    Claim.objects.filter(certificate__isnull=False).exclude(certificate=kept).update(organisation=other)
    assert _queries(client, address) == many


def test_list_of_invitations(user_of: Callable[[str], User]) -> None:
    client = Client()
    client.force_login(user_of("verifier"))
    address = reverse("verifier:home")
    assert Engagement.objects.count() > 1
    many = _queries(client, address)
    other, _ = make_organisation("Elsewhere verification", is_verifier=True, is_producer=True)
    kept = Engagement.objects.filter(state="confirmed").values_list("pk", flat=True)[:1]
    Engagement.objects.exclude(pk__in=list(kept)).filter(state="confirmed").update(verifier=other)
    assert _queries(client, address) == many


def test_list_of_reports_shared(user_of: Callable[[str], User]) -> None:
    client = Client()
    client.force_login(user_of("importer"))
    address = reverse("importer:reports")
    grants = Disclosure.objects.filter(ended_at=None)
    assert grants.count() > 1
    many = _queries(client, address)
    ended = grants.exclude(pk=grants.first().pk)
    ended.update(ended_at=grants.first().granted_at, ended_by=user_of("producer"))
    assert _queries(client, address) == many


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
