"""Telling people, in the transaction of what they are told about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.jobs.services import enqueue
from verification.kernel import clock
from verification.kernel.clock import wall_now
from verification.kernel.errors import InvalidInput, NotAllowed, Problem
from verification.notifications.enums import Category, Delivery
from verification.notifications.messages import WORDING
from verification.notifications.models import Digest, Notice, NoticeSettings
from verification.notifications.selectors import settings_of

DIGEST_AT = time(6, 0, tzinfo=UTC)
LONGEST_TRANSACTION = timedelta(minutes=10)


def notify(users: Iterable[User], kind: str, *, address: str = "", **facts: str) -> list[Notice]:
    """One notice per person, and the mail that the person wants. Raises ``KeyError`` for an unknown kind."""
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
            category=wording.category,
            delivery=settings_of(user).delivery_of(wording.category),
        )
        notice.save(force_insert=True)
        _queue_mail(notice)
        notices.append(notice)
    return notices


def mark_read(user: User, notice_id: int | None = None) -> int:
    """One message, or everything that the person has; how many had been unread."""
    unread = Notice.objects.filter(user=user, read_at=None)
    return (unread if notice_id is None else unread.filter(pk=notice_id)).update(read_at=clock.now())


@transaction.atomic
def save_settings(user: User, *, actor: Actor, deliveries: dict[str, str], language: str) -> NoticeSettings:
    """How the person is told from now on. Raises ``NotAllowed`` for another person's settings."""
    if actor.id != str(user.pk):
        raise NotAllowed("Everybody sets this for themselves.")
    problems = [
        Problem("block", "NOT-001", "Choose one of the ways that are offered.", field=category)
        for category in Category.values
        if deliveries.get(category) not in Delivery.values
    ]
    if language not in dict(settings.SIGNED_IN_LANGUAGES):
        problems.append(Problem("block", "NOT-002", "The portal does not speak this language.", field="language"))
    if problems:
        raise InvalidInput("The settings were not saved.", problems)
    row, _ = NoticeSettings.objects.update_or_create(
        user=user, defaults={**{category: deliveries[category] for category in Category.values}, "language": language}
    )
    record_event(
        "notifications.settings.changed",
        actor=actor,
        subject_type="user",
        subject_id=user.pk,
        facts={**deliveries, "language": language},
    )
    return row


@transaction.atomic
def collect_digest(user_id: int, on: date) -> Digest:
    """The person's digest of the day with everything unread that was left for it; the same one every time."""
    digest, _ = Digest.objects.get_or_create(user_id=user_id, on=on)
    if digest.mailed_at is None:
        Notice.objects.filter(user_id=user_id, delivery=Delivery.DIGEST, digest=None, read_at=None).update(
            digest=digest
        )
    return digest


def next_digest_at(moment: datetime) -> datetime:
    """The next time at which digests leave, wall-clock. What is written shortly before leaves with the one after:
    its transaction may end when the digest is already gone."""
    today = datetime.combine(moment.astimezone(UTC).date(), DIGEST_AT)
    return today if moment < today - LONGEST_TRANSACTION else today + timedelta(days=1)


def _queue_mail(notice: Notice) -> None:
    if notice.delivery == Delivery.AT_ONCE:
        enqueue("notifications.mail", key=f"notice-{notice.pk}", payload={"notice": notice.pk})
    elif notice.delivery == Delivery.DIGEST:
        leaves_at = next_digest_at(wall_now())
        enqueue(
            "notifications.digest",
            key=f"digest-{notice.user_id}-{leaves_at:%Y-%m-%d}",
            payload={"user": notice.user_id, "on": leaves_at.date().isoformat()},
            not_before=leaves_at,
        )
