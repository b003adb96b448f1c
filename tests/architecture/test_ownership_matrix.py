"""URL × ownership: every address of the site by everybody, reading and by a forged post.

What is somebody else's does not exist: 404 for whatever method the address takes. 405 says only that it takes
another method, the same for every id. The table of guarded addresses stands in ``test_urls``; those without an
audience stand here. An address in neither fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from tests.architecture.access_matrix import ANONYMOUS, browsers_of, make_people, names_of_addresses
from tests.architecture.test_urls import GUARDED, PAGES, Page, address_of
from verification.accounts.models import User
from verification.audit.models import Event
from verification.claims.models import Claim
from verification.notifications.models import Notice
from verification.registry.models import Membership

pytestmark = pytest.mark.db
LOGIN = "/account/login/"
OFFICIALS = {"reviewer", "approver", "lead", "judge", "other_reviewer", "other_approver", "steward"}
STEWARDS = {"reviewer", "steward"}
KEEPERS = {*STEWARDS, "approver", "judge", "other_approver"}
ISSUERS = {*STEWARDS, "lead"}
EXACTLY = {
    "official:absence_cancel": {"reviewer", "lead"},
    "official:issuing": ISSUERS,
    "official:issuing_batch": ISSUERS,
    "official:issuing_retry": ISSUERS,
    "official:wording": KEEPERS,
    "official:wording_publish": KEEPERS,
}
"""Addresses whose people are not those of an office: wordings are kept by stewards and approvers, an absence is
cancelled by the person or by a head of team, stewards and heads of team seal in batches."""
OPENED = (200, 302, 405, 409)
PUBLIC = {
    "health_live", "health_ready", "public:landing", "public:check", "public:check_result", "public:check_digest",
    "public:check_json", "public:checks", "public:form_file",
    "public:benchmarks", "public:statistics", "public:statistics_csv", "public:statistics_json",
    "public:accessibility", "public:credential", "public:status_list", "public:did",
    "account_login", "account_inactive", "account_signup", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "account_email_verification_sent", "account_confirm_email",
}  # fmt: skip
"""Open to everybody: nothing here belongs to anyone, or a key in the address is the permission."""
BETWEEN = {"mfa_authenticate", "mfa_login_webauthn", "account_confirm_login_code", "account_logout"}
"""Steps of signing in and out: they lead back to its beginning without one."""
SIGNED_IN = {
    "account:profile", "account:home", "account:second_factor_needed", "notifications:list", "notifications:read_all",
    "notifications:settings", "mfa_index", "mfa_list_webauthn", "account_reauthenticate", "account_email",
    "account_change_password", "account_set_password", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
}  # fmt: skip
"""About the person who is signed in, whoever that is."""
PARTS = {
    "public:check_result": {"reference": "none"},
    "public:check_digest": {"sha256": "none"},
    "public:check_json": {"reference": "none"},
    "public:credential": {"code": "none"},
    "public:status_list": {"purpose": "revocation", "number": 999},
    "public:form_file": {"which": "none", "kind": "none"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "none"},
    "account_confirm_email": {"key": "none"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


def _membership() -> Membership:
    return Membership.objects.get(user__email__startswith="producer@", ended_at=None)


OWN: dict[str, Callable[[], dict[str, object]]] = {
    "account:members": lambda: {"pk": _membership().organisation_id},
    "account:member_add": lambda: {"pk": _membership().organisation_id},
    "account:member_end": lambda: {"pk": _membership().organisation_id, "membership_pk": _membership().pk},
    "notifications:read": lambda: {"pk": Notice.objects.filter(user=_membership().user).latest("pk").pk},
}
"""Of the producer and its person; nobody else finds it."""


@pytest.fixture
def people(world: None) -> dict[str, User]:
    cache.clear()
    return make_people()


@pytest.fixture
def unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Views run whole, but every page is blank: whether something exists is told by the status alone."""
    monkeypatch.setattr(Template, "render", lambda *_said: '<html lang="en"/>')


@pytest.fixture
def browsers(people: dict[str, User]) -> dict[str, Client]:
    return browsers_of(people)


@pytest.mark.unit
def test_every_address_stands_in_a_table() -> None:
    assert set(names_of_addresses()) == set(PAGES) | PUBLIC | BETWEEN | SIGNED_IN | set(OWN)


@pytest.mark.usefixtures("unwritten")
@pytest.mark.parametrize("audience", GUARDED)
def test_guarded_things_exist_for_their_people_alone(browsers: dict[str, Client], audience: str) -> None:
    for name, page in _with_object(audience):
        _demand_own(browsers, name, address_of(name), _open_to(name, page))


