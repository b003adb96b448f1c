"""What every page behind sign-in shares: who may open it, and how the domain's refusals are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from verification.kernel.errors import Conflict, NotAllowed

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """A page for people with an account: never cached, asks others to sign in.

    ``NotAllowed`` becomes the page 403, and ``Conflict`` the page 409, which says what changed and
    leads back to the page as it stands now.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Conflict as refusal:
            return render(request, "409.html", {"reason": str(refusal)}, status=409)

    return never_cache(login_required(answer))
