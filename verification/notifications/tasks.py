"""Mailing notices and digests: at least once, and the row says when.

A worker that dies between sending and marking sends again. Each mail has a ``Message-ID`` of its own that stays the
same, so that mail programs can tell the second from a new one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from verification.jobs.handlers import handles
from verification.kernel import clock
from verification.kernel.crash import crash_point
from verification.notifications.mail import send_digest, send_notice
from verification.notifications.models import Digest, Notice
from verification.notifications.services import collect_digest


@handles("notifications.mail")
def mail_notice(payload: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("user").get(pk=payload["notice"])
    if notice.mailed_at:
        return
    send_notice(notice)
    crash_point("notifications.mail_sent")
    Notice.objects.filter(pk=notice.pk).update(mailed_at=clock.now())


@handles("notifications.digest")
def mail_digest(payload: dict[str, Any]) -> dict[str, Any]:
    digest = collect_digest(payload["user"], date.fromisoformat(payload["on"]))
    notices = list(digest.notices.order_by("created_at", "pk"))
    if digest.mailed_at is None and notices:
        send_digest(digest, notices)
        crash_point("notifications.digest_sent")
        Notice.objects.filter(digest=digest).update(mailed_at=clock.now())
        Digest.objects.filter(pk=digest.pk).update(mailed_at=clock.now())
    return {"notices": len(notices)}
