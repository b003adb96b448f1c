"""The fresh second factor that signatures rest on."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import RequestFactory

from portal.ui.second_factor import has_second_factor, second_factor_at, verify_code
from tests.factories.people import current_code, give_authenticator, make_user
from verification.kernel import clock

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def request_of():
    def make(user):
        request = RequestFactory().post("/")
        request.user = user
        request.session = SessionStore()
        return request

    return make


def test_right_code_is_accepted_and_recorded_in_the_session(request_of):
    user = make_user()
    request = request_of(user)
    code = current_code(give_authenticator(user))
    before = clock.wall_now()
    assert second_factor_at(request) is None
    assert verify_code(request, f"{code[:3]} {code[3:]}") is True
    assert before - timedelta(seconds=1) <= second_factor_at(request) <= clock.wall_now()


def test_wrong_code_is_refused_and_not_recorded(request_of):
    user = make_user()
    request = request_of(user)
    right = current_code(give_authenticator(user))
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    assert verify_code(request, wrong) is False
    assert second_factor_at(request) is None


def test_code_used_once_is_refused_again(request_of):
    user = make_user()
    code = current_code(give_authenticator(user))
    assert verify_code(request_of(user), code) is True
    assert verify_code(request_of(user), code) is False


def test_second_of_two_requests_at_once_is_refused_without_a_cache(request_of, monkeypatch):
    """The cache may lose its mark, as a folder shared by processes can; the database row does not."""
    user = make_user()
    authenticator = give_authenticator(user)
    code = current_code(authenticator)
    rival = request_of(user)

    def validate_while_a_rival_wins(self, typed):
        monkeypatch.undo()
        assert verify_code(rival, typed) is True
        return True

    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP.validate_code", validate_while_a_rival_wins)
    request = request_of(user)
    assert verify_code(request, code) is False
    assert second_factor_at(request) is None


def test_code_of_another_person_is_refused(request_of):
    owner, other = make_user("owner@x.example"), make_user("other@x.example")
    code = current_code(give_authenticator(owner))
    assert verify_code(request_of(other), code) is False


def test_too_many_wrong_codes_close_the_way_for_the_right_one(request_of):
    user = make_user()
    authenticator = give_authenticator(user)
    right = current_code(authenticator)
    request = request_of(user)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _try in range(12):
        verify_code(request, wrong)
    assert verify_code(request, current_code(authenticator)) is False


def test_recovery_code_at_sign_in_is_no_fresh_proof(request_of):
    user = make_user()
    request = request_of(user)
    record_authentication(request, user, "mfa", id=1, type=Authenticator.Type.RECOVERY_CODES)
    record_authentication(request, user, "password")
    assert second_factor_at(request) is None


def test_newest_proof_counts_and_is_utc(request_of):
    user = make_user()
    request = request_of(user)
    record_authentication(request, user, "mfa", id=1, type=Authenticator.Type.TOTP)
    request.session["account_authentication_methods"][0]["at"] = 1_700_000_000.0
    assert second_factor_at(request) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_proof_of_another_person_in_the_same_browser_does_not_count(request_of):
    first, second = make_user("first@x.example"), make_user("second@x.example")
    request = request_of(first)
    record_authentication(request, first, "mfa", id=1, type=Authenticator.Type.TOTP)
    request.user = second
    assert second_factor_at(request) is None


def test_recovery_codes_alone_are_no_second_factor():
    user = make_user()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert has_second_factor(user) is False
    assert has_second_factor(AnonymousUser()) is False
    give_authenticator(user)
    assert has_second_factor(user) is True


def test_secret_of_an_authenticator_rests_encrypted():
    authenticator = give_authenticator(make_user())
    assert authenticator.data["secret"].startswith("gAAAA")
