"""The actor behind a request."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest

from verification.audit.actors import Actor
from verification.registry.selectors import actor_for

_RECORDS = "account_authentication_methods"
_SECOND_FACTOR = "mfa"


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person with roles, organisations and the last second factor of this session."""
    if not request.user.is_authenticated:
        return Actor.anonymous()
    return actor_for(request.user, second_factor_at=second_factor_at(request))


def second_factor_at(request: HttpRequest) -> datetime | None:
    """When a second factor was last proved in this session (wall clock, UTC)."""
    instants = [record["at"] for record in request.session.get(_RECORDS, []) if record.get("method") == _SECOND_FACTOR]
    return datetime.fromtimestamp(max(instants), UTC) if instants else None
