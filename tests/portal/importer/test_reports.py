"""What an importer sees of producers' reports: the level that was granted, under log, until it is ended."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.disclosure import addendum_of
from tests.factories.organisations import make_organisation
from verification.accounts.models import User
from verification.disclosure.enums import Level
from verification.disclosure.models import Disclosure, DisclosureView
from verification.disclosure.services import end_disclosure, grant_disclosure
from verification.registry.models import Organisation

pytestmark = pytest.mark.db


@pytest.fixture
def importer(client: Client, user_of: Callable[[str], User]) -> Client:
    client.force_login(user_of("importer"))
    return client


@pytest.fixture
def summary(world: None) -> Disclosure:
    return Disclosure.objects.get(level=Level.SUMMARY)


@pytest.fixture
def full(world: None) -> Disclosure:
    return Disclosure.objects.get(level=Level.FULL)


def address(grant: Disclosure, form: str = "") -> str:
    return (
        reverse("importer:report_download", args=[grant.pk, form])
        if form
        else reverse("importer:report", args=[grant.pk])
    )


def test_list_shows_what_is_shared_now(importer, summary, full, acting):
    rows = importer.get(reverse("importer:reports")).context["page"].rows
    assert set(rows) == {summary, full}
    end_disclosure(full, actor=acting("producer"))
    assert importer.get(reverse("importer:reports")).context["page"].rows == [summary]


def test_list_does_not_exist_for_who_imports_nothing(client, user_of):
    for key in ("producer", "verifier", "reviewer"):
        client.force_login(user_of(key))
        assert client.get(reverse("importer:reports")).status_code == 404


def test_page_is_logged_before_it_is_shown(importer, summary, user_of):
    assert importer.get(address(summary)).status_code == 200
    (view,) = DisclosureView.objects.filter(disclosure=summary)
    assert (view.viewed_by, view.format, view.document) == (user_of("importer"), "page", "operator-summary-report/1")


def test_summary_grant_gives_the_summary_and_nothing_of_the_full_report(importer, summary):
    page = importer.get(address(summary)).content.decode()
    assert "Operator’s summary emissions report" in page
    assert "Coke breeze" not in page
    told = json.loads(importer.get(address(summary, "json")).content)
    assert told["schema"] == "operator-summary-report/1"
    assert "4800000" not in json.dumps(told)
    for attempt in ("full", "summary", "page", "xml"):
        assert importer.get(address(summary, attempt)).status_code == 404
    assert importer.get(f"{address(summary)}?level=full&name=full").context["shown"]["report"].schema == told["schema"]


def test_full_grant_gives_all_items(importer, full):
    response = importer.get(address(full, "json"))
    assert len(json.loads(response.content)["items"]) == 35
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert [view.format for view in DisclosureView.objects.filter(disclosure=full)] == ["json"]


def test_pdf_is_handed_out_under_log(importer, summary):
    response = importer.get(address(summary, "pdf"))
    assert response.content.startswith(b"%PDF-")
    assert [view.format for view in DisclosureView.objects.filter(disclosure=summary)] == ["pdf"]


def test_ended_grant_does_not_exist_and_is_not_logged(importer, summary, acting):
    end_disclosure(summary, actor=acting("producer"))
    for form in ("", "pdf", "json"):
        assert importer.get(address(summary, form)).status_code == 404
    assert not DisclosureView.objects.exists()


def test_grant_of_another_importer_does_not_exist(client, summary):
    _other, person = make_organisation("Elsewhere imports", is_importer=True)
    client.force_login(person)
    for form in ("", "pdf", "json"):
        assert client.get(address(summary, form)).status_code == 404
    assert not DisclosureView.objects.exists()


def test_member_who_left_sees_nothing(importer, summary, user_of):
    user_of("importer").memberships.update(ended_at=summary.granted_at)
    assert importer.get(address(summary)).status_code == 404


def test_importer_does_not_reach_the_producers_or_the_officials_pages(importer, summary):
    claim = summary.claim_id
    for audience in ("producer", "official"):
        assert importer.get(reverse(f"{audience}:claim_reports", args=[claim])).status_code == 404
        for name in ("full", "summary"):
            assert importer.get(reverse(f"{audience}:claim_report", args=[claim, name])).status_code == 404
            assert (
                importer.get(reverse(f"{audience}:claim_report_download", args=[claim, name, "json"])).status_code
                == 404
            )


def test_state_of_a_claim_is_told_only_once_it_is_public(importer, summary, full):
    assert "Approved" in importer.get(address(summary)).content.decode()
    assert "Waiting for decision" not in importer.get(address(full)).content.decode()
    told = importer.get(reverse("importer:reports")).content.decode()
    assert "Approved" in told
    assert "Waiting for decision" not in told


def test_changes_after_the_grant_do_not_reach_the_importer(importer, summary):
    claim = summary.claim
    claim.reading["report"]["installation"]["registry_id"] = "CHANGED-1"
    claim.save(update_fields=["reading"])
    assert "CHANGED-1" not in importer.get(address(summary)).content.decode()


def test_addendum_shows_its_declarant_alone(importer, acting, claim_at):
    sealed = addendum_of(claim_at("Silifke").snapshots.get())
    recipient = Organisation.objects.get(name="Nordhafen Import GmbH")
    grant = grant_disclosure(sealed, actor=acting("producer"), recipient=recipient, level=Level.ADDENDUM, addendum="A1")
    told = json.loads(importer.get(address(grant, "json")).content)
    assert (told["schema"], len(told["items"])) == ("electricity-addendum/1", 3)
    assert told["items"][0]["fields"][0]["value"] == "DE123456789012345"
