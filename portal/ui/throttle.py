"""How often one address may ask for something that costs time."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60


def is_within_limit(request: HttpRequest, action: str, *, per_minute: int, of_everyone: int = 0) -> bool:
    """Count this request and say whether the address stays under ``per_minute`` in this minute.

    ``of_everyone`` bounds all addresses together, for what costs the machine much; zero for no such bound.
    """
    if not _counted(f"{action}:{request.META.get('REMOTE_ADDR', '')}", per_minute):
        return False
    return not of_everyone or _counted(f"{action}:everyone", of_everyone)


def _counted(what: str, most: int) -> bool:
    key = f"throttle:{what}:{int(time.time() // WINDOW_SECONDS)}"
    if cache.add(key, 1, timeout=2 * WINDOW_SECONDS):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # the key went away between the two calls
        return True
