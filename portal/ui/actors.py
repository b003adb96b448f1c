"""The actor behind a request."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from verification.audit.actors import Actor
from verification.registry.selectors import actor_for

PROVING_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person with roles, organisations and the last second factor of this session."""
    if not request.user.is_authenticated:
        return Actor.anonymous()
    return actor_for(request.user, second_factor_at=second_factor_at(request))


def second_factor_at(request: HttpRequest) -> datetime | None:
    """When this session last proved an authenticator or a passkey of this person (wall clock, UTC).

    ``None`` where it never did. A recovery code lets a person in; it is no fresh proof for a signature.
    """
    instants = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa" and record.get("type") in PROVING_TYPES
    ]
    return datetime.fromtimestamp(max(instants), UTC) if instants else None
