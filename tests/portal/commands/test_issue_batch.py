"""The command starts a batch, says how far it is, and queues again what was given up."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from verification.certificates.models import Certificate
from verification.jobs.models import Job, JobState

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("world")]


def _told(*arguments: str) -> dict:
    out = io.StringIO()
    call_command("issue_batch", "--scheme", "eu-cbam", "--json", *arguments, stdout=out, skip_checks=True)
    (row,) = json.loads(out.getvalue())["batches"]
    return row


def test_batch_is_started_and_resumed():
    with pytest.raises(CommandError, match="No batch"):
        _told("--resume")
    count = Certificate.objects.filter(claim__scheme="eu-cbam").count()
    row = _told("--year", "2027")
    assert (row["total"], row["waiting"], row["failures"]) == (count, count, [])
    with pytest.raises(CommandError, match="No certificate"):
        _told("--year", "2027")
    jobs = Job.objects.filter(kind="certificates.issue_chunk")
    jobs.update(state=JobState.DEAD, error="KeyUnavailable: no key")
    resumed = _told("--resume")
    assert (resumed["batch"], resumed["failed"], resumed["waiting"]) == (row["batch"], 0, count)
    assert {job.state for job in jobs} == {"queued"}
