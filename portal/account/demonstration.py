"""People of the demonstration and the help they get to sign in. Nothing here acts without a demonstration."""

from __future__ import annotations

import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.accounts.models import User
from verification.kernel import clock

DOMAIN = "demo.portal.example"
PASSWORD = "Gazette-Kiln-2027"  # noqa: S105 - printed on the sign-in page of a demonstration, used nowhere else


@dataclass(frozen=True)
class DemonstrationAccount:
    """A person that the demonstration sets up; ``role`` tells visitors whom they would be."""

    email: str
    full_name: str
    role: str | Promise
    password: str = PASSWORD


ACCOUNTS = (
    DemonstrationAccount(f"ayse@{DOMAIN}", "Ayşe Korkmaz", _("Producer")),
    DemonstrationAccount(f"deniz@{DOMAIN}", "Deniz Aydın", _("Verifier")),
    DemonstrationAccount(f"marta@{DOMAIN}", "Marta Lindqvist", _("Official, reviewer")),
    DemonstrationAccount(f"jean@{DOMAIN}", "Jean-Luc Adeyemi", _("Official, approver")),
    DemonstrationAccount(f"ilse@{DOMAIN}", "Ilse Brandt", _("Importer")),
    DemonstrationAccount(f"petra@{DOMAIN}", "Petra Novák", _("Steward of the law’s tables")),
)


def accounts_to_show() -> tuple[DemonstrationAccount, ...]:
    """The accounts for the sign-in page; none outside a demonstration."""
    return ACCOUNTS if clock.demonstration() else ()


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
