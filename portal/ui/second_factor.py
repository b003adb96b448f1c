"""Who needs a second factor, when one was last proved, and proving one inside a form.

Authenticators count real time, so everything here is wall clock in UTC, never the product's clock.
"""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from verification.accounts.models import User
from verification.database.kept import Given, Kept
from verification.kernel import clock
from verification.registry.selectors import needs_second_factor

__all__ = ["has_authenticator_app", "has_second_factor", "needs_second_factor", "second_factor_at", "verify_code"]

PROVING_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PROVING = Kept(lambda: Authenticator.objects.filter(user_id=Given("person"), type__in=PROVING_TYPES).values("pk")[:1])


def has_second_factor(user: User | AnonymousUser) -> bool:
    """True when the person can prove a second factor; recovery codes alone do not count."""
    return user.is_authenticated and bool(PROVING.rows(person=user.pk))


def has_authenticator_app(user: User | AnonymousUser) -> bool:
    """True when the person can type digits into a form; the others prove a passkey on its own page."""
    return user.is_authenticated and Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def second_factor_at(request: HttpRequest) -> datetime | None:
    """When this session last proved an authenticator or a passkey of this person.

    ``None`` where it never did. A recovery code lets a person in; it is no fresh proof for a signature.
    """
    instants = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa" and record.get("type") in PROVING_TYPES
    ]
    return datetime.fromtimestamp(max(instants), UTC) if instants else None


def verify_code(request: HttpRequest, code: str) -> bool:
    """Check an authenticator's digits for the signed-in person and record the proof in the session.

    A code that was used, here or at sign-in, is refused for as long as it would be valid. The
    check counts against the same limit of failures as sign-in; past the limit it is refused too.
    """
    authenticator = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return False
    with context.request_context(request):
        return _prove(request, authenticator, code)


def _prove(request: HttpRequest, authenticator: Authenticator, code: str) -> bool:
    try:
        clear_failures = check_rate_limit(request.user)
    except ValidationError:
        return False
    if not authenticator.wrap().validate_code(code.replace(" ", "")):
        return False
    if not _is_first_use(authenticator):
        return False
    clear_failures()
    authenticator.user = request.user
    post_authentication(request, authenticator, reauthenticated=True)
    return True


def _is_first_use(authenticator: Authenticator) -> bool:
    """One of two requests with the same code loses here, whatever the cache between them does."""
    unchanged = Authenticator.objects.filter(pk=authenticator.pk, last_used_at=authenticator.last_used_at)
    return unchanged.update(last_used_at=clock.wall_now()) == 1
