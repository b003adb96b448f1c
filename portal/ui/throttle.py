"""How often one address may ask for something that costs time."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60


def is_within_limit(request: HttpRequest, action: str, *, per_minute: int) -> bool:
    """Count this request and say whether the address stays under ``per_minute`` in this minute."""
    window = int(time.time() // WINDOW_SECONDS)
    key = f"throttle:{action}:{request.META.get('REMOTE_ADDR', '')}:{window}"
    if cache.add(key, 1, timeout=2 * WINDOW_SECONDS):
        return True
    try:
        return cache.incr(key) <= per_minute
    except ValueError:  # the key went away between the two calls
        return True
