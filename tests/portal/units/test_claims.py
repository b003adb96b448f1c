"""Starting a claim, its page in every state, and the list with the balances."""

import pytest
from django.urls import reverse

from verification.claims.models import Claim

pytestmark = pytest.mark.db


def page(client, name, *arguments):
    response = client.get(reverse(f"units:{name}", args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_claims_and_balances(holder, claim_in):
    text = page(holder, "home")
    assert claim_in("approved").number in text
    assert "3\u00a0000" in text
    assert "Offer replacement units" in text


def test_list_is_filtered_by_state(holder, claim_in):
    text = holder.get(reverse("units:home"), {"state": "draft"}).content.decode()
    assert claim_in("draft").number in text
    assert reverse("units:claim", args=[claim_in("submitted").pk]) not in text


def test_claim_is_started(holder, party):
    response = holder.post(
        reverse("units:claim_start"), {"organisation": party.pk, "scheme": "model-bca", "year": "2026"}
    )
    claim = Claim.objects.filter(kind="units").latest("created_at")
    assert response["Location"] == reverse("units:claim", args=[claim.pk])
    assert (claim.organisation, claim.scheme, claim.period_start.year) == (party, "model-bca", 2026)


def test_scheme_without_a_channel_is_refused_with_the_reason(holder, party):
    before = Claim.objects.count()
    response = holder.post(
        reverse("units:claim_start"), {"organisation": party.pk, "scheme": "eu-cbam", "year": "2026"}
    )
    assert "inside a carbon price paid abroad" in response.context["form"].errors["scheme"][0]
    assert Claim.objects.count() == before


def test_start_page_says_what_each_scheme_takes(holder):
    text = page(holder, "claim_start")
    assert "A draft, not yet law:" in text
    assert "Ares(2026)4841230" in text


def test_organisation_of_others_cannot_be_named(holder, claim_at):
    foreign = claim_at("Aliağa").organisation
    response = holder.post(
        reverse("units:claim_start"), {"organisation": foreign.pk, "scheme": "model-bca", "year": 2026}
    )
    assert "organisation" in response.context["form"].errors


def test_empty_draft_says_what_to_do(holder, draft):
    text = page(holder, "claim", draft.pk)
    assert "Paste serial numbers" in text
    assert "Ready to send" not in text


def test_complete_draft_is_ready(holder, sendable):
    assert "Ready to send" in page(holder, "claim", sendable.pk)


def test_decided_claim_shows_accepted_and_returned_ranges(holder, claim_in):
    claim = claim_in("approved")
    text = page(holder, "claim", claim.pk)
    returned = claim.blocks.get(state="returned")
    assert "These serials are yours again." in text
    assert str(returned.first) in text
    assert claim.decision.number in text
    assert claim.certificates.get().number in text


def test_event_is_shown_with_its_deadline(holder, claim_in):
    claim = claim_in("approved")
    event = claim.reversals.get()
    text = page(holder, "claim", claim.pk)
    assert event.source in text
    assert event.replacement_due_on.isoformat() in text


def test_replacement_starts_a_claim_that_replaces(holder, claim_in):
    claim = claim_in("approved")
    event = claim.reversals.get()
    address = reverse("units:claim_replace", args=[claim.pk, event.pk])
    assert "Start the replacing claim" in holder.get(address).content.decode()
    holder.post(address)
    newer = Claim.objects.filter(kind="units").latest("created_at")
    assert newer.unit_details.replaces == event
    assert newer.scheme == claim.scheme
    assert claim.number in page(holder, "claim", newer.pk)


def test_nothing_is_replaced_twice(holder, claim_in):
    claim = claim_in("approved")
    event = claim.reversals.get()
    claim.reversals.update(outcome="replaced")
    before = Claim.objects.count()
    assert holder.post(reverse("units:claim_replace", args=[claim.pk, event.pk])).status_code == 409
    assert Claim.objects.count() == before


@pytest.mark.parametrize("state", ["draft", "pre_check", "submitted", "recommended", "approved"])
def test_page_opens_in_every_state(holder, claim_in, state):
    claim = claim_in(state)
    text = page(holder, "claim", claim.pk)
    assert claim.get_state_display() in text
    for name in ("claim_blocks", "claim_base", "claim_letters", "claim_evidence", "claim_pre_check", "claim_changes"):
        page(holder, name, claim.pk)


def test_statement_is_kept(holder, draft):
    holder.post(reverse("units:claim_statement", args=[draft.pk]), {"statement": "For the bars of March."})
    assert "For the bars of March." in page(holder, "claim", draft.pk)


def test_statement_of_a_sent_claim_stays(holder, claim_in):
    claim = claim_in("submitted")
    response = holder.post(reverse("units:claim_statement", args=[claim.pk]), {"statement": "Something else"})
    assert response.status_code == 409
