"""Members, accreditations with their measures, and officials."""

from datetime import date

import pytest

from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.people import make_official, make_user
from verification.audit.models import Event
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.registry.enums import MembershipRole
from verification.registry.models import Accreditation, AccreditationMeasure, Membership
from verification.registry.selectors import (
    accreditations_for,
    actor_for,
    memberships_for,
    verifiers_accredited_on,
    verifiers_for,
)
from verification.registry.services import (
    add_member,
    appoint_official,
    end_appointment,
    end_membership,
    record_accreditation,
    record_accreditation_measure,
)

pytestmark = [pytest.mark.db, pytest.mark.django_db]

SPAN = {"valid_from": date(2026, 9, 1), "valid_to": date(2031, 9, 1)}
DETAILS = {"body": "Body", "body_country": "DE", "number": "V-1", "sectors": ["hydrogen", "cement"]} | SPAN


@pytest.fixture
def works():
    return make_organisation("Works", is_producer=True)


@pytest.fixture
def verifier():
    return make_organisation("Checkers", is_verifier=True)[0]


@pytest.fixture
def accreditation(verifier):
    return record_accreditation(verifier, actor=SYSTEM, **DETAILS)


def codes_of(refusal):
    return [problem.code for problem in refusal.value.problems]


def last_event():
    return Event.objects.latest("sequence").name


def test_manager_adds_a_member_who_acts_at_once(works):
    organisation, manager = works
    colleague = make_user()
    add_member(organisation, colleague, MembershipRole.MEMBER, actor=actor_for(manager))
    assert actor_for(colleague).belongs_to(organisation.pk)
    assert last_event() == "registry.member.added"
    assert [m.user for m in memberships_for(actor_for(colleague), organisation.pk)] == [manager, colleague]


def test_member_is_not_added_twice(works):
    organisation, manager = works
    with pytest.raises(InvalidInput) as refusal:
        add_member(organisation, manager, MembershipRole.MEMBER, actor=actor_for(manager))
    assert codes_of(refusal) == ["REG-020"]


def test_only_a_manager_changes_members(works):
    organisation, manager = works
    colleague, stranger = make_user(), make_organisation("Elsewhere", is_producer=True)[1]
    add_member(organisation, colleague, MembershipRole.MEMBER, actor=actor_for(manager))
    membership = Membership.objects.get(user=manager)
    for person in (colleague, stranger):
        with pytest.raises(NotAllowed):
            add_member(organisation, make_user(f"x{person.pk}@y.example"), "member", actor=actor_for(person))
        with pytest.raises(NotAllowed):
            end_membership(membership, actor=actor_for(person))


def test_members_are_not_shown_to_others(works):
    organisation, _manager = works
    stranger = make_organisation("Elsewhere", is_producer=True)[1]
    assert not memberships_for(actor_for(stranger), organisation.pk)


def test_ended_membership_ends_at_once_and_may_be_opened_again(works):
    organisation, manager = works
    colleague = make_user()
    membership = add_member(organisation, colleague, MembershipRole.MEMBER, actor=actor_for(manager))
    end_membership(membership, actor=actor_for(manager))
    assert last_event() == "registry.member.ended"
    assert not actor_for(colleague).belongs_to(organisation.pk)
    with pytest.raises(Conflict, match="ended already"):
        end_membership(membership, actor=actor_for(manager))
    add_member(organisation, colleague, MembershipRole.MANAGER, actor=actor_for(manager))
    assert actor_for(colleague).belongs_to(organisation.pk)


def test_last_manager_stays(works):
    organisation, manager = works
    own = Membership.objects.get(user=manager)
    deputy = make_user()
    membership = add_member(organisation, deputy, MembershipRole.MANAGER, actor=actor_for(manager))
    deputy.is_active = False
    deputy.save()
    with pytest.raises(Conflict, match="last manager"):
        end_membership(own, actor=actor_for(manager))
    deputy.is_active = True
    deputy.save()
    end_membership(own, actor=actor_for(manager))
    with pytest.raises(Conflict, match="last manager"):
        end_membership(membership, actor=SYSTEM)


def test_accreditation_is_recorded_by_a_steward_only(verifier):
    for role in ("reviewer", "approver"):
        with pytest.raises(NotAllowed):
            record_accreditation(verifier, actor=actor_for(make_official(f"{role}@o.example", role)), **DETAILS)
    steward = actor_for(make_official("s@o.example", "steward"))
    assert record_accreditation(verifier, actor=steward, **DETAILS).sectors == ["cement", "hydrogen"]
    assert last_event() == "registry.accreditation.recorded"


