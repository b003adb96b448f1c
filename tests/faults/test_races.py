"""Two people at once, on real commits: one effect, and the loser is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from portal.ui.demonstration import person
from verification.accounts.models import Appointment, User
from verification.audit.services import verify_chain
from verification.certificates.models import Certificate, Edition
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.issue import issue_certificate
from verification.claims.models import Claim, Decision
from verification.claims.services.deciding import Ruling
from verification.claims.services.review import take_claim
from verification.determination.models import Override
from verification.jobs.models import Job
from verification.jobs.services import run
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict
from verification.registry.selectors import actor_for

pytestmark = pytest.mark.db
PEOPLE_AT_ONCE = 6


def at_once(act: Callable[[int], object]) -> list[object]:
    """Run ``act`` in parallel from a common start; returns results and the errors that were raised."""
    barrier = Barrier(PEOPLE_AT_ONCE)

    def one(index: int) -> object:
        barrier.wait()
        try:
            return act(index)
        except (Conflict, OperationalError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
        return list(pool.map(one, range(PEOPLE_AT_ONCE)))


def approvers() -> list[User]:
    users = [User.objects.get(email=person("approver").email)]
    for index in range(PEOPLE_AT_ONCE - 1):
        user = User.objects.create_user(f"approver{index}@example.org", None, full_name=f"Approver {index}")
        Appointment.objects.create(user=user, role="approver", official_number=f"A-1{index}", valid_from="2026-01-01")
        users.append(user)
    return users


def claim_in(city: str) -> Claim:
    return Claim.objects.select_related("organisation", "installation").get(installation__city=city)


def test_approvals_at_once_make_one_certificate(own_database: None) -> None:
    users = approvers()
    version = claim_in("Gebze").version

    def approve(index: int) -> Certificate:
        actor = actor_for(users[index], second_factor_at=wall_now())
        return approve_claim(claim_in("Gebze"), actor=actor, ruling=Ruling("Sound.", "Article 8", version, True))

    results = at_once(approve)
    won = [result for result in results if isinstance(result, Certificate)]
    lost = [result for result in results if isinstance(result, Conflict)]
    assert (len(won), len(lost)) == (1, PEOPLE_AT_ONCE - 1)
    claim = claim_in("Gebze")
    assert Decision.objects.filter(claim=claim).count() == 1
    assert Certificate.objects.filter(claim=claim).count() == 1
    assert Override.objects.filter(claim_reference=claim.number).count() == 4
    assert verify_chain().is_intact


def test_reviewers_at_once_take_a_claim_once(own_database: None) -> None:
    reviewer = actor_for(User.objects.get(email=person("reviewer").email))

    def take(index: int) -> Claim:
        return take_claim(claim_in("Silifke"), actor=replace(reviewer, id=reviewer.id), has_no_conflict=True)

    results = at_once(take)
    assert sum(isinstance(result, Claim) for result in results) == 1
    assert claim_in("Silifke").steps.filter(name="take").count() == 1


def test_job_delivered_many_times_runs_once(own_database: None) -> None:
    job = Job.objects.filter(kind="certificates.issue", state="queued").first()
    results = at_once(lambda _: run(str(job.pk)))
    assert results.count(True) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)
    assert Edition.objects.filter(certificate_id=job.payload["certificate"]).count() == 1


def test_issue_at_once_leaves_one_edition_and_one_file(own_database: None) -> None:
    certificate = Certificate.objects.filter(edition=None).first()
    editions = at_once(lambda _: issue_certificate(str(certificate.pk)).sha256)
    assert len(set(editions)) == 1
    edition = Edition.objects.get(certificate=certificate)
    _, files = edition.file.storage.listdir(f"certificates/{certificate.pk.hex}")
    assert files == [edition.file.name.rsplit("/", 1)[-1]]
