"""Every address of the pages of units: strangers sign in first, other organisations find nothing."""

import uuid

import pytest
from django.urls import reverse

from portal.units.urls import urlpatterns

pytestmark = pytest.mark.db

LISTS = {"home", "claim_start"}
ONLY_POSTED = {"claim_serials_explain", "claim_pre_check_take_back"}
OF_A_PART = {"claim_replace", "claim_letter_remove", "claim_evidence_remove", "claim_exchange"}
OF_A_CLAIM = {pattern.name for pattern in urlpatterns} - LISTS - OF_A_PART


def address(name, claim_in):
    if name in LISTS:
        return reverse(f"units:{name}")
    claim = claim_in("approved")
    part = {
        "claim_replace": lambda: claim.reversals.get().pk,
        "claim_letter_remove": lambda: claim.authorisations.get().pk,
        "claim_evidence_remove": lambda: claim.evidence.first().pk,
        "claim_exchange": lambda: "cad-trust",
    }.get(name)
    return reverse(f"units:{name}", args=[claim.pk, *([part()] if part else [])])


@pytest.mark.parametrize("name", sorted({pattern.name for pattern in urlpatterns}))
def test_stranger_is_asked_to_sign_in(client, claim_in, name):
    response = client.get(address(name, claim_in))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted((OF_A_CLAIM | OF_A_PART) - ONLY_POSTED))
def test_other_organisation_finds_nothing(outsider, claim_in, name):
    assert outsider.get(address(name, claim_in)).status_code == 404


@pytest.mark.parametrize("name", sorted(OF_A_CLAIM | OF_A_PART))
def test_other_organisation_changes_nothing(outsider, claim_in, name):
    before = claim_in("approved").version
    assert outsider.post(address(name, claim_in)).status_code in (404, 405)
    assert claim_in("approved").version == before


@pytest.mark.parametrize("key", ["reviewer", "approver", "verifier"])
@pytest.mark.parametrize("name", ["home", "claim_start", "claim", "claim_blocks", "claim_content_json"])
def test_officials_and_verifiers_find_no_page_here(client, user_of, claim_in, key, name):
    client.force_login(user_of(key))
    assert client.get(address(name, claim_in)).status_code == 404


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


def test_claim_that_is_not_there_is_404(holder):
    assert holder.get(reverse("units:claim", args=[uuid.uuid4()])).status_code == 404


def test_pages_are_never_cached(holder):
    assert "no-store" in holder.get(reverse("units:home"))["Cache-Control"]
