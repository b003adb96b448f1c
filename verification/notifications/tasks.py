"""Mailing a notice: at least once, and the row says when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from verification.jobs.handlers import handles
from verification.kernel import clock
from verification.notifications.models import Notice


@handles("notifications.mail")
def mail_notice(payload: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("user").get(pk=payload["notice"])
    if notice.mailed_at:
        return
    link = f"\n\n{settings.SITE_ADDRESS}{notice.address}" if notice.address else ""
    send_mail(notice.subject, f"{notice.text}{link}", settings.DEFAULT_FROM_EMAIL, [notice.user.email])
    Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())
