"""Stewards and heads of team seal in batches, see how far they are, and try again what failed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.audit.models import Event
from verification.certificates.models import IssuingBatch
from verification.jobs.models import Job, JobState

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("world")]
AGAIN = "Try everything that failed again"


def test_head_of_team_starts_a_batch_and_tries_it_again(client_of):
    client = client_of("lead")
    assertContains(client.get(reverse("official:issuing")), "Seal together")
    answer = client.post(reverse("official:issuing"), {"scheme": "eu-cbam", "year": "2027"})
    batch = IssuingBatch.objects.get()
    address = reverse("official:issuing_batch", args=[batch.pk])
    assertRedirects(answer, address)
    page = client.get(address)
    assertContains(page, 'hx-trigger="every ')
    assertNotContains(page, AGAIN)
    Job.objects.filter(pk__in=batch.items.values("job")).update(state=JobState.DEAD, error="KeyUnavailable: no key")
    page = client.get(address)
    assertContains(page, "KeyUnavailable: no key")
    assertContains(page, AGAIN)
    assertNotContains(page, 'hx-trigger="every ')
    client.post(reverse("official:issuing_retry", args=[batch.pk]))
    assertNotContains(client.get(address), AGAIN)
    names = Event.objects.filter(subject_id=batch.pk).values_list("name", flat=True)
    assert list(names) == ["certificates.issuing.started", "certificates.issuing.retried"]


@pytest.mark.parametrize("typed", [{"scheme": "eu-cbam", "year": "next"}, {"scheme": "none", "year": "2027"}])
def test_nothing_is_started_where_nothing_waits(client_of, typed):
    client_of("lead").post(reverse("official:issuing"), typed)
    assert not IssuingBatch.objects.exists()
