"""One process of a worker that issues. Imports no Django before it is set up: the process starts from nothing."""

from __future__ import annotations

import time


def start_worker() -> None:
    """What a process does before its first job."""
    import django

    django.setup()
    from tests.clock import set_test_clock
    from verification.certificates.warming import warm_up

    set_test_clock()
    warm_up()


def issue(job: str) -> float:
    """Run the job of one chunk; the seconds of processor time that it took.

    Raises ``RuntimeError`` where a certificate of it was not sealed.
    """
    from verification.certificates.batch_selectors import unsealed_items
    from verification.jobs.services import run

    begun = time.process_time()
    has_run = run(job)
    spent = time.process_time() - begun
    if not has_run or unsealed_items().filter(job=job).exists():
        raise RuntimeError("Not every certificate was sealed.")
    return spent
