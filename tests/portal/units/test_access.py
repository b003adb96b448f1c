"""What the matrix of access does not say of the pages of units. That one tries every address by everybody."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.db


@pytest.mark.parametrize("key", ["reviewer", "approver", "verifier"])
@pytest.mark.parametrize("name", ["home", "claim_start"])
def test_officials_and_verifiers_find_no_page_here(client, user_of, world, key, name):
    client.force_login(user_of(key))
    assert client.get(reverse(f"units:{name}")).status_code == 404


@pytest.mark.parametrize("key", ["producer", "importer"])
def test_producers_and_importers_have_the_pages(client, user_of, world, key):
    client.force_login(user_of(key))
    assert client.get(reverse("units:home")).status_code == 200
    assert reverse("units:home") in client.get(reverse("units:claim_start")).content.decode()


def test_an_emissions_claim_is_none_of_these_pages(client, user_of, claim_at):
    client.force_login(user_of("producer"))
    assert client.get(reverse("units:claim", args=[claim_at("Aliağa").pk])).status_code == 404


def test_a_unit_claim_is_none_of_the_producers_pages(holder, claim_in):
    assert holder.get(reverse("producer:claim", args=[claim_in("draft").pk])).status_code == 404


def test_pages_are_never_cached(holder):
    assert "no-store" in holder.get(reverse("units:home"))["Cache-Control"]