@pytest.mark.usefixtures("unwritten")
def test_things_of_the_account_exist_for_their_people_alone(browsers: dict[str, Client]) -> None:
    for name, arguments in OWN.items():
        _demand_own(browsers, name, reverse(name, kwargs=arguments()), {"producer"})


@pytest.mark.parametrize("audience", GUARDED)
def test_pages_of_an_audience_ask_to_sign_in(browsers: dict[str, Client], audience: str) -> None:
    for name, page in _of(audience):
        if not page.arguments:
            for method in ("get", "post"):
                _demand_sign_in(getattr(browsers[ANONYMOUS], method)(address_of(name)), name)


def test_lists_show_nothing_of_others(browsers: dict[str, Client]) -> None:
    """Pages without an id are there for a whole kind of people; each finds its own on them."""
    numbers = re.compile("|".join(Claim.objects.values_list("number", flat=True)))
    strangers = ("other_producer", "other_verifier", "other_importer")
    for name in (name for name, page in PAGES.items() if not page.arguments):
        for key in strangers:
            answer = browsers[key].get(address_of(name))
            assert answer.status_code in (200, 302, 404, 405), (name, key)
            assert not numbers.search(answer.content.decode()), (name, key)


@pytest.mark.usefixtures("unwritten")
def test_lists_of_officials_do_not_exist_for_others(browsers: dict[str, Client]) -> None:
    for name, page in _of("official"):
        if not page.arguments:
            for key in set(browsers) - _open_to(name, page) - {ANONYMOUS}:
                _demand_nothing(browsers[key], address_of(name), browsers["reviewer"], (name, key))


def test_pages_about_oneself_ask_to_sign_in(browsers: dict[str, Client]) -> None:
    for name in sorted(SIGNED_IN):
        _demand_sign_in(browsers[ANONYMOUS].get(_plain(name)), name)


def test_steps_of_signing_in_lead_back_without_one(browsers: dict[str, Client]) -> None:
    for name in sorted(BETWEEN):
        assert browsers[ANONYMOUS].get(_plain(name)).status_code == 302, name


def test_public_pages_ask_nobody_to_sign_in(browsers: dict[str, Client]) -> None:
    for name in sorted(PUBLIC):
        answer = browsers[ANONYMOUS].get(_plain(name))
        assert not (answer.status_code == 302 and answer["Location"].startswith(LOGIN)), name
        assert answer.status_code in (200, 302, 404, 405, 503), name


def _demand_own(browsers: dict[str, Client], name: str, address: str, insiders: set[str]) -> None:
    """Insiders come in; everybody else finds nothing and leaves no trace."""
    insider = browsers[sorted(insiders)[0]]
    for method in ("get", "post"):
        _demand_sign_in(getattr(browsers[ANONYMOUS], method)(address), name)
    before = Event.objects.count()
    for key in set(browsers) - insiders - {ANONYMOUS}:
        _demand_nothing(browsers[key], address, insider, (name, key))
    assert Event.objects.count() == before, name
    for key in insiders:
        assert _undone(browsers[key], "get", address).status_code in OPENED, (name, key)


def _demand_nothing(stranger: Client, address: str, insider: Client, told: object) -> None:
    for method in ("get", "post"):
        status = getattr(stranger, method)(address, {"status": "approved"}).status_code
        if status == 405:
            assert _undone(insider, method, address).status_code == 405, (told, method)
        else:
            assert status == 404, (told, method)


def _undone(browser: Client, method: str, address: str) -> HttpResponse:
    """The answer; what it did is taken back."""
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        transaction.set_rollback(True)
    return answer


def _demand_sign_in(answer: HttpResponse, name: str) -> None:
    assert answer.status_code == 302, name
    assert answer["Location"].startswith((LOGIN, "/account/")), name


def _open_to(name: str, page: Page) -> set[str]:
    """The people of a page, with those of the same office that the table does not name one by one."""
    if name in EXACTLY:
        return EXACTLY[name]
    named = set(page.open_to)
    if "approver" in named:
        return named | OFFICIALS
    return named | STEWARDS if "reviewer" in named else named


def _of(audience: str) -> Iterator[tuple[str, Page]]:
    return ((name, page) for name, page in PAGES.items() if name.startswith(f"{audience}:"))


def _with_object(audience: str) -> list[tuple[str, Page]]:
    found = [(name, page) for name, page in _of(audience) if page.arguments]
    assert found
    return found


def _plain(name: str) -> str:
    return reverse(name, kwargs=PARTS.get(name, {}))
