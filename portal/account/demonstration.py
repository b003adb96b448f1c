"""Help for visitors of a demonstration to sign in as its people. Nothing here acts without a demonstration."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import AnonymousUser

from portal.ui.demonstration import DOMAIN, PASSWORD, PEOPLE
from verification.accounts.models import User
from verification.kernel import clock


def sign_in_help() -> dict[str, object]:
    """People and password for the sign-in page; no people outside a demonstration."""
    return {"people": PEOPLE, "password": PASSWORD} if clock.demonstration() else {"people": ()}


def demonstration_code(user: User | AnonymousUser | None) -> str | None:
    """The digits that this person's authenticator shows now.

    Only in a demonstration and only for addresses of its domain; ``None`` otherwise.
    """
    if clock.demonstration() is None or user is None or not user.is_authenticated:
        return None
    if not user.email.endswith(f"@{DOMAIN}"):
        return None
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return None
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter))
