"""Wordings of decisions, kept by stewards: every version, a new one with its preview, and the second signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.official.access import official_only, steward_only
from portal.official.forms_wording import WordingFilterForm, WordingForm
from portal.official.wording_preview import preview_of
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from verification.audit.actors import Actor
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.reference.selectors import known_schemes
from verification.wording.models import DecisionWording
from verification.wording.placeholders import allowed_in
from verification.wording.selectors import versions_of, wordings_for_officials
from verification.wording.services import draft_wording, publish_wording, withdraw_wording


@official_only
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Every version in one language, by what it is for."""
    filters = WordingFilterForm(request.GET)
    rows = wordings_for_officials(actor_of(request)).filter(language=filters.chosen("language") or "en")
    if act := filters.chosen("act"):
        rows = rows.filter(act=act)
    page = keyset_page(
        rows, order=("claim_kind", "act", "key", "-version", "id"), cursor=request.GET.get("cursor", ""), size=25
    )
    context = {"page": page, "filters": filters, "may_write": actor_of(request).has_role("steward")}
    return render(request, "official/wordings.html", context)


@official_only
@require_safe
def wording(request: HttpRequest, pk: int) -> HttpResponse:
    """One version beside the others of the same text."""
    actor = actor_of(request)
    found = _wording_or_404(actor, pk)
    is_own = str(found.drafted_by_id) == actor.id
    context = {
        "wording": found,
        "versions": versions_of(found),
        "preview": preview_of(found.text),
        "may_write": actor.has_role("steward"),
        "may_publish": found.status == "draft" and not is_own,
        "is_own_draft": found.status == "draft" and is_own,
    }
    return render(request, "official/wording.html", context)


@steward_only
@require_http_methods(["GET", "HEAD", "POST"])
def wording_new(request: HttpRequest) -> HttpResponse:
    return _written(request, None)


@steward_only
@require_http_methods(["GET", "HEAD", "POST"])
def wording_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version starts from the words of this one."""
    return _written(request, _wording_or_404(actor_of(request), pk))


@official_only
@require_POST
def wording_publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, publish_wording, _("The version is in force from its first day on."))


@steward_only
@require_POST
def wording_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _act(request, pk, withdraw_wording, _("The version is withdrawn; nobody can choose it any more."))


def _written(request: HttpRequest, standing: DecisionWording | None) -> HttpResponse:
    """With ``preview`` nothing is kept: the page shows the filled text and what is wrong with it."""
    form = WordingForm(
        posted(request), schemes=list(known_schemes()), is_next=standing is not None, initial=_initial(standing)
    )
    preview = ""
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _previewed(form)
        elif made := _kept(request, form):
            return redirect("official:wording", pk=made.pk)
    context = {
        "form": form,
        "standing": standing,
        "preview": preview,
        "known": sorted(allowed_in(standing.claim_kind, standing.act)) if standing else [],
    }
    return render(request, "official/wording_write.html", context)


def _initial(standing: DecisionWording | None) -> dict[str, Any]:
    if standing is None:
        return {"valid_from": clock.today()}
    names = (*WordingForm.FIXED, "title", "text", "legal_ground")
    return {name: getattr(standing, name) for name in names} | {"valid_from": clock.today()}


def _previewed(form: WordingForm) -> str:
    try:
        return preview_of(form.content.text, claim_kind=form.content.claim_kind, act=form.content.act)
    except InvalidInput as refusal:
        form.add_problems(refusal)
        return ""


def _kept(request: HttpRequest, form: WordingForm) -> DecisionWording | None:
    try:
        made = draft_wording(form.content, actor=actor_of(request))
    except InvalidInput as refusal:
        form.add_problems(refusal)
        return None
    messages.success(
        request, _("Version %(n)d is written. A different official must publish it.") % {"n": made.version}
    )
    return made


def _act(request: HttpRequest, pk: int, act: Callable[..., object], said: str) -> HttpResponseBase:
    actor = actor_of(request)
    try:
        act(_wording_or_404(actor, pk), actor=actor)
    except (Conflict, NotAllowed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("official:wording", pk=pk)


def _wording_or_404(actor: Actor, pk: int) -> DecisionWording:
    return get_object_or_404(wordings_for_officials(actor), pk=pk)
