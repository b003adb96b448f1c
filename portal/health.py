"""Is the process alive, and may it be sent traffic? For machines; says nothing about people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from verification.jobs.models import Job, JobState
from verification.kernel import clock

BROKER_TIMEOUT_SECONDS = 1


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, schema and broker can be used; 503 with the failing part otherwise.

    The age of the oldest waiting job is told, and never makes the site unready: work waits, pages go on.
    """
    parts: dict[str, str] = {}
    for name, examine in (("database", _database), ("migrations", _migrations), ("broker", _broker)):
        parts[name] = _outcome(examine)
        if name == "database" and parts[name] != "ok":
            break
    is_ready = all(outcome == "ok" for outcome in parts.values())
    body: dict[str, object] = {"status": "ready" if is_ready else "not ready", "parts": parts}
    if parts.get("migrations") == "ok":
        body["oldest_waiting_job_seconds"] = _oldest_waiting_job_seconds()
    return JsonResponse(body, status=200 if is_ready else 503)


def _outcome(examine: Callable[[], None]) -> str:
    try:
        examine()
    except (DatabaseError, OSError, redis.RedisError, RuntimeError) as failure:
        return f"failed: {type(failure).__name__}"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("Migrations are waiting.")


def _broker() -> None:
    if settings.REDIS_URL:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=BROKER_TIMEOUT_SECONDS)
        client.ping()
        return
    folder = Path(settings.BROKER_DIR)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".ready"
    probe.touch()
    probe.unlink()


def _oldest_waiting_job_seconds() -> int:
    """Wall-clock seconds that the longest-due queued job has been waiting; 0 when none is due."""
    now = clock.wall_now()
    oldest = (
        Job.objects.filter(state=JobState.QUEUED, not_before__lte=now)
        .order_by("not_before")
        .values_list("not_before", flat=True)
        .first()
    )
    return int((now - oldest).total_seconds()) if oldest else 0
