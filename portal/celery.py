"""Celery carries job ids; the job row is the truth (see verification.jobs)."""

import os

from celery import Celery
from celery.signals import worker_process_init

from verification.jobs.folder import register_transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

register_transport()
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def warm_up(**_: object) -> None:
    """Each process of a pool draws once before its first job; Celery logs a failure and the worker goes on."""
    from verification.certificates.warming import warm_up

    warm_up()
