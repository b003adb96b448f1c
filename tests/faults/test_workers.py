"""Real workers on the embedded broker and on Redis, killed in the middle and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from verification.certificates.models import Certificate, Edition
from verification.jobs.models import Job
from verification.notifications.models import Notice

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


@pytest.fixture
def worker(own_database: None, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a real worker on the test's own database; all are gone when the test ends."""
    started: list[subprocess.Popen[bytes]] = []

    def start(**environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "threads", "-c", "2"]
        process = subprocess.Popen(
            [*command, "--loglevel", "error", "--without-gossip", "--without-mingle"],
            cwd=ROOT,
            env=_environment() | environment,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.parametrize("point", ["certificates.issue_started", "certificates.file_kept"])
def test_killed_worker_leaves_one_certificate_after_restart(
    worker: Callable[..., subprocess.Popen[bytes]], point: str
) -> None:
    certificate = _waiting_certificate()
    dying = worker(PORTAL_CRASH_AT=point)
    _until(lambda: dying.poll() is not None)
    assert dying.returncode == 137
    assert not Edition.objects.filter(certificate=certificate).exists()
    assert Job.objects.filter(state="running").exists()
    worker()
    _until(lambda: Edition.objects.filter(certificate=certificate).exists())
    _until(lambda: not Job.objects.filter(kind="certificates.issue").exclude(state="done").exists())
    edition = Edition.objects.get(certificate=certificate, level="B-T")
    _, files = edition.file.storage.listdir(f"certificates/{certificate.pk.hex}")
    kept = Edition.objects.filter(certificate=certificate).values_list("file", flat=True)
    assert set(files) == {name.rsplit("/", 1)[-1] for name in kept}
    told = Notice.objects.filter(kind="certificate_issued", text__contains=certificate.claim.number)
    assert told.count() == 1


def test_worker_on_a_real_redis_does_the_same(worker: Callable[..., subprocess.Popen[bytes]]) -> None:
    address = os.environ.get("REDIS_TEST_URL", "")
    assert address, "REDIS_TEST_URL names the Redis of this run; `make test` starts one"
    certificate = _waiting_certificate()
    dying = worker(REDIS_URL=address, PORTAL_CRASH_AT="certificates.file_kept")
    _until(lambda: dying.poll() is not None)
    worker(REDIS_URL=address)
    _until(lambda: Edition.objects.filter(certificate=certificate).exists())
    assert Edition.objects.filter(certificate=certificate, level="B-T").count() == 1


def _waiting_certificate() -> Certificate:
    return Certificate.objects.select_related("claim").filter(edition=None).order_by("number").first()


def _environment() -> dict[str, str]:
    """The worker sees the test's database and folders, with short leases so that a test need not wait a minute."""
    name = connection.settings_dict["NAME"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PORTAL_SECRET_KEY": "test-only",
        "PORTAL_VAR_DIR": str(settings.VAR_DIR),
        "DATABASE_URL": f"sqlite:///{name}",
        "PORTAL_JOB_LEASE_SECONDS": "3",
        "PORTAL_JOB_SWEEP_SECONDS": "1",
        "PORTAL_DEMONSTRATION_DATE": "2027-03-15",
    }


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "the worker did not get there"
        time.sleep(0.2)
