"""People who sign in, with what they need for it."""

from __future__ import annotations

import time
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt

from verification.accounts.models import Appointment, User

PASSWORD = "a long pass phrase"
CODE_SECONDS = 30
SECONDS_TO_TYPE = 3


def make_user(email: str = "ada@works.example", full_name: str = "Ada Demir") -> User:
    """A person with a confirmed address and the password of this module."""
    user = User.objects.create_user(email, PASSWORD, full_name=full_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_official(email: str = "marta@office.example", role: str = "reviewer") -> User:
    user = make_user(email, "Marta Lindqvist")
    appoint(user, role)
    return user


def appoint(user: User, role: str) -> None:
    Appointment.objects.create(user=user, role=role, official_number="R-0001", valid_from=date(2020, 1, 1))


def give_authenticator(user: User) -> Authenticator:
    return TOTP.activate(user, generate_totp_secret()).instance


def current_code(authenticator: Authenticator) -> str:
    """What the person's app shows now; as a person would, waits for the next code when this one is about to go."""
    left = CODE_SECONDS - time.time() % CODE_SECONDS
    if left < SECONDS_TO_TYPE:
        time.sleep(left)
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), int(time.time()) // CODE_SECONDS))
