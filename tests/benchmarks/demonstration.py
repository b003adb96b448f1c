"""The demonstration on the benchmark's own PostgreSQL, with folders for the broker of its workers."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

from django.conf import settings
from django.db import connection

from tests.clock import set_test_clock


def make_demonstration() -> None:
    """Raises ``RuntimeError`` on another database."""
    from django.core.management import call_command

    if connection.vendor != "postgresql":
        raise RuntimeError("This benchmark is about PostgreSQL; start it with make bench.")
    set_test_clock()
    for name in ("queue", "control"):
        (settings.BROKER_DIR / name).mkdir(parents=True, exist_ok=True)
    with redirect_stdout(sys.stderr):
        call_command("demo", verbosity=0)
