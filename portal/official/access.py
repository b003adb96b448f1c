"""Who may open the officials' pages, and how their claims are found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from verification.audit.actors import Actor
from verification.certificates.batch_selectors import KEEPERS
from verification.claims import policy
from verification.claims.models import Claim
from verification.claims.selectors import queue_for, sent_claim_for
from verification.kernel.errors import SecondFactorNeeded

View = Callable[..., HttpResponseBase]


def official_only(view: View) -> View:
    """A page that does not exist for people without an official's appointment."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not actor_of(request).is_official:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(answer)


def steward_only(view: View) -> View:
    """A page that does not exist for people who are no steward."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not actor_of(request).has_role("steward"):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(answer)


def issuing_only(view: View) -> View:
    """A page that does not exist but for stewards and heads of team."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not actor_of(request).roles & KEEPERS:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(answer)


def sent_claim_or_404(actor: Actor, pk: object) -> Claim:
    """A claim that was sent. What is still a producer's draft does not exist for officials."""
    found = sent_claim_for(actor, pk)
    if found is None:
        raise Http404
    return found


def claim_after(actor: Actor, claim: Claim) -> Claim | None:
    """The next claim that waits for officials, by the day on which it must be decided."""
    waiting = queue_for(actor).filter(due_on__isnull=False).exclude(pk=claim.pk).order_by("due_on", "id")
    if claim.due_on is None:
        return waiting.first()
    later = Q(due_on__gt=claim.due_on) | Q(due_on=claim.due_on, pk__gt=claim.pk)
    return waiting.filter(due_on__gte=claim.due_on).filter(later).defer("reading").first()


def has_fresh_second_factor(actor: Actor) -> bool:
    try:
        policy.demand_fresh_second_factor(actor)
    except SecondFactorNeeded:
        return False
    return True
