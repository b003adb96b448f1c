"""Invitations: what is sealed, and whether the verifier takes the work on."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.files import evidence_response
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from portal.verifier.forms import AcceptForm, DeclineForm
from portal.verifier.lookups import demand_invited, own_engagement_or_404, shown_numbers
from portal.verifier.to_do import to_do_for
from verification.claims.enums import EngagementState
from verification.claims.selectors import engagements_for
from verification.claims.services.verification import decline_engagement
from verification.claims.services.verifier_work import IMPARTIALITY, accept_invitation
from verification.claims.verifier_selectors import work_of, works_for
from verification.kernel.errors import InvalidInput


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Open invitations first, then works, then what was answered."""
    actor = actor_of(request)
    engagements = engagements_for(actor).defer("claim__reading", "snapshot__content")
    works = list(works_for(actor).defer("claim__reading"))
    accepted = {(work.claim_id, work.verifier_id): work for work in works}
    waiting = [
        (engagement, accepted.get((engagement.claim_id, engagement.verifier_id)))
        for engagement in engagements.filter(state=EngagementState.INVITED).order_by("invited_at")
    ]
    asked = {work.pk for _engagement, work in waiting if work}
    context = {
        "to_do": to_do_for(waiting),
        "works": [work for work in works if work.pk not in asked],
        "page": keyset_page(
            engagements.exclude(state=EngagementState.INVITED),
            order=("-invited_at", "-id"),
            cursor=request.GET.get("cursor", ""),
        ),
    }
    return render(request, "verifier/home.html", context)


@signed_in
@require_safe
def engagement(request: HttpRequest, pk: object) -> HttpResponse:
    """Exactly what was sealed, and the files of the claim."""
    found = own_engagement_or_404(actor_of(request), pk)
    return render(request, "verifier/engagement.html", shown_numbers(found) | {"work": work_of(found)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_accept(request: HttpRequest, pk: object) -> HttpResponse:
    """Take the work on, with the declaration of impartiality."""
    actor = actor_of(request)
    found = own_engagement_or_404(actor, pk)
    demand_invited(found)
    form = AcceptForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            work = accept_invitation(found, actor=actor, has_declared=form.cleaned_data["declaration"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("You accepted; the producer was told."))
            return redirect("verifier:work", work.pk)
    context = {"engagement": found, "form": form, "impartiality": IMPARTIALITY}
    return render(request, "verifier/engagement_accept.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_decline(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    found = own_engagement_or_404(actor, pk)
    demand_invited(found)
    form = DeclineForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            decline_engagement(found, actor=actor, reason=form.cleaned_data["reason"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("You declined; the producer was told."))
            return redirect("verifier:home")
    return render(request, "verifier/engagement_decline.html", {"engagement": found, "form": form})


@signed_in
@require_safe
def file(request: HttpRequest, pk: object) -> FileResponse:
    return evidence_response(actor_of(request), pk)
