"""A batch is sealed by its chunks; what fails is seen and tried again by itself; nobody counts anything twice."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.certificates import batch_selectors
from verification.certificates.batch_selectors import Progress, failures_in, progress_of, waiting_outside
from verification.certificates.models import Certificate, Edition, IssuingBatch
from verification.certificates.services import chunk as chunks
from verification.certificates.services import issue
from verification.certificates.services.batch import retry_batch, start_batch
from verification.jobs.models import Job, JobState
from verification.jobs.services import MAX_ATTEMPTS, run, sweep
from verification.kernel.clock import wall_now
from verification.kernel.errors import Conflict, NotAllowed
from verification.signing.errors import StampUnavailable

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("world")]
SYSTEM = Actor.system()
KIND = "certificates.issue_chunk"


class Killed(BaseException):
    """What no handler survives, like the end of the process."""


@pytest.fixture
def batch() -> IssuingBatch:
    return start_batch(actor=SYSTEM, scheme="eu-cbam", year=2027)


@pytest.fixture
def sealed(monkeypatch) -> list[str]:
    """Drawing takes most of a second and is tried elsewhere; here an edition is one row."""
    done: list[str] = []

    def issue(certificate_id: str) -> None:
        certificate = Certificate.objects.get(pk=certificate_id)
        done.append(certificate_id)
        Edition.objects.create(
            certificate=certificate, level="B-T", file="x.pdf", size_bytes=1, sha256=uuid.uuid4().hex * 2,
            unsealed_sha256="0" * 64, key_id="0" * 64, sealed_at=wall_now(),
        )  # fmt: skip

    monkeypatch.setattr(chunks, "issue_certificate", issue)
    return done


def _of_scheme() -> QuerySet[Certificate]:
    return Certificate.objects.filter(claim__scheme="eu-cbam")


def _chunk(batch: IssuingBatch) -> Job:
    return Job.objects.get(kind=KIND, pk__in=batch.items.values("job"))


def _past_lease(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=wall_now() - timedelta(seconds=1))


def test_batch_takes_what_waits_once(batch, sealed):
    total = _of_scheme().count()
    assert progress_of(batch) == Progress(total=total, sealed=0, failed=0, tried_again=0)
    assert {row["scheme"] for row in waiting_outside()} == {"model-bca"}
    with pytest.raises(Conflict):
        start_batch(actor=SYSTEM, scheme="eu-cbam", year=2027)
    assert IssuingBatch.objects.count() == 1
    assert run(str(_chunk(batch).pk))
    assert progress_of(batch) == Progress(total=total, sealed=total, failed=0, tried_again=0)
    assert not progress_of(batch).is_at_work


def test_limit_leaves_the_rest_for_another():
    first = start_batch(actor=SYSTEM, scheme="eu-cbam", year=2027, limit=1)
    second = start_batch(actor=SYSTEM, scheme="eu-cbam", year=2027)
    taken = [list(each.items.values_list("certificate__number", flat=True)) for each in (first, second)]
    assert sorted(taken[0] + taken[1]) == sorted(_of_scheme().values_list("number", flat=True))
    assert taken[0] == sorted(_of_scheme().values_list("number", flat=True))[:1]


def test_killed_worker_is_carried_on_where_it_stopped(batch, sealed, monkeypatch):
    job, issue = _chunk(batch), chunks.issue_certificate
    monkeypatch.setattr(chunks, "issue_certificate", lambda pk: issue(pk) if not sealed else _die())
    with pytest.raises(Killed):
        run(str(job.pk))
    assert (progress_of(batch).sealed, progress_of(batch).is_at_work) == (1, True)
    monkeypatch.setattr(chunks, "issue_certificate", issue)
    _past_lease(job)
    assert run(str(job.pk))
    assert sorted(sealed) == sorted(str(pk) for pk in _of_scheme().values_list("pk", flat=True))
    assert Edition.objects.count() == len(sealed)


def test_one_that_kills_its_worker_takes_no_others_along(batch, sealed, monkeypatch):
    job, issue = _chunk(batch), chunks.issue_certificate
    poison = str(batch.items.earliest("pk").certificate_id)
    monkeypatch.setattr(chunks, "issue_certificate", lambda pk: _die() if pk == poison else issue(pk))
    for _ in range(chunks.MOST_STARTS):
        with pytest.raises(Killed):
            run(str(job.pk))
        _past_lease(job)
    assert run(str(job.pk))
    progress = progress_of(batch)
    assert (progress.sealed, progress.tried_again) == (progress.total - 1, 1)


def test_failure_is_seen_and_tried_alone(batch, sealed, monkeypatch):
    issue = chunks.issue_certificate
    bad = batch.items.latest("pk").certificate
    monkeypatch.setattr(chunks, "issue_certificate", lambda pk: json.loads("{") if pk == str(bad.pk) else issue(pk))
    assert run(str(_chunk(batch).pk))
    assert _chunk_states(batch) == {"done"}
    (failure,) = failures_in(batch)
    assert failure.certificate == bad
    assert failure.error.startswith("JSONDecodeError: ")
    assert (failure.job.idempotency_key, failure.job.state) == (f"certificate-{bad.pk}", "queued")
    assert progress_of(batch).tried_again == 1
    Job.objects.filter(pk=failure.job_id).update(state=JobState.DEAD, attempts=MAX_ATTEMPTS)
    assert (progress_of(batch).failed, progress_of(batch).is_at_work) == (1, False)
    assert retry_batch(batch, actor=SYSTEM) == 1
    failure.job.refresh_from_db()
    assert (failure.job.state, failure.job.attempts) == ("queued", 0)
    assert Event.objects.filter(name="certificates.issuing.retried", subject_id=batch.pk).count() == 1


def test_without_time_stamps_the_chunk_waits_as_a_whole(batch, monkeypatch):
    monkeypatch.setattr(chunks, "issue_certificate", _unstamped)
    job = _chunk(batch)
    for _ in range(MAX_ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(not_before=wall_now())
        assert run(str(job.pk))
    progress = progress_of(batch)
    assert (progress.failed, progress.sealed) == (progress.total, 0)
    assert {each.job.error for each in failures_in(batch)} == {"StampUnavailable: away"}
    assert retry_batch(batch, actor=SYSTEM) == 1
    assert progress_of(batch).waiting == progress.total
    with pytest.raises(Conflict):
        retry_batch(batch, actor=SYSTEM)


def test_queries_do_not_grow_with_the_batch(batch):
    with CaptureQueriesContext(connection) as seen:
        progress_of(batch)
        list(failures_in(batch))
        batch_selectors.waiting_outside()
    assert len(seen) == 3
    with CaptureQueriesContext(connection) as few:
        start_batch_of(1)
    with CaptureQueriesContext(connection) as more:
        start_batch_of(2)
    assert len(few) == len(more)


def test_a_certificate_costs_as_many_queries_in_a_large_batch_as_in_a_small_one(batch, monkeypatch, tmp_path, settings):
    """Drawing and sealing, which ask the database nothing, are left out."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(issue, "render_certificate", lambda record, code: record["certificate_no"].encode())
    monkeypatch.setattr(issue, "seal", lambda pdf, *, reason: pdf + reason.encode())
    monkeypatch.setattr(issue, "key_id", lambda: "0" * 64)
    monkeypatch.setattr(issue, "offline_code_for", lambda certificate: None)
    waiting = [str(pk) for pk in batch.items.order_by("pk").values_list("certificate", flat=True)]

    def cost(*certificates: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert chunks.issue_chunk(certificates)["sealed"] == len(certificates)
        return len(seen)

    with transaction.atomic():
        both = cost(*waiting)
        transaction.set_rollback(True)
    first, second = (cost(one) for one in waiting)
    assert first == second, "what else waits in the batch, or is sealed, costs nothing"
    assert both < first + second, "a chunk's own queries are asked once"


def test_a_long_queue_is_not_published_again_as_a_whole(batch, monkeypatch):
    published: list[str] = []
    monkeypatch.setattr(
        "verification.jobs.services.current_app.send_task", lambda *_, args, queue, **__: published.append(queue)
    )
    Job.objects.exclude(pk=_chunk(batch).pk).delete()
    sweep()
    assert published == ["issuing"]
    old = wall_now() - timedelta(minutes=5)
    Job.objects.bulk_create(
        Job(
            kind=KIND,
            idempotency_key=f"old-{n}",
            not_before=old,
            published_at=old,
            created_at=old,
        )
        for n in range(60)
    )
    sweep()
    assert len(published) == 1 + 25


def test_only_stewards_and_heads_of_team(batch):
    for roles in ({"reviewer"}, {"approver"}, set()):
        with pytest.raises(NotAllowed):
            retry_batch(batch, actor=Actor("user", "1", "Somebody", roles=frozenset(roles)))


def start_batch_of(count: int) -> None:
    """A batch of that many of the certificates, and none of it kept."""
    with transaction.atomic():
        IssuingBatch.objects.get().items.all().delete()
        start_batch(actor=SYSTEM, scheme="eu-cbam", year=2027, limit=count)
        transaction.set_rollback(True)


def _chunk_states(batch: IssuingBatch) -> set[str]:
    return set(Job.objects.filter(kind=KIND).values_list("state", flat=True))


def _die() -> None:
    raise Killed


def _unstamped(_certificate_id: str) -> None:
    raise StampUnavailable("away")
