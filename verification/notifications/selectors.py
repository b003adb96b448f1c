from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from verification.accounts.models import User
from verification.notifications.models import Notice, NoticeSettings


def notices_of(user: User) -> QuerySet[Notice]:
    return Notice.objects.filter(user=user)


def unread_first(user: User) -> QuerySet[Notice]:
    """``is_read`` is 0 or 1: order by it, then by time."""
    is_read = Case(When(read_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    return notices_of(user).annotate(is_read=is_read)


def unread_count(user: User) -> int:
    return Notice.objects.filter(user=user, read_at=None).count()


def settings_of(user: User) -> NoticeSettings:
    """The person's settings, or the defaults, not kept."""
    return NoticeSettings.objects.filter(user=user).first() or NoticeSettings(user=user)
