"""The one Celery task, and the sweeper that runs beside it in every worker."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import structlog
from celery import current_app, shared_task
from celery.signals import worker_init, worker_ready, worker_shutting_down
from django.conf import settings
from django.db import close_old_connections

from verification.jobs import services
from verification.jobs.daily import queue_daily_work

log = structlog.get_logger(__name__)
_stopping = threading.Event()


@shared_task(name="jobs.run", ignore_result=True)
def run_job(job_id: str) -> None:
    services.run(job_id)


@worker_init.connect
def drop_torn_messages(**_: object) -> None:
    """A process that was killed while it published leaves half a message, on which every worker would stop.

    Only for a broker that is a folder. Nothing is lost: the job's row is the truth and its id is published again.
    """
    folder = current_app.conf.broker_transport_options.get("data_folder_in")
    for message in Path(folder).glob("*.msg") if folder else ():
        try:
            json.loads(message.read_bytes())
        except FileNotFoundError:  # another worker took it
            continue
        except ValueError:
            log.warning("jobs.torn_message_dropped", message=message.name)
            message.unlink(missing_ok=True)


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
