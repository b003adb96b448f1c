"""Who acts for an organisation: members see it, managers change it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from portal.account.members import ADDITIONS_PER_MINUTE
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.people import make_user
from verification.registry.models import Membership
from verification.registry.selectors import actor_for
from verification.registry.services import add_member

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def works():
    return make_organisation("Works", is_producer=True)


@pytest.fixture
def manager(client, works):
    client.force_login(works[1])
    return client


@pytest.fixture
def colleague():
    return make_user()


@pytest.fixture
def membership(works, colleague):
    return add_member(works[0], colleague, "member", actor=SYSTEM)


def address_of(works, name="members", *more):
    return reverse(f"account:{name}", args=[works[0].pk, *more])


def added(manager, works, email="Ada@works.example", role="member"):
    return manager.post(address_of(works, "member_add"), {"email": email, "role": role})


def test_profile_leads_to_the_members(manager, works):
    assert f'href="{address_of(works)}"' in manager.get(reverse("account:profile")).content.decode()


def test_profile_of_a_person_without_organisation_leads_to_registering_one(client, colleague):
    client.force_login(colleague)
    page = client.get(reverse("account:profile")).content.decode()
    assert f'href="{reverse("producer:organisation_register")}"' in page


def test_manager_adds_a_colleague(manager, works, colleague):
    assert added(manager, works)["Location"] == address_of(works)
    assert actor_for(colleague).belongs_to(works[0].pk)
    assert "Ada Demir" in manager.get(address_of(works)).content.decode()


def test_unknown_address_is_told_beside_its_field_and_kept(manager, works):
    response = added(manager, works, "eve@works.example")
    assert list(response.context["form"].errors) == ["email"]
    assert 'value="eve@works.example"' in response.content.decode()
    assert Membership.objects.count() == 1


def test_member_is_not_added_twice(manager, works, membership):
    response = added(manager, works, role="manager")
    assert list(response.context["form"].errors) == ["email"]
    assert Membership.objects.get(pk=membership.pk).role == "member"


def test_addresses_are_not_tried_out(manager, works, colleague):
    for number in range(ADDITIONS_PER_MINUTE):
        added(manager, works, f"{number}@works.example")
    response = added(manager, works)
    assert response.context["form"].non_field_errors()
    assert not actor_for(colleague).belongs_to(works[0].pk)


def test_member_sees_the_list_and_changes_nothing(client, works, colleague, membership):
    client.force_login(colleague)
    page = client.get(address_of(works)).content.decode()
    assert works[1].full_name in page
    assert address_of(works, "member_add") not in page
    own = Membership.objects.get(user=works[1])
    assert added(client, works, works[1].email).status_code == 403
    for method in (client.get, client.post):
        assert method(address_of(works, "member_end", own.pk)).status_code == 403
    assert Membership.objects.filter(ended_at=None).count() == 2


def test_members_do_not_exist_for_others(client, works, membership):
    client.force_login(make_organisation("Elsewhere", is_producer=True)[1])
    assert client.get(address_of(works)).status_code == 404
    assert added(client, works).status_code == 404
    assert client.post(address_of(works, "member_end", membership.pk)).status_code == 404


def test_membership_of_another_organisation_is_not_ended(manager, works):
    elsewhere, _user = make_organisation("Elsewhere", is_producer=True)
    foreign = Membership.objects.get(organisation=elsewhere)
    assert manager.post(address_of(works, "member_end", foreign.pk)).status_code == 404
    assert Membership.objects.get(pk=foreign.pk).ended_at is None


def test_strangers_are_asked_to_sign_in(client, works):
    assert client.get(address_of(works)).status_code == 302


def test_manager_ends_a_membership_after_a_question(manager, works, colleague, membership):
    address = address_of(works, "member_end", membership.pk)
    assert "Ada Demir" in manager.get(address).content.decode()
    assert actor_for(colleague).belongs_to(works[0].pk)
    assert manager.post(address)["Location"] == address_of(works)
    assert not actor_for(colleague).belongs_to(works[0].pk)
    assert manager.post(address).status_code == 404


def test_last_manager_stays(manager, works, membership):
    own = Membership.objects.get(user=works[1])
    assert address_of(works, "member_end", own.pk) not in manager.get(address_of(works)).content.decode()
    assert manager.post(address_of(works, "member_end", own.pk)).status_code == 409
    assert Membership.objects.get(pk=own.pk).ended_at is None


def test_manager_leaves_when_another_manages(manager, works, colleague):
    added(manager, works, role="manager")
    own = Membership.objects.get(user=works[1])
    assert manager.post(address_of(works, "member_end", own.pk))["Location"] == reverse("account:profile")
    assert manager.get(address_of(works)).status_code == 404
