"""Stewards keep the register of verifiers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.people import make_user
from verification.audit.models import Event
from verification.kernel import clock
from verification.registry.models import Accreditation, AccreditationMeasure, Organisation
from verification.registry.selectors import verifiers_accredited_on
from verification.registry.services import record_accreditation

pytestmark = [pytest.mark.db, pytest.mark.django_db]

VERIFIER = {
    "name": "New Checkers",
    "country": "TR",
    "registration_number": "42",
    "address": "1 Test Road",
    "contact_email": "office@checkers.example",
    "founder": "Ada@works.example",
}
ACCREDITATION = {
    "body": "Body",
    "body_country": "DE",
    "number": "V-1",
    "sectors": ["cement", "hydrogen"],
    "valid_from": "2027-01-01",
    "valid_to": "2030-01-01",
}
MEASURE = {"kind": "suspended", "effective_on": "2027-03-15", "reason": "Notice 12."}


@pytest.fixture
def steward(client_of):
    return client_of("reviewer")


@pytest.fixture
def accreditation(world):
    return Accreditation.objects.get()


def measured(steward, accreditation, **changes):
    return steward.post(reverse("official:accreditation_measure", args=[accreditation.pk]), MEASURE | changes)


@pytest.mark.parametrize("name", ["verifiers", "verifier_register"])
def test_register_does_not_exist_for_officials_who_are_no_stewards(name, client_of):
    assert client_of("approver").get(reverse(f"official:{name}")).status_code == 404
    assert client_of("approver").post(reverse(f"official:{name}"), VERIFIER).status_code == 404


def test_entry_above_the_page_is_for_stewards(client_of):
    entry = f'href="{reverse("official:verifiers")}"'
    assert entry in client_of("reviewer").get(reverse("official:queue")).content.decode()
    assert entry not in client_of("approver").get(reverse("official:queue")).content.decode()


def test_list_tells_scope_and_standing_today(steward, accreditation):
    page = steward.get(reverse("official:verifiers")).content.decode()
    assert accreditation.number in page
    assert "Cement, Fertilisers, Hydrogen, Iron and steel" in page
    assert '<span class="status status-valid">Holds</span>' in page


def test_list_issues_as_many_queries_for_one_verifier_as_for_many(steward, accreditation):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert steward.get(reverse("official:verifiers")).status_code == 200
        return len(captured)

    queries()
    with_one = queries()
    span = {"valid_from": accreditation.valid_from, "valid_to": accreditation.valid_to}
    for number in range(4):
        made, _user = make_organisation(f"Checkers {number}", is_verifier=True)
        record_accreditation(
            made, actor=SYSTEM, body="B", body_country="DE", number=str(number), sectors=["cement"], **span
        )
    assert queries() == with_one


def test_verifier_is_entered_accredited_and_offered_to_producers(steward):
    founder = make_user()
    response = steward.post(reverse("official:verifier_register"), VERIFIER)
    made = Organisation.objects.get(name="New Checkers")
    assert made.is_verifier
    assert made.memberships.get().user == founder
    assert response["Location"] == reverse("official:accreditation_record", args=[made.pk])
    assert made not in verifiers_accredited_on(clock.today())
    response = steward.post(response["Location"], ACCREDITATION)
    assert response["Location"] == reverse("official:verifier", args=[made.pk])
    assert made in verifiers_accredited_on(clock.today())
    assert "V-1" in steward.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"founder": "nobody@works.example"}, "founder"),
        ({"registration_number": "0068 0551 2290 0011"}, "registration_number"),
        ({"country": ""}, "country"),
    ],
)
def test_wrong_verifier_is_told_beside_its_field_and_kept(steward, changes, field):
    make_user()
    response = steward.post(reverse("official:verifier_register"), VERIFIER | changes)
    assert list(response.context["form"].errors) == [field]
    assert 'value="New Checkers"' in response.content.decode()
    assert not Organisation.objects.filter(name="New Checkers").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sectors": []}, "sectors"),
        ({"sectors": ["tourism"]}, "sectors"),
        ({"valid_to": "2027-01-01"}, "valid_to"),
        ({"valid_to": "2032-01-02"}, "valid_to"),
        ({"body": "Demonstration Accreditation Body", "number": "DAB-V-0042"}, "number"),
    ],
)
def test_wrong_accreditation_is_told_beside_its_field_and_kept(steward, accreditation, changes, field):
    address = reverse("official:accreditation_record", args=[accreditation.organisation_id])
    response = steward.post(address, ACCREDITATION | changes)
    assert list(response.context["form"].errors) == [field]
    assert 'value="2027-01-01"' in response.content.decode()
    assert Accreditation.objects.count() == 1


def test_accreditation_is_not_recorded_for_a_producer(steward):
    producer = Organisation.objects.get(is_producer=True)
    assert steward.post(reverse("official:accreditation_record", args=[producer.pk]), ACCREDITATION).status_code == 404


def test_suspension_ends_the_standing_on_its_day(steward, accreditation):
    response = measured(steward, accreditation)
    address = reverse("official:verifier", args=[accreditation.organisation_id])
    assert response["Location"] == address
    assert verifiers_accredited_on(clock.today()) == []
    page = steward.get(address).content.decode()
    assert "Notice 12." in page
    assert '<span class="status status-act">Suspended</span>' in page
    assert Event.objects.filter(name="registry.accreditation.suspended").count() == 1


def test_measure_out_of_order_is_told_and_kept(steward, accreditation):
    response = measured(steward, accreditation, kind="reinstated")
    assert list(response.context["form"].errors) == ["kind"]
    assert "Notice 12." in response.content.decode()
    assert not AccreditationMeasure.objects.exists()


def test_withdrawal_is_the_last_measure(steward, accreditation):
    measured(steward, accreditation, kind="withdrawn")
    page = steward.get(reverse("official:verifier", args=[accreditation.organisation_id])).content.decode()
    assert reverse("official:accreditation_measure", args=[accreditation.pk]) not in page
    assert measured(steward, accreditation, kind="reinstated").status_code == 200
    assert AccreditationMeasure.objects.count() == 1


def test_statements_touched_by_a_measure_are_listed(steward, accreditation, claim_at):
    """Those that no longer stand come first; before a measure there is no list."""
    address = reverse("official:verifier", args=[accreditation.organisation_id])
    assert steward.get(address).context["touched"] == []
    measured(steward, accreditation, effective_on="2027-02-12")
    response = steward.get(address)
    stands = {each.claim.number: each.stands for each in response.context["touched"]}
    assert stands[claim_at("Gebze").number] is False
    assert stands[claim_at("Aliağa").number] is True
    assert [each.stands for each in response.context["touched"]] == sorted(stands.values())
    shown = response.content.decode()
    assert "No longer valid" in shown
    assert reverse("official:claim", args=[claim_at("Gebze").pk]) in shown
