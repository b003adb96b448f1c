from datetime import UTC, datetime, timedelta

import pytest

from portal.ui.pagination import keyset_page
from verification.accounts.models import User
from verification.jobs.models import Job

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ORDER = ("-not_before", "id")


@pytest.fixture
def jobs() -> list[Job]:
    start = datetime(2027, 1, 1, tzinfo=UTC)
    for n in range(7):
        at = start + timedelta(minutes=n // 2)
        Job.objects.create(kind="x", idempotency_key=str(n), not_before=at, created_at=at)
    return list(Job.objects.order_by(*ORDER))


def test_pages_show_every_row_once_in_order(jobs):
    seen, cursor = [], ""
    while True:
        page = keyset_page(Job.objects.all(), order=ORDER, cursor=cursor, size=3)
        seen += page.rows
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == jobs


def test_page_knows_whether_it_is_first_and_last(jobs):
    first = keyset_page(Job.objects.all(), order=ORDER, size=4)
    second = keyset_page(Job.objects.all(), order=ORDER, cursor=first.next_cursor, size=4)
    assert (first.is_later, bool(first.next_cursor)) == (False, True)
    assert (second.is_later, second.next_cursor) == (True, "")


def test_row_added_before_does_not_shift_the_next_page(jobs):
    first = keyset_page(Job.objects.all(), order=ORDER, size=3)
    late = datetime(2028, 1, 1, tzinfo=UTC)
    Job.objects.create(kind="x", idempotency_key="new", not_before=late, created_at=late)
    second = keyset_page(Job.objects.all(), order=ORDER, cursor=first.next_cursor, size=3)
    assert second.rows == jobs[3:6]


@pytest.mark.parametrize("cursor", ["!", "abc", "WzFd", "WyJ4IiwieSJd", "bnVsbA"])
def test_cursor_that_cannot_be_read_gives_the_first_page(jobs, cursor):
    assert keyset_page(Job.objects.all(), order=ORDER, cursor=cursor, size=3).rows == jobs[:3]


def test_text_keys_work_as_well():
    for email in ("c@x.example", "a@x.example", "b@x.example"):
        User.objects.create_user(email, None, full_name="Same")
    first = keyset_page(User.objects.all(), order=("full_name", "email"), size=2)
    second = keyset_page(User.objects.all(), order=("full_name", "email"), cursor=first.next_cursor, size=2)
    assert [u.email for u in [*first, *second]] == ["a@x.example", "b@x.example", "c@x.example"]
