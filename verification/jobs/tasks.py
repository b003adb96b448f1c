"""The one Celery task, and the sweeper that runs beside it in every worker."""

from __future__ import annotations

import threading

import structlog
from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.db import close_old_connections

from verification.jobs import services
from verification.jobs.daily import queue_daily_work

log = structlog.get_logger(__name__)
_stopping = threading.Event()


@shared_task(name="jobs.run", ignore_result=True)
def run_job(job_id: str) -> None:
    services.run(job_id)


@worker_ready.connect
def start_sweeper(**_: object) -> None:
    threading.Thread(target=_sweep_for_ever, name="job-sweeper", daemon=True).start()


@worker_shutting_down.connect
def stop_sweeper(**_: object) -> None:
    _stopping.set()


def _sweep_for_ever() -> None:
    while True:
        close_old_connections()
        try:
            queue_daily_work()
            services.sweep()
        except Exception as error:  # the database may be away; the next round tries again
            log.warning("jobs.sweep_failed", exc_info=error)
        if _stopping.wait(settings.JOB_SWEEP_SECONDS):
            return
