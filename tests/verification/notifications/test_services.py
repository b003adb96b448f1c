"""Messages and their mails: as the person set it, at least once, never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from verification.audit.models import Event
from verification.jobs.models import Job
from verification.jobs.selectors import dead_jobs
from verification.jobs.services import MAX_ATTEMPTS, run
from verification.kernel.clock import wall_now
from verification.kernel.errors import InvalidInput, NotAllowed
from verification.notifications.enums import Category, Delivery
from verification.notifications.messages import WORDING
from verification.notifications.models import Digest, Notice, NoticeSettings
from verification.notifications.selectors import settings_of, unread_count, unread_first
from verification.notifications.services import collect_digest, mark_read, next_digest_at, notify, save_settings

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def _told(user, kind="report_shared", **facts) -> Notice:
    words = {"producer": "Karaçam", "level": "summary", "installation": "Gebze", "year": "2026"} | facts
    return notify([user], kind, address="/importer/reports/", **words)[0]


def _set(user, acting, key, **deliveries):
    chosen = dict.fromkeys(Category.values, Delivery.AT_ONCE.value) | deliveries
    return save_settings(user, actor=acting(key), deliveries=chosen, language="en")


def _due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(not_before=wall_now())
    assert run(str(job.pk))


def test_a_message_at_once_is_one_mail_in_two_forms(user_of, acting):
    _set(user_of("importer"), acting, "importer")
    notice = _told(user_of("importer"))
    run(str(Job.objects.get(idempotency_key=f"notice-{notice.pk}").pk))
    (sent,) = mail.outbox
    assert sent.subject == "[Border Carbon Office] Karaçam shares a report with you"
    assert "http://127.0.0.1:8000/importer/reports/" in sent.body
    assert "http://127.0.0.1:8000/account/notifications/settings/" in sent.body
    html, kind = sent.alternatives[0]
    assert (kind, "Open it in the portal" in html) == ("text/html", True)
    notice.refresh_from_db()
    assert notice.mailed_at is not None


def test_running_the_mail_job_again_sends_nothing(user_of, acting):
    _set(user_of("importer"), acting, "importer")
    job = Job.objects.get(idempotency_key=f"notice-{_told(user_of('importer')).pk}")
    run(str(job.pk))
    Job.objects.filter(pk=job.pk).update(state="queued")
    run(str(job.pk))
    assert len(mail.outbox) == 1


def test_a_mail_that_was_sent_but_not_marked_goes_again_under_the_same_name(user_of, acting):
    _set(user_of("importer"), acting, "importer")
    notice = _told(user_of("importer"))
    job = Job.objects.get(idempotency_key=f"notice-{notice.pk}")
    run(str(job.pk))
    Notice.objects.filter(pk=notice.pk).update(mailed_at=None)
    Job.objects.filter(pk=job.pk).update(state="queued")
    run(str(job.pk))
    names = {sent.extra_headers["Message-ID"] for sent in mail.outbox}
    assert (len(mail.outbox), names) == (2, {f"<notice-{notice.pk}@127.0.0.1>"})


def test_in_the_portal_only_sends_nothing(user_of, acting):
    _set(user_of("importer"), acting, "importer", information="portal")
    notice = _told(user_of("importer"))
    assert not Job.objects.filter(kind__startswith="notifications.", idempotency_key__endswith=f"-{notice.pk}").exists()
    assert unread_count(user_of("importer")) >= 1


def test_a_day_of_messages_is_one_mail(user_of):
    person = user_of("importer")
    Notice.objects.filter(user=person).delete()
    Job.objects.filter(kind="notifications.digest").delete()
    for year in ("2025", "2026"):
        _told(person, year=year)
    (job,) = Job.objects.filter(kind="notifications.digest")
    assert job.idempotency_key.startswith(f"digest-{person.pk}-")
    assert not run(str(job.pk)), "its time has not come"
    _due(job)
    (sent,) = mail.outbox
    assert sent.subject == "[Border Carbon Office] 2 messages for you"
    assert "for 2025" in sent.body
    assert "for 2026" in sent.body
    Job.objects.filter(pk=job.pk).update(state="queued")
    _due(job)
    assert len(mail.outbox) == 1
    assert Digest.objects.get(user=person).mailed_at is not None


def test_what_was_read_needs_no_mail(user_of):
    person = user_of("importer")
    Job.objects.filter(kind="notifications.digest").delete()
    _told(person)
    mark_read(person)
    _due(Job.objects.get(kind="notifications.digest"))
    assert mail.outbox == []


def test_a_digest_killed_before_its_mail_loses_nothing(user_of):
    person = user_of("importer")
    Notice.objects.filter(user=person).delete()
    notice = _told(person)
    job = Job.objects.filter(kind="notifications.digest").latest("created_at")
    collect_digest(person.pk, date.fromisoformat(job.payload["on"]))
    late = _told(person, year="2024")
    _due(job)
    assert "for 2026" in mail.outbox[0].body
    assert set(Notice.objects.exclude(mailed_at=None).filter(user=person)) == {notice, late}


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2027-03-15T05:49", "2027-03-15T06:00"),
        ("2027-03-15T05:51", "2027-03-16T06:00"),
        ("2027-03-15T23:00", "2027-03-16T06:00"),
    ],
)
def test_digests_leave_at_six(moment, leaves):
    assert next_digest_at(datetime.fromisoformat(f"{moment}+00:00")) == datetime.fromisoformat(f"{leaves}+00:00")
    assert next_digest_at(datetime(2027, 3, 15, 7, 0, tzinfo=UTC) + timedelta(days=1)).day == 17


def test_a_mail_that_fails_for_good_is_listed_with_its_reason(user_of, acting, monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError("The mail server is away.")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    _set(user_of("importer"), acting, "importer")
    job = Job.objects.get(idempotency_key=f"notice-{_told(user_of('importer')).pk}")
    for _attempt in range(MAX_ATTEMPTS):
        _due(job)
    (dead,) = dead_jobs("notifications")
    assert (dead.pk, dead.error) == (job.pk, "ConnectionRefusedError: The mail server is away.")


def test_settings_are_ones_own_and_recorded(user_of, acting):
    _set(user_of("importer"), acting, "importer", decision="digest")
    assert settings_of(user_of("importer")).delivery_of(Category.DECISION) == Delivery.DIGEST
    assert Event.objects.filter(name="notifications.settings.changed").exists()
    with pytest.raises(NotAllowed):
        _set(user_of("importer"), acting, "producer")


@pytest.mark.parametrize("wrong", [{"decision": "pigeon"}, {"to_do": ""}])
def test_unknown_ways_are_refused(user_of, acting, wrong):
    with pytest.raises(InvalidInput) as refusal:
        _set(user_of("importer"), acting, "importer", **wrong)
    assert [problem.field for problem in refusal.value.problems] == list(wrong)
    assert not NoticeSettings.objects.filter(user=user_of("importer")).exists()


def test_unread_come_first(user_of):
    person = user_of("importer")
    Notice.objects.filter(user=person).delete()
    older, newer = _told(person), _told(person)
    mark_read(person, newer.pk)
    assert [row.pk for row in unread_first(person).order_by("is_read", "-created_at", "-id")] == [older.pk, newer.pk]
    mark_read(person)
    assert unread_count(person) == 0


def test_every_message_has_a_category():
    assert {wording.category for wording in WORDING.values()} == set(Category)
