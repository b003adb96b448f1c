"""Celery carries job ids; the job row is the truth (see verification.jobs)."""

import os

from celery import Celery

from verification.jobs.folder import register_transport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

register_transport()
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
