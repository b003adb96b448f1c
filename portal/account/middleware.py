"""Officials and members of verifiers reach nothing before they have a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve

from portal.ui.actors import actor_of
from portal.ui.second_factor import has_second_factor, needs_second_factor
from verification.accounts.models import User

SET_UP_NAMES = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account:second_factor_needed",
        "health_live",
        "health_ready",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


class SecondFactorRequired:
    """Redirects whoever needs a second factor and has none to the page that explains and sets it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not _is_set_up_page(request) and _lacks_second_factor(request):
            return redirect("account:second_factor_needed")
        return self.get_response(request)


def _lacks_second_factor(request: HttpRequest) -> bool:
    """Whoever is an official today is known to need one; of others more has to be asked."""
    user = cast(User, request.user)
    return (actor_of(request).is_official or needs_second_factor(user)) and not has_second_factor(user)


def _is_set_up_page(request: HttpRequest) -> bool:
    match = _match(request.path_info)
    return match is not None and match.view_name in SET_UP_NAMES


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
