import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from portal.account.demonstration import demonstration_code
from portal.ui.demonstration import PASSWORD as DEMONSTRATION_PASSWORD
from tests.factories.people import PASSWORD, current_code, give_authenticator, make_official, make_user
from verification.accounts.models import User
from verification.audit.models import Event
from verification.kernel import clock

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def _no_demonstration():
    now = clock.demonstration()
    clock.demonstrate(None)
    yield
    clock.demonstrate(now)


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sign_up_asks_the_name_and_opens_after_the_link(client):
    fields = {"full_name": " Ada Demir", "email": "Ada@Works.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), fields)
    user = User.objects.get()
    assert (user.email, user.full_name) == ("ada@works.example", "Ada Demir")
    assert sign_in(client, user.email).headers["Location"] == reverse("account_email_verification_sent")
    assert mail.outbox[0].subject == "Confirm your e-mail address"
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    assert b"Is <strong>ada@works.example</strong> your address?" in client.get(link).content
    client.post(link)
    sign_in(client, user.email)
    assert client.get(reverse("account:profile")).status_code == 200


def test_sign_up_without_a_name_says_so(client):
    response = client.post(reverse("account_signup"), {"email": "a@b.example"})
    assert b'href="#id_full_name"' in response.content
    assert not User.objects.exists()


def test_sign_in_does_not_tell_whether_an_account_exists(client):
    make_user("ada@works.example")
    answers = [sign_in(client, email, "wrong").content for email in ("ada@works.example", "eve@works.example")]
    messages = [re.findall(rb"are not correct", answer) for answer in answers]
    assert len(messages[0]) == len(messages[1]) > 0


def test_many_wrong_passwords_close_the_account_for_a_while(client, settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    settings.ACCOUNT_RATE_LIMITS = False
    make_user("ada@works.example")
    for _try in range(3):
        response = sign_in(client, "ada@works.example", "wrong")
    assert response.status_code == 429
    assert b"Too many tries" in response.content
    assert sign_in(client, "ada@works.example").status_code == 429


def test_person_with_an_authenticator_needs_its_digits(client):
    user = make_user()
    authenticator = give_authenticator(user)
    assert sign_in(client, user.email).headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("account:profile")).status_code == 302
    page = client.get(reverse("mfa_authenticate"))
    assert b"Six digits from your authenticator" in page.content
    assert current_code(authenticator).encode() not in page.content
    client.post(reverse("mfa_authenticate"), {"code": current_code(authenticator)})
    assert client.get(reverse("account:profile")).status_code == 200


def test_official_without_second_factor_reaches_nothing_but_setting_one_up(client):
    official = make_official()
    sign_in(client, official.email)
    for name in ("account:profile", "account:home", "public:landing", "account_change_password"):
        assert client.get(reverse(name)).headers["Location"] == reverse("account:second_factor_needed")
    assert client.get("/no/such/page/").headers["Location"] == reverse("account:second_factor_needed")
    assert client.get(reverse("account:second_factor_needed")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_official_who_sets_one_up_goes_on(client):
    official = make_official()
    sign_in(client, official.email)
    give_authenticator(official)
    assert client.get(reverse("account:profile")).status_code == 200
    assert client.get(reverse("account:second_factor_needed")).headers["Location"] == reverse("account:home")


def test_official_cannot_remove_the_last_second_factor(client):
    official = make_official()
    give_authenticator(official)
    client.force_login(official)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.wall_now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(official.pk)
    session.save()
    response = client.post(reverse("mfa_deactivate_totp"))
    assert b"You cannot deactivate two-factor authentication" in response.content


def test_others_may_go_without(client):
    sign_in(client, make_user().email)
    assert client.get(reverse("account:profile")).status_code == 200


@pytest.mark.usefixtures("_no_demonstration")
def test_sign_in_page_lists_no_accounts_outside_a_demonstration(client):
    page = client.get(reverse("account_login")).content.decode()
    assert DEMONSTRATION_PASSWORD not in page
    assert "demo.portal.example" not in page


def test_sign_in_page_lists_the_accounts_of_a_demonstration(client):
    page = client.get(reverse("account_login")).content.decode()
    assert DEMONSTRATION_PASSWORD in page
    assert 'data-login="producer@demo.portal.example"' in page


def test_second_step_shows_digits_of_demonstration_accounts_only(client):
    ayse = make_user("producer@demo.portal.example")
    code = current_code(give_authenticator(ayse))
    sign_in(client, ayse.email)
    assert code.encode() in client.get(reverse("mfa_authenticate")).content
    other = make_user("producer@demo.portal.example.evil.example")
    give_authenticator(other)
    assert demonstration_code(other) is None
    assert demonstration_code(None) is None


@pytest.mark.usefixtures("_no_demonstration")
def test_digits_are_never_told_outside_a_demonstration():
    ayse = make_user("producer@demo.portal.example")
    give_authenticator(ayse)
    assert demonstration_code(ayse) is None


def test_new_name_is_saved_and_recorded(client):
    user = make_user()
    client.force_login(user)
    client.post(reverse("account:profile"), {"full_name": "Ada  Yıldız"})
    user.refresh_from_db()
    assert user.full_name == "Ada Yıldız"
    assert Event.objects.filter(name="accounts.user.renamed", subject_id=str(user.pk)).count() == 1


def test_person_without_organisation_goes_home_to_the_profile(client):
    client.force_login(make_user())
    assert client.get(reverse("account:home")).headers["Location"] == reverse("account:profile")


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_entrance_pages_open_for_anyone(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account_logout", "account_email", "account_change_password", "account_reauthenticate", "mfa_activate_totp"],
)
def test_account_pages_open_for_their_owner(client, name):
    user = make_user()
    sign_in(client, user.email)
    assert client.get(reverse(name)).status_code == 200


def test_no_page_carries_inline_style_or_script(client):
    user = make_user()
    sign_in(client, user.email)
    for name in ("account:profile", "mfa_activate_totp", "mfa_add_webauthn", "account_email"):
        page = client.get(reverse(name)).content.decode()
        assert "style=" not in page
        assert re.findall(r"<script(?![^>]*(?:src=|application/json))", page) == []
