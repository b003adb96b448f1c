"""Telling people, in the transaction of what they are told about."""

from __future__ import annotations

from collections.abc import Iterable

from verification.accounts.models import User
from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.notifications.messages import WORDING
from verification.notifications.models import Notice


def notify(users: Iterable[User], kind: str, *, address: str = "", **facts: str) -> list[Notice]:
    """One notice per person, and a job that mails it. Raises ``KeyError`` for an unknown kind."""
    wording = WORDING[kind]
    notices = []
    for user in users:
        notice = Notice(
            user=user,
            kind=kind,
            subject=wording.subject.format(**facts)[:200],
            text=wording.text.format(**facts),
            address=address,
            created_at=clock.now(),
        )
        notice.save(force_insert=True)
        enqueue("notifications.mail", key=f"notice-{notice.pk}", payload={"notice": notice.pk})
        notices.append(notice)
    return notices


def mark_read(user: User) -> int:
    """Everything that the person has now seen."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())
