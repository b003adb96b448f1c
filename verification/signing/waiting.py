"""Coroutines of pyHanko run to their end from plain functions, wherever these are called."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.utils import translation

Result = TypeVar("Result")


def run_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """What ``work`` gives. Raises what it raises.

    A loop cannot wait for another one in its own thread, so where one runs, a thread of its own is taken, which
    speaks the caller's language. (``asgiref.sync.async_to_sync`` refuses there.)
    """
    if not _loop_runs_here():
        return asyncio.run(work)
    language = translation.get_language()

    def apart() -> Result:
        with translation.override(language):
            return asyncio.run(work)

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(apart).result()


def _loop_runs_here() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
