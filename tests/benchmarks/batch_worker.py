"""One process of a worker that takes the chunks of a batch until nothing waits. Drawing and sealing are left out.

Everything else is the job's own: claim, lease, offline code, file on the disk, edition, event, notice, what follows.
"""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any

LEASE_SECONDS = 6


def take_chunks(batch: str, notes: str) -> None:
    """Writes a line to the file ``notes`` for each chunk: certificates, queries, most memory so far in kilobytes."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from tests.clock import set_test_clock
    from verification.certificates.services import issue
    from verification.jobs.models import Job
    from verification.jobs.services import run

    set_test_clock()
    settings.JOB_LEASE_SECONDS = LEASE_SECONDS
    issue.render_certificate = lambda record, offline_code: record["certificate_no"].encode()
    issue.seal = lambda pdf, *, reason: pdf + reason.encode()
    queries = 0

    def counted(execute: Any, sql: Any, parameters: Any, many: Any, context: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(counted), Path(notes).open("a", buffering=1) as lines:
        while (job := _next_chunk(batch)) is not None:
            before = queries
            if not job or not run(job):
                time.sleep(0.2)
                continue
            spent = queries - before
            sealed = (Job.objects.get(pk=job).result or {}).get("sealed", 0)
            lines.write(json.dumps([sealed, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]) + "\n")


def _next_chunk(batch: str) -> str | None:
    """A chunk that waits or whose worker died; empty where all are in other hands, ``None`` where all are through."""
    from django.db.models import Q

    from verification.certificates.services.batch import ISSUE_CHUNK
    from verification.jobs.models import Job, JobState
    from verification.kernel.clock import wall_now

    left = Job.objects.filter(kind=ISSUE_CHUNK, idempotency_key__startswith=f"issuing-{batch}-")
    left = left.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
    free = left.filter(Q(state=JobState.QUEUED) | Q(lease_until__lt=wall_now())).order_by("created_at", "pk")
    found = free.values_list("pk", flat=True).first()
    return str(found) if found else "" if left.exists() else None
