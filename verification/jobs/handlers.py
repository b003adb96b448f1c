"""Which function does which kind of job. Rooms register theirs in their ``tasks`` module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any]], dict[str, Any] | None]
DEFAULT_QUEUE = "portal"
_handlers: dict[str, Handler] = {}
_queues: dict[str, str] = {}


def handles(kind: str, *, queue: str = DEFAULT_QUEUE) -> Callable[[Handler], Handler]:
    """Register the decorated function. It gets the payload, must be idempotent, and may return a result.

    Work that comes by the thousand has a ``queue`` of its own, so that nothing else waits behind it.
    """

    def register(handler: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not handler:
            raise RuntimeError(f"Two handlers for jobs of kind {kind}.")
        _handlers[kind] = handler
        _queues[kind] = queue
        return handler

    return register


def handler_for(kind: str) -> Handler:
    """Raises ``KeyError`` when no room handles this kind."""
    return _handlers[kind]


def queue_of(kind: str) -> str:
    """Where workers find jobs of this kind; a kind that no room handles fails in the queue of all others."""
    return _queues.get(kind, DEFAULT_QUEUE)
