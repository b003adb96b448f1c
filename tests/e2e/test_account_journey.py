"""A person makes an account, confirms the address, signs in and sets up a second factor."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.factories.people import PASSWORD, current_code, give_authenticator, make_official

pytestmark = [pytest.mark.e2e]


def test_visitor_sees_the_landing_page(page: Page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prove and check the emissions of imported goods")
    assert_accessible(page)
    screenshot(page, "landing")
    page.get_by_role("contentinfo").get_by_role("link", name="Accessibility").click()
    assert_accessible(page)
    screenshot(page, "accessibility")
    assert page.goto("/nowhere/").status == 404
    assert_accessible(page)
    screenshot(page, "not-found")


def test_keyboard_reaches_the_content_first(page: Page):
    page.goto("/account/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_person_makes_an_account_and_a_second_factor(page: Page):
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Create an account").click()
    screenshot(page, "sign-up")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("alert")).to_contain_text("4 things to correct")
    assert_accessible(page)
    screenshot(page, "sign-up-errors")
    page.get_by_role("link", name="Full name").click()
    expect(page.get_by_label("Full name")).to_be_focused()

    page.get_by_label("Full name").fill("Ada Demir")
    page.get_by_label("E-mail address").fill("ada@works.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    assert_accessible(page)

    page.goto(re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[0].body).group(1))
    assert_accessible(page)
    page.get_by_role("button", name="Yes, it is my address").click()

    page.goto("/account/login/")
    assert_accessible(page)
    screenshot(page, "sign-in")
    page.get_by_label("E-mail address").fill("ada@works.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert_accessible(page)
    screenshot(page, "profile")

    page.get_by_role("link", name="Authenticator app").click()
    assert_accessible(page)
    screenshot(page, "authenticator")
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Six digits that the app shows now").fill(
        format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    )
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    assert Authenticator.objects.filter(user__email="ada@works.example", type="totp").count() == 1
    assert_accessible(page)
    screenshot(page, "recovery-codes")
    page.goto("/account/")
    assert_accessible(page)
    screenshot(page, "profile-with-factor")
    assert_quiet(page)


def test_official_must_set_up_a_second_factor_first(page: Page):
    official = make_official()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(official.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second factor first")
    assert_accessible(page)
    screenshot(page, "second-factor-needed")
    page.get_by_role("link", name="Passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    assert_accessible(page)
    screenshot(page, "passkey")
    assert_quiet(page)


def test_second_step_asks_the_digits(open_browser):
    official = make_official()
    authenticator = give_authenticator(official)
    page = open_browser(color_scheme="dark")
    page.goto("/account/login/")
    screenshot(page, "sign-in-dark")
    page.get_by_label("E-mail address").fill(official.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    assert_accessible(page)
    screenshot(page, "second-step-dark")
    page.get_by_label("Six digits from your authenticator").fill(current_code(authenticator))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name=official.full_name)).to_be_visible()
    page.goto("/account/2fa/reauthenticate/?next=/account/")
    assert_accessible(page)
    screenshot(page, "confirm-dark")
    assert_quiet(page)


def test_passkey_is_added_and_signs_in_alone(open_browser, live_server):
    """The browser's own virtual authenticator stands for a security key."""
    official = make_official()
    page = open_browser()
    site = live_server.url.replace("127.0.0.1", "localhost")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail address").fill(official.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Passkey").click()
    page.get_by_label("Name of this key").fill("Key on my ring")
    page.get_by_label("Sign in with this key alone, without a password").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{site}/account/")
    expect(page.get_by_text("Passkey: Key on my ring")).to_be_visible()
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()

    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name=official.full_name)).to_be_visible()
    assert_quiet(page)
