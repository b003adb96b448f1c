"""The producer reads its reports, shares sealed ones, ends that, and sees who looked."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from verification.accounts.models import User
from verification.disclosure.enums import Level, ViewFormat
from verification.disclosure.models import Disclosure
from verification.disclosure.services import record_view
from verification.registry.models import Organisation

pytestmark = pytest.mark.db


@pytest.fixture
def producer(client: Client, user_of: Callable[[str], User]) -> Client:
    client.force_login(user_of("producer"))
    return client


def reports(claim) -> str:
    return reverse("producer:claim_reports", args=[claim.pk])


def share(claim) -> str:
    return reverse("producer:claim_report_share", args=[claim.pk])


def choice(**changes) -> dict[str, object]:
    importer = Organisation.objects.get(name="Nordhafen Import GmbH")
    return {"importer": "HRB 220417", "recipient": str(importer.pk), "report": "summary", "note": "Order 7"} | changes


def test_every_report_is_listed_with_what_it_lacks(producer, claim_at):
    listed = producer.get(reports(claim_at("Karabük"))).context["reports"]
    assert [each["slug"] for each in listed] == ["summary", "full"]
    assert all(each["incomplete"] == sum(bool(item.missing) for item in each["document"].items) for each in listed)


def test_draft_is_marked_and_leads_to_where_the_missing_is_given(producer, claim_at):
    claim = claim_at("Gaziantep")
    response = producer.get(reverse("producer:claim_report", args=[claim.pk, "full"]))
    assert response.context["shown"]["identity"].is_draft
    page = response.content.decode()
    assert "A draft can be shared with nobody." in page
    assert reverse("producer:claim_step", args=[claim.pk, "goods"]) in page


def test_claim_without_numbers_says_so(producer, claim_at):
    claim = claim_at("Gaziantep")
    claim.reading = None
    claim.save(update_fields=["reading"])
    response = producer.get(reports(claim))
    assert response.context["reports"] == []
    assert producer.get(reverse("producer:claim_report", args=[claim.pk, "full"])).status_code == 404


@pytest.mark.parametrize("name", ["all", "addendum-A1", "addendum-", "FULL"])
def test_report_that_is_not_there_is_not_found(producer, claim_at, name):
    assert producer.get(reverse("producer:claim_report", args=[claim_at("Karabük").pk, name])).status_code == 404


def test_downloads_are_those_of_the_report(producer, claim_at):
    claim = claim_at("Karabük")
    told = json.loads(producer.get(reverse("producer:claim_report_download", args=[claim.pk, "full", "json"])).content)
    assert (told["schema"], told["source"]["sha256"]) == (
        "operator-emissions-report/1",
        claim.snapshots.get().sha256,
    )
    assert producer.get(reverse("producer:claim_report_download", args=[claim.pk, "full", "page"])).status_code == 404


def test_draft_cannot_be_shared(producer, claim_at):
    claim = claim_at("Gaziantep")
    assert producer.get(share(claim)).status_code == 404
    assert producer.post(share(claim), choice()).status_code == 404
    assert not Disclosure.objects.filter(claim=claim).exists()


def test_importer_that_is_not_known_by_name_is_not_found(producer, claim_at):
    response = producer.get(share(claim_at("Silifke")), {"importer": "Nordhafen"})
    assert (response.context["found"], response.context["form"]) == ([], None)
    assert "No importer is registered under exactly this number or name." in response.content.decode()


def test_report_is_shared_with_the_importer_found(producer, claim_at):
    claim = claim_at("Silifke")
    found = producer.get(share(claim), {"importer": "hrb 220417"})
    assert "Speicherstraße 4" in found.content.decode()
    assert producer.post(share(claim), choice())["Location"] == reports(claim)
    (grant,) = Disclosure.objects.filter(claim=claim)
    assert (grant.level, grant.note, grant.snapshot) == ("summary", "Order 7", claim.snapshots.get())


def test_recipient_must_be_one_that_was_found(producer, claim_at):
    claim = claim_at("Silifke")
    other = Organisation.objects.get(name="Anadolu Verification")
    response = producer.post(share(claim), choice(recipient=str(other.pk)))
    assert "recipient" in response.context["form"].errors
    assert not Disclosure.objects.filter(claim=claim).exists()


def test_same_report_twice_is_refused_in_words(producer, claim_at):
    claim = claim_at("Silifke")
    producer.post(share(claim), choice())
    response = producer.post(share(claim), choice())
    assert response.context["form"].non_field_errors() == [
        "Nordhafen Import GmbH has this report already. Nothing was changed."
    ]


def test_grant_is_ended_after_asking(producer, claim_at):
    claim = claim_at("Aliağa")
    grant = Disclosure.objects.get(claim=claim)
    end = reverse("producer:claim_report_end", args=[claim.pk, grant.pk])
    assert "Nordhafen Import GmbH" in producer.get(end).content.decode()
    grant.refresh_from_db()
    assert grant.ended_at is None
    assert producer.post(end)["Location"] == reports(claim)
    grant.refresh_from_db()
    assert grant.ended_at is not None
    assert producer.post(end).status_code == 404
    context = producer.get(reports(claim)).context
    assert (list(context["grants"]), list(context["ended"])) == ([], [grant])


def test_grant_of_another_claim_is_not_ended_here(producer, claim_at):
    grant = Disclosure.objects.get(claim=claim_at("Aliağa"))
    end = reverse("producer:claim_report_end", args=[claim_at("Gebze").pk, grant.pk])
    assert producer.post(end).status_code == 404


def test_log_says_who_saw_what(producer, claim_at, acting):
    claim = claim_at("Aliağa")
    grant = Disclosure.objects.get(claim=claim, level=Level.SUMMARY)
    record_view(grant, actor=acting("importer"), document="operator-summary-report/1", view_format=ViewFormat.PDF)
    page = producer.get(reports(claim)).content.decode()
    assert "Downloaded as PDF" in page


def test_officials_see_every_report_of_what_was_sent(client, claim_at, user_of):
    client.force_login(user_of("reviewer"))
    claim = claim_at("Silifke")
    listed = client.get(reverse("official:claim_reports", args=[claim.pk])).context["reports"]
    assert [each["slug"] for each in listed] == ["summary", "full"]
    shown = client.get(reverse("official:claim_report", args=[claim.pk, "full"])).context["shown"]
    assert shown["identity"].sha256 == claim.snapshots.get().sha256
    told = client.get(reverse("official:claim_report_download", args=[claim.pk, "summary", "json"])).content
    assert json.loads(told)["status"] == "sealed"
    draft = claim_at("Gaziantep")
    assert client.get(reverse("official:claim_reports", args=[draft.pk])).status_code == 404