def test_accreditation_of_what_is_no_verifier_is_refused(works):
    with pytest.raises(NotAllowed):
        record_accreditation(works[0], actor=SYSTEM, **DETAILS)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sectors": []}, "REG-012"),
        ({"valid_to": date(2026, 9, 1)}, "REG-011"),
        ({"valid_to": date(2031, 9, 2)}, "REG-010"),
        ({"number": "V-1"}, "REG-013"),
    ],
)
def test_wrong_accreditation_is_refused(accreditation, changes, code):
    with pytest.raises(InvalidInput) as refusal:
        record_accreditation(accreditation.organisation, actor=SYSTEM, **(DETAILS | {"number": "V-2"} | changes))
    assert codes_of(refusal) == [code]
    assert Accreditation.objects.count() == 1


def test_suspended_verifier_is_not_offered_from_that_day_until_it_is_reinstated(accreditation):
    verifier = accreditation.organisation
    measure(accreditation, "suspended", date(2027, 3, 1))
    measure(accreditation, "reinstated", date(2027, 4, 1))
    assert verifiers_accredited_on(date(2027, 2, 28)) == [verifier]
    assert verifiers_accredited_on(date(2027, 3, 1)) == []
    assert verifiers_accredited_on(date(2027, 4, 1)) == [verifier]
    assert last_event() == "registry.accreditation.reinstated"


@pytest.mark.parametrize(
    ("before", "kind", "effective_on", "code"),
    [
        ([], "reinstated", date(2027, 3, 1), "REG-031"),
        (["suspended"], "suspended", date(2027, 3, 2), "REG-031"),
        (["withdrawn"], "reinstated", date(2027, 3, 2), "REG-030"),
        ([], "suspended", date(2026, 8, 31), "REG-032"),
        ([], "withdrawn", date(2031, 9, 1), "REG-032"),
        (["suspended"], "withdrawn", date(2027, 2, 28), "REG-033"),
    ],
)
def test_measure_out_of_order_is_refused(accreditation, before, kind, effective_on, code):
    for earlier in before:
        measure(accreditation, earlier, date(2027, 3, 1))
    with pytest.raises(InvalidInput) as refusal:
        measure(accreditation, kind, effective_on)
    assert codes_of(refusal) == [code]
    assert AccreditationMeasure.objects.count() == len(before)


def test_register_of_verifiers_is_for_stewards(accreditation):
    steward = actor_for(make_official("s@o.example", "steward"))
    approver = actor_for(make_official("a@o.example", "approver"))
    assert list(verifiers_for(steward)) == [accreditation.organisation]
    assert list(accreditations_for(steward)) == [accreditation]
    assert not verifiers_for(approver)
    assert not accreditations_for(approver)


def test_official_is_appointed_and_the_appointment_ended_at_once():
    user = make_user()
    appoint_official(user, "reviewer", official_number="R-1", actor=SYSTEM)
    assert actor_for(user).roles == {"reviewer"}
    with pytest.raises(InvalidInput, match="reviewer already"):
        appoint_official(user, "reviewer", official_number="R-2", actor=SYSTEM)
    assert end_appointment(user, "reviewer", actor=SYSTEM).valid_to == clock.today()
    assert last_event() == "accounts.official.ended"
    assert actor_for(user).roles == frozenset()
    with pytest.raises(Conflict):
        end_appointment(user, "reviewer", actor=SYSTEM)
    appoint_official(user, "reviewer", official_number="R-3", actor=SYSTEM)
    assert actor_for(user).roles == {"reviewer"}


def test_unknown_role_is_not_given():
    with pytest.raises(InvalidInput):
        appoint_official(make_user(), "minister", official_number="M-1", actor=SYSTEM)


@pytest.mark.parametrize("number", ["", " ", "R" * 21])
def test_official_number_fits_its_place_on_decisions(number):
    with pytest.raises(InvalidInput):
        appoint_official(make_user(), "reviewer", official_number=number, actor=SYSTEM)


def test_officials_are_appointed_by_stewards_only():
    official = make_official()
    with pytest.raises(NotAllowed):
        appoint_official(official, "approver", official_number="A-1", actor=actor_for(official))
    with pytest.raises(NotAllowed):
        end_appointment(official, "reviewer", actor=actor_for(official))


def measure(accreditation, kind, effective_on):
    return record_accreditation_measure(
        accreditation, kind, effective_on=effective_on, reason="Notified by the body.", actor=SYSTEM
    )
