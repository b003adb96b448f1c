"""The night after: every edition at B-T gets one at B-LTA beside it, whatever is interrupted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.audit.services import verify_chain
from verification.certificates.checking import FileVerdict, check_file
from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate, Edition
from verification.certificates.selectors import status_of
from verification.certificates.services.approval import approve_claim
from verification.certificates.services.issue import issue_certificate
from verification.certificates.services.upgrade import upgrade_certificates
from verification.certificates.tasks import queue_upgrades
from verification.claims.models import Claim
from verification.claims.services.deciding import Ruling
from verification.jobs.models import Job, JobState
from verification.jobs.services import run
from verification.signing import services as keeping
from verification.signing.editions import SealLevel
from verification.signing.errors import SealingError, StampUnavailable

pytestmark = pytest.mark.db


@pytest.fixture
def approved(acting: Callable[..., Actor], claim_at: Callable[[str], Claim]) -> Certificate:
    claim = claim_at("Gebze")
    return approve_claim(claim, actor=acting("approver"), ruling=Ruling("Sound.", "Article 8", claim.version, True))


def test_night_adds_an_edition_and_keeps_the_first(approved: Certificate) -> None:
    first = issue_certificate(str(approved.pk))
    for _ in range(2):
        queue_upgrades()
        (job,) = Job.objects.filter(kind="certificates.upgrade")
        run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.result, job.payload) == (JobState.DONE, {"extended": 1}, {"editions": [first.pk]})
    bt, lta = approved.editions.order_by("pk")
    assert (bt.level, lta.level, bt.pk) == (SealLevel.B_T, SealLevel.B_LTA, first.pk)
    assert (bt.unsealed_sha256, bt.key_id) == (lta.unsealed_sha256, lta.key_id)
    assert Certificate.objects.get(pk=approved.pk).edition == lta
    issued, extended = bt.file.read(), lta.file.read()
    assert extended.startswith(issued)
    for content, level in ((issued, "B-T"), (extended, "B-LTA")):
        found = check_file(content)
        assert (found.verdict, found.status) == (FileVerdict.IDENTICAL, CertificateStatus.VALID)
        assert found.as_record()["signature_level"] == level
    assert issue_certificate(str(approved.pk)).pk == first.pk
    assert upgrade_certificates([first.pk]) == {"extended": 0}
    assert Event.objects.filter(name="certificates.certificate.extended", subject_id=str(approved.pk)).count() == 1
    assert _files_of(bt) == {Path(bt.file.name).name, Path(lta.file.name).name}
    assert verify_chain().is_intact
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(certificate=approved, level=bt.level, sha256="0", size_bytes=1, sealed_at=bt.sealed_at)


def test_worker_that_dies_between_file_and_row_leaves_nothing(
    approved: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue_certificate(str(approved.pk))

    def dies(point: str) -> None:
        raise KeyboardInterrupt(point)

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "crash_point", dies)
        with pytest.raises(KeyboardInterrupt, match="upgrade_kept"):
            upgrade_certificates([first.pk])
    assert approved.editions.count() == 1
    (left,) = _files_of(first) - {Path(first.file.name).name}
    os.utime(Path(first.file.path).with_name(left), (0, 0))
    assert upgrade_certificates([first.pk]) == {"extended": 1}
    assert _files_of(first) == {Path(edition.file.name).name for edition in approved.editions.all()}


def test_file_that_is_not_what_was_issued_is_not_extended(approved: Certificate) -> None:
    first = issue_certificate(str(approved.pk))
    Path(first.file.path).write_bytes(first.file.read() + b" ")
    with pytest.raises(SealingError, match="1 of 1 could not be extended"):
        upgrade_certificates([first.pk])
    assert approved.editions.count() == 1


def test_certificate_is_being_sealed_until_the_time_can_be_stamped(approved: Certificate, settings: Any) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/"
    job = Job.objects.get(idempotency_key=f"certificate-{approved.pk}")
    run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.error.split(":")[0]) == (JobState.QUEUED, "StampUnavailable")
    assert status_of(Certificate.objects.get(pk=approved.pk)) is CertificateStatus.BEING_SEALED
    with pytest.raises(StampUnavailable):
        issue_certificate(str(approved.pk))
    Job.objects.filter(pk=job.pk).update(state=JobState.DEAD, attempts=5)
    settings.TSA_URL = ""
    assert queue_upgrades()["tried_again"] == 1
    run(str(job.pk))
    assert status_of(Certificate.objects.get(pk=approved.pk)) is CertificateStatus.VALID


def _files_of(edition: Edition) -> set[str]:
    return set(edition.file.storage.listdir(str(Path(edition.file.name).parent))[1])
