"""The actor behind a request."""

from __future__ import annotations

from django.http import HttpRequest

from portal.ui.second_factor import second_factor_at
from verification.audit.actors import Actor
from verification.registry.selectors import actor_for


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person with roles, organisations and the last second factor of this session; read once."""
    if not request.user.is_authenticated:
        return Actor.anonymous()
    proved_at = second_factor_at(request)
    known = getattr(request, "portal_actor", None)
    if known is None or known.second_factor_at != proved_at:
        known = actor_for(request.user, second_factor_at=proved_at)
        request.portal_actor = known  # type: ignore[attr-defined]
    return known
