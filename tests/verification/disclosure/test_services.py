"""Grants on sealed numbers, their end, and a log that comes before the report. The database agrees."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from tests.factories.disclosure import addendum_of
from tests.factories.organisations import make_organisation
from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.claims.models import Claim
from verification.disclosure.assembly import (
    ReportName,
    current_source,
    names_of_reports,
    report_named,
    source_of_snapshot,
)
from verification.disclosure.enums import Level, ViewFormat
from verification.disclosure.models import Disclosure, DisclosureView
from verification.disclosure.selectors import disclosures_for, importers_named, shared_with, views_for
from verification.disclosure.services import end_disclosure, grant_disclosure, record_view
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.notifications.models import Notice
from verification.registry.models import Organisation
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db


@pytest.fixture
def importer(world: None) -> Organisation:
    return Organisation.objects.get(name="Nordhafen Import GmbH")


@pytest.fixture
def sealed(claim_at: Callable[[str], Claim]):
    """Sealed numbers of a claim that nobody was shown yet."""
    return claim_at("Silifke").snapshots.get()


@pytest.fixture
def grant(sealed, importer, acting):
    return grant_disclosure(sealed, actor=acting("producer"), recipient=importer, level=Level.SUMMARY, note="Order 7")


def test_grant_is_recorded_and_the_recipient_is_told(grant, sealed, importer, user_of):
    assert (grant.claim, grant.snapshot, grant.recipient, grant.ended_at) == (sealed.claim, sealed, importer, None)
    event = Event.objects.latest("sequence")
    assert (event.name, event.subject_id) == ("disclosure.report.granted", str(sealed.claim_id))
    facts = json.loads(event.facts)
    assert (facts["snapshot_sha256"], facts["level"]) == (sealed.sha256, "summary")
    notice = Notice.objects.filter(user=user_of("importer")).latest("pk")
    assert (notice.kind, notice.address) == ("report_shared", f"/importer/reports/{grant.pk}/")


@pytest.mark.parametrize("somebody", ["importer", "verifier", "reviewer", "approver"])
def test_only_the_producer_shares(sealed, importer, acting, somebody):
    with pytest.raises(NotAllowed):
        grant_disclosure(sealed, actor=acting(somebody), recipient=importer, level=Level.SUMMARY)


def test_only_importers_are_shown_reports(sealed, acting):
    verifier = Organisation.objects.get(name="Anadolu Verification")
    with pytest.raises(InvalidInput) as refusal:
        grant_disclosure(sealed, actor=acting("producer"), recipient=verifier, level=Level.SUMMARY)
    assert [(each.code, each.field) for each in refusal.value.problems] == [("DIS-001", "recipient")]


def test_same_report_is_not_shared_twice(grant, sealed, importer, acting):
    before = Event.objects.count()
    with pytest.raises(Conflict):
        grant_disclosure(sealed, actor=acting("producer"), recipient=importer, level=Level.SUMMARY)
    assert Event.objects.count() == before
    grant_disclosure(sealed, actor=acting("producer"), recipient=importer, level=Level.FULL)


def test_ended_grant_ends_access_at_once_and_can_be_given_again(grant, sealed, importer, acting):
    reader = acting("importer")
    assert grant in shared_with(reader)
    end_disclosure(grant, actor=acting("producer"))
    assert grant not in shared_with(reader)
    with pytest.raises(NotAllowed):
        record_view(grant, actor=reader, document="operator-summary-report/1", view_format=ViewFormat.PAGE)
    assert not DisclosureView.objects.filter(disclosure=grant).exists()
    with pytest.raises(Conflict):
        end_disclosure(grant, actor=acting("producer"))
    grant_disclosure(sealed, actor=acting("producer"), recipient=importer, level=Level.SUMMARY)


def test_only_the_producer_ends(grant, acting):
    with pytest.raises(NotAllowed):
        end_disclosure(grant, actor=acting("importer"))


def test_view_is_logged_with_person_report_and_format(grant, acting, user_of):
    record_view(grant, actor=acting("importer"), document="operator-summary-report/1", view_format=ViewFormat.PDF)
    (view,) = views_for(acting("producer"), grant.claim)
    assert (view.viewed_by, view.document, view.format) == (user_of("importer"), "operator-summary-report/1", "pdf")
    assert Event.objects.latest("sequence").name == "disclosure.report.viewed"


def test_others_are_no_recipients(grant, acting):
    _other, person = make_organisation("Elsewhere imports", is_importer=True)
    for stranger in (actor_for(person), acting("producer"), acting("reviewer"), Actor.anonymous()):
        assert grant not in shared_with(stranger)
        with pytest.raises(NotAllowed):
            record_view(grant, actor=stranger, document="x", view_format=ViewFormat.PAGE)


def test_grants_and_log_are_hidden_from_recipients_and_strangers(grant, acting):
    assert list(disclosures_for(acting("producer"), grant.claim)) == [grant]
    assert list(disclosures_for(acting("reviewer"), grant.claim)) == [grant]
    assert list(disclosures_for(acting("importer"), grant.claim)) == []
    assert list(views_for(acting("importer"), grant.claim)) == []


def test_addendum_goes_to_one_declarant(sealed, importer, acting):
    with_addendum = addendum_of(sealed)
    actor = acting("producer")
    grant = grant_disclosure(with_addendum, actor=actor, recipient=importer, level=Level.ADDENDUM, addendum="A1")
    assert (grant.addendum, grant.eori) == ("A1", "DE123456789012345")
    other, _person = make_organisation("Elsewhere imports", is_importer=True)
    with pytest.raises(Conflict):
        grant_disclosure(with_addendum, actor=actor, recipient=other, level=Level.ADDENDUM, addendum="A1")
    source = source_of_snapshot(with_addendum)
    assert names_of_reports(source)[-1] == ReportName(Level.ADDENDUM, "A1")
    assert report_named(source, names_of_reports(source)[-1]).schema == "electricity-addendum/1"


@pytest.mark.parametrize(("addendum", "eori", "code"), [("A2", "DE1", "DIS-002"), ("A1", "", "DIS-003")])
def test_addendum_must_be_there_and_name_its_declarant(sealed, importer, acting, addendum, eori, code):
    with pytest.raises(InvalidInput) as refusal:
        grant_disclosure(
            addendum_of(sealed, eori), actor=acting("producer"), recipient=importer, level=Level.ADDENDUM,
            addendum=addendum,
        )  # fmt: skip
    assert [each.code for each in refusal.value.problems] == [code]


@pytest.mark.parametrize("typed", ["HRB 220417", "hrb 220417", " Nordhafen  Import GmbH "])
def test_importer_is_found_by_exact_number_or_name(importer, typed):
    assert importers_named(typed) == [importer]


@pytest.mark.parametrize("typed", ["", "Nordhafen", "HRB", "%", "Anadolu Verification"])
def test_importers_cannot_be_looked_through(importer, typed):
    assert importers_named(typed) == []


@pytest.mark.parametrize(
    "change", [{"level": "full"}, {"note": "x"}, {"eori": "x"}, {"granted_at": None}, {"recipient_id": None}]
)
def test_database_refuses_to_change_a_grant(grant, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=grant.pk).update(**change)


def test_database_refuses_to_open_an_ended_grant_again(grant, acting):
    end_disclosure(grant, actor=acting("producer"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=grant.pk).update(ended_at=None, ended_by=None)


def test_database_refuses_half_an_end_and_a_nameless_addendum(grant, sealed, importer, user_of):
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=grant.pk).update(ended_at=clock.now())
    fields = {
        "claim": sealed.claim, "snapshot": sealed, "recipient": importer, "granted_by": user_of("producer"),
        "granted_at": clock.now(),
    }  # fmt: skip
    for wrong in ({"level": "addendum"}, {"level": "full", "addendum": "A1"}, {"level": "all"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.create(**fields, **wrong)


def test_database_refuses_to_change_or_delete_the_log(grant, acting):
    view = record_view(grant, actor=acting("importer"), document="x", view_format=ViewFormat.PAGE)
    rows = DisclosureView.objects.filter(pk=view.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(document="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=grant.pk).delete()


def test_draft_is_told_apart_from_what_is_sealed(claim_at):
    sealed = current_source(claim_at("Karabük"))
    assert (sealed.snapshot, sealed.sha256) == (1, claim_at("Karabük").snapshots.get().sha256)
    claim = claim_at("Karabük")
    claim.reading["goods"][0]["see_direct"] = "9"
    assert current_source(claim).snapshot is None
    assert current_source(claim_at("Gaziantep")).identity.is_draft


def test_sent_claim_stays_sealed_whatever_changes_in_the_register(claim_at):
    claim = claim_at("Silifke")
    claim.organisation.address = "Elsewhere"
    claim.reading["goods"][0]["see_direct"] = "9"
    assert current_source(claim).snapshot == claim.snapshots.get().number


def test_sealed_report_names_its_verifier(claim_at):
    told = source_of_snapshot(claim_at("Aliağa").snapshots.get()).statement
    assert (told["verifier"], told["opinion"]) == ("Anadolu Verification", "Satisfactory")
    assert source_of_snapshot(claim_at("Karabük").snapshots.get()).statement is None
