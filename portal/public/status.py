"""Status lists: every place of every certificate, so that asking tells nobody which one is meant."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from portal.public.credentials import kept, opened, refused
from portal.ui.throttle import is_within_limit
from verification.credentials import jose
from verification.credentials.selectors import signed_list
from verification.credentials.status import KEPT_FOR, PURPOSES

LISTS_PER_ADDRESS = 120


@require_safe
def status_list(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """The list as it was signed last, for five minutes."""
    if not is_within_limit(request, "status_list", per_minute=LISTS_PER_ADDRESS):
        return refused("Too many questions from this address. Try again in a minute.", 429)
    signed = signed_list(purpose, number) if purpose in PURPOSES else None
    if signed is None:
        return refused("No such status list.", 404)
    etag = f'"{signed.version}-{int(signed.signed_at.timestamp() * 1000)}"'
    answer = kept(request, signed.token, etag=etag, form=jose.MEDIA_TYPE)
    patch_cache_control(answer, public=True, max_age=int(KEPT_FOR.total_seconds()))
    return opened(answer)
