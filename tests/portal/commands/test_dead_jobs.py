"""What was given up is listed with its reason, and gets another go."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from verification.jobs.models import Job, JobState
from verification.jobs.services import enqueue
from verification.wording.models import DecisionWording

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def _told(*arguments: str) -> dict:
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out, skip_checks=True)
    return json.loads(out.getvalue())


@pytest.fixture
def dead() -> Job:
    with transaction.atomic():
        job = enqueue("notifications.mail", key="notice-0", payload={"notice": 0})
    Job.objects.filter(pk=job.pk).update(state=JobState.DEAD, attempts=5, error="ConnectionRefusedError: away")
    return job


def test_list_names_the_reason(dead):
    (row,) = _told("dead_jobs")["jobs"]
    assert (row["kind"], row["key"], row["error"]) == ("notifications.mail", "notice-0", "ConnectionRefusedError: away")
    assert _told("dead_jobs", "--kind", "letters")["jobs"] == []


def test_retry_queues_them_again(dead):
    assert _told("dead_jobs", "--retry")["retried"] is True
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("queued", 0)
    assert _told("dead_jobs")["jobs"] == []


def test_wordings_are_loaded_once():
    assert _told("load_wordings", "R-0172", "A-0039") == {"new": str(16 * 7)}
    assert _told("load_wordings", "R-0172", "A-0039") == {"new": "0"}
    assert DecisionWording.objects.filter(published_at=None).count() == 0


def test_one_official_is_not_enough():
    with pytest.raises(CommandError, match="two different officials"):
        call_command("load_wordings", "A-0039", "A-0039", stderr=io.StringIO(), skip_checks=True)
    assert not DecisionWording.objects.exists()
