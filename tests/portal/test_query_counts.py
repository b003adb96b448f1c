"""Lists ask the database the same number of questions for one row and for many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisations import make_organisation
from tests.factories.units import make_unit_claim, many_serials
from verification.accounts.models import User
from verification.certificates.models import Certificate
from verification.claims.models import Claim, Engagement
from verification.disclosure.models import Disclosure
from verification.registry.models import Organisation
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
MOST_QUERIES_OF_A_CLAIM, MOST_QUERIES_OF_STEPS, MOST_QUERIES_OF_UNITS = 26, 20, 60


def test_list_of_certificates(user_of: Callable[[str], User]) -> None:
    client = Client()
    client.force_login(user_of("producer"))
    address = reverse("producer:certificates")
    assert Certificate.objects.count() > 1
    many = _queries(client, address)
    other, _ = make_organisation("Elsewhere works", is_producer=True)
    kept = Certificate.objects.first()
    Claim.objects.filter(certificates__isnull=False).exclude(certificates=kept).update(organisation=other)
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


def test_pages_of_units(user_of: Callable[[str], User]) -> None:
    """As many questions for a claim of a hundred blocks as for one of two, and for three claims as for one."""
    client = Client()
    client.force_login(user_of("importer"))
    party, actor = Organisation.objects.get(is_importer=True), actor_for(user_of("importer"))
    few, many = (make_unit_claim(party, actor, serials=many_serials(count)) for count in (2, 100))
    for name in ("claim", "claim_blocks", "claim_check", "claim_pre_check", "claim_content_json", "claim_blocks_csv"):
        asked = [_queries(client, reverse(f"units:{name}", args=[claim.pk])) for claim in (few, many)]
        assert asked[0] == asked[1], name
        assert asked[0] <= MOST_QUERIES_OF_UNITS, name
    before = _queries(client, reverse("units:home"))
    make_unit_claim(party, actor)
    assert _queries(client, reverse("units:home")) == before


def test_results_of_a_claim(user_of: Callable[[str], User]) -> None:
    claim = Claim.objects.get(installation__city="Gebze")
    client = Client()
    client.force_login(user_of("producer"))
    pages = [reverse(name, args=[claim.pk]) for name in ("producer:claim_results", "producer:claim_computation")]
    few = [_queries(client, page) for page in pages]
    _multiply_goods(claim)
    assert [_queries(client, page) for page in pages] == few


def test_claim_before_an_official(user_of: Callable[[str], User]) -> None:
    claim = Claim.objects.get(installation__city="Gebze")
    client = Client()
    client.force_login(user_of("reviewer"))
    assert _queries(client, reverse("official:claim", args=[claim.pk])) <= MOST_QUERIES_OF_A_CLAIM
    assert _queries(client, reverse("official:claim_computation", args=[claim.pk])) <= MOST_QUERIES_OF_STEPS


def _multiply_goods(claim: Claim) -> None:
    """The same goods several times over, in the reading and in the report behind it."""
    reading = claim.reading
    reading["goods"] *= 5
    reading["report"]["products"] = [
        product | {"id": f"{product['id']}-{copy}"} for copy in range(5) for product in reading["report"]["products"]
    ]
    claim.save(update_fields=["reading"])


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
