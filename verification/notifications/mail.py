"""Notices as e-mail: plain text and simple HTML, with a way to the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from verification.accounts.models import User
from verification.notifications.models import Digest, Notice
from verification.notifications.selectors import settings_of

SETTINGS_PAGE = "/account/notifications/settings/"


def send_notice(notice: Notice) -> None:
    """Raises what the mail server raises; the job keeps it and tries again."""
    _send(notice.user, notice.subject, [notice], name=f"notice-{notice.pk}")


def send_digest(digest: Digest, notices: Sequence[Notice]) -> None:
    with translation.override(settings_of(digest.user).language):
        subject = ngettext("One message for you", "%(n)d messages for you", len(notices)) % {"n": len(notices)}
    _send(digest.user, subject, notices, name=f"digest-{digest.user_id}-{digest.on:%Y-%m-%d}")


def _send(user: User, subject: str, notices: Sequence[Notice], *, name: str) -> None:
    context: dict[str, Any] = {
        "notices": notices,
        "site": settings.SITE_ADDRESS,
        "settings_address": f"{settings.SITE_ADDRESS}{SETTINGS_PAGE}",
        "authority": settings.AUTHORITY_NAME,
    }
    with translation.override(settings_of(user).language):
        text = render_to_string("notifications/mail.txt", context)
        html = render_to_string("notifications/mail.html", context | {"language": translation.get_language()})
    domain = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    mail = EmailMultiAlternatives(
        f"[{settings.AUTHORITY_NAME}] {subject}",
        text,
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        headers={"Message-ID": f"<{name}@{domain}>"},
    )
    mail.attach_alternative(html, "text/html")
    mail.send()
