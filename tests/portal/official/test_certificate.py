"""The paper of an approval, the work that seals it, and its end by two people."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from verification.certificates.models import Certificate
from verification.certificates.selectors import status_of
from verification.determination.models import Override
from verification.jobs.models import Job, JobState

pytestmark = [pytest.mark.db, pytest.mark.django_db]
GROUNDS = {
    "reason": "The records were wrong.",
    "legal_ground": "Regulation (EU) 2023/956, Article 19",
    "effective_on": "2026-07-01",
}


@pytest.fixture
def certificate(claim_at) -> Certificate:
    return claim_at("Aliağa").certificates.get()


def _address(name, certificate):
    return reverse(f"official:{name}", args=[certificate.pk])


def test_two_people_revoke(client_of, certificate):
    client_of("reviewer").post(_address("revocation_propose", certificate), GROUNDS)
    proposal = certificate.revocation_proposals.get()
    approver = client_of("approver")
    assertContains(approver.get(_address("certificate", certificate)), "What ends")
    approver.post(_address("revocation_confirm", certificate), {"proposal": proposal.pk})
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert status_of(certificate) == "revoked"
    left = Override.objects.filter(certificate_number=certificate.number, known_to=None)
    assert {override.valid_to for override in left} == {date(2026, 7, 1)}


def test_proposer_may_not_confirm(client_of, certificate):
    client = client_of("approver")
    client.post(_address("revocation_propose", certificate), GROUNDS)
    proposal = certificate.revocation_proposals.get()
    answer = client.post(_address("revocation_confirm", certificate), {"proposal": proposal.pk})
    assertContains(answer, "A different person must confirm it.", status_code=403)
    assert status_of(Certificate.objects.get(pk=certificate.pk)) != "revoked"


def test_confirmation_asks_the_code(client_of, certificate):
    client_of("reviewer").post(_address("revocation_propose", certificate), GROUNDS)
    typed = {"proposal": certificate.revocation_proposals.get().pk, "code": "000 000 x"}
    answer = client_of("approver", has_factor=False).post(_address("revocation_confirm", certificate), typed)
    assert answer.context["forms"]["confirm"].errors.keys() == {"code"}
    assert not hasattr(Certificate.objects.get(pk=certificate.pk), "revocation")


def test_dropped_proposal_leaves_the_certificate_in_force(client_of, certificate):
    client_of("reviewer").post(_address("revocation_propose", certificate), GROUNDS)
    typed = {"proposal": certificate.revocation_proposals.get().pk, "reason": "The records were found."}
    client_of("approver").post(_address("revocation_drop", certificate), typed)
    assert certificate.revocation_proposals.get().closed_at is not None
    assert not hasattr(Certificate.objects.get(pk=certificate.pk), "revocation")


def test_day_outside_the_span_is_refused_beside_its_field(client_of, certificate):
    typed = GROUNDS | {"effective_on": "2025-01-01"}
    answer = client_of("reviewer").post(_address("revocation_propose", certificate), typed)
    assert "effective_on" in answer.context["forms"]["propose"].errors


def test_second_proposal_is_a_conflict(client_of, certificate):
    client = client_of("reviewer")
    client.post(_address("revocation_propose", certificate), GROUNDS)
    assert client.post(_address("revocation_propose", certificate), GROUNDS).status_code == 409


def test_dead_job_gets_another_chance(client_of, certificate):
    job = Job.objects.filter(idempotency_key=f"certificate-{certificate.pk}")
    job.update(state=JobState.DEAD, error="KeyError: lost")
    client = client_of("approver")
    assertContains(client.get(_address("certificate", certificate)), "could not be sealed")
    client.post(_address("certificate_retry", certificate))
    assert job.get().state == JobState.QUEUED


def test_nothing_is_retried_that_is_not_dead(client_of, certificate):
    answer = client_of("approver").post(_address("certificate_retry", certificate), follow=True)
    assertContains(answer, "There is nothing to try again.")


def test_there_is_no_download_before_the_seal(client_of, certificate):
    assert not hasattr(certificate, "edition")
    assert client_of("approver").get(_address("certificate_download", certificate)).status_code == 404
