"""One claim: reading it, and each act of the reviewer as a view of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.official.access import claim_after, official_only, sent_claim_or_404
from portal.official.actions import people_for
from portal.official.forms import (
    AnswerFindingForm,
    ConflictForm,
    ReassignForm,
    ReleaseForm,
    SendBackForm,
    TakeForm,
)
from portal.official.kinds import kind_of
from portal.official.numbers import content_of_snapshot
from portal.official.page import claim_page, recommend_form
from portal.official.wordings import RECOMMENDS, chosen_wording, filled
from portal.ui.actors import actor_of
from portal.ui.comparison import comparison_of, states_of
from verification.audit.actors import Actor
from verification.claims.findings import last_snapshot
from verification.claims.models import Claim
from verification.claims.services import review
from verification.claims.services.conflicts import declare_conflict, declare_no_conflict
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed

Act = Callable[[Claim, Actor, dict[str, Any]], object]


class Typed(Protocol):
    """What one act asks for: a form, or several as one."""

    @property
    def cleaned_data(self) -> dict[str, Any]: ...

    def is_valid(self) -> bool: ...

    def add_problems(self, refusal: InvalidInput) -> None: ...


@official_only
@require_safe
def claim(request: HttpRequest, pk: object) -> HttpResponse:
    return claim_page(request, pk)


@official_only
@require_safe
def claim_next(request: HttpRequest, pk: object) -> HttpResponse:
    """The claim after this one in the queue; the queue itself after the last."""
    actor = actor_of(request)
    following = claim_after(actor, sent_claim_or_404(actor, pk))
    return redirect("official:queue") if following is None else redirect("official:claim", pk=following.pk)


@official_only
@require_POST
def claim_take(request: HttpRequest, pk: object) -> HttpResponse:
    form = TakeForm(request.POST, auto_id="take_%s")
    return act_on_claim(request, pk, "take", form, _take, _("You took the claim."))


@official_only
@require_POST
def claim_declare(request: HttpRequest, pk: object) -> HttpResponse:
    """Whom a claim was given declares that it has no conflict of interest before it does anything else."""
    form = TakeForm(request.POST, auto_id="declare_%s")
    return act_on_claim(request, pk, "declare", form, _declare, _("Your declaration was recorded."))


@official_only
@require_POST
def claim_conflict(request: HttpRequest, pk: object) -> HttpResponse:
    form = ConflictForm(request.POST, auto_id="conflict_%s")
    said = _("Your conflict of interest was recorded. A colleague takes the claim.")
    return act_on_claim(request, pk, "conflict", form, _conflict, said)


@official_only
@require_POST
def claim_release(request: HttpRequest, pk: object) -> HttpResponse:
    form = ReleaseForm(request.POST, auto_id="release_%s")
    return act_on_claim(request, pk, "release", form, _release, _("The claim is back in the queue."))


@official_only
@require_POST
def claim_reassign(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    found = sent_claim_or_404(actor, pk)
    form = ReassignForm(request.POST, auto_id="reassign_%s", people=people_for(actor, found))
    return act_on_claim(request, pk, "reassign", form, _reassign, _("The claim changed hands."))


@official_only
@require_POST
def claim_answer_finding(request: HttpRequest, pk: object) -> HttpResponse:
    return act_on_claim(
        request, pk, "answer", AnswerFindingForm(request.POST), _answer_finding, _("Your answer was recorded.")
    )


@official_only
@require_POST
def claim_recommend(request: HttpRequest, pk: object) -> HttpResponse:
    """Recommend; or, with the button beside the wordings, fill the reasons and show the page again."""
    found = sent_claim_or_404(actor_of(request), pk)
    content = content_of_snapshot(last_snapshot(found))
    if "fill" in request.POST:
        return claim_page(request, pk, recommend=recommend_form(found, content, initial=_filled(request, found)))
    form = recommend_form(found, content, request.POST)

    def recommend(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
        review.recommend(claim, actor=actor, kind=typed["kind"], reasons=typed["reasons"], left_out=form.left_out)

    return act_on_claim(request, pk, "recommend", form, recommend, _("Your recommendation went to the approvers."))


@official_only
@require_POST
def claim_send_back(request: HttpRequest, pk: object) -> HttpResponse:
    form = SendBackForm(request.POST, auto_id="send_back_%s")
    return act_on_claim(request, pk, "send_back", form, _send_back, _("The claim is back with the reviewer."))


@official_only
@require_safe
def changes(request: HttpRequest, pk: object) -> HttpResponse:
    """Two sealed states of the claim beside each other, field by field; drafts are the producer's alone."""
    found = sent_claim_or_404(actor_of(request), pk)
    states = states_of(found, with_draft=False)
    context = {"claim": found, **comparison_of(states, request.GET)}
    return render(request, "official/changes.html", context)


def act_on_claim(request: HttpRequest, pk: object, name: str, form: Typed, act: Act, said: str) -> HttpResponse:
    """Do it and say so; what is refused shows the page as it stands now with everything that was typed."""
    actor = actor_of(request)
    found = sent_claim_or_404(actor, pk)
    status = 200
    if form.is_valid():
        try:
            act(found, actor, form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        except (Conflict, NotAllowed) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 403
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
            return redirect("official:claim", pk=pk)
    return claim_page(request, pk, status=status, **{name: form})


def _take(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.take_claim(claim, actor=actor, has_no_conflict=True)


def _declare(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    declare_no_conflict(claim, actor=actor, has_no_conflict=True)


def _conflict(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    declare_conflict(claim, actor=actor, statement=typed["statement"])


def _reassign(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.reassign_claim(claim, actor=actor, to=typed["to"], reason=typed["reason"])


def _release(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.release_claim(claim, actor=actor, reason=typed["reason"])


def _answer_finding(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.answer_finding(claim, actor=actor, finding_key=typed["finding_key"], text=typed["text"])


def _send_back(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.send_back(claim, actor=actor, reason=typed["reason"])


def _filled(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """What was typed, with the chosen wording in the reasons; nothing is recorded."""
    typed: dict[str, Any] = request.POST.dict()
    wording = chosen_wording(typed.get("wording", ""), claim.kind, claim.scheme)
    if wording is not None:
        words = kind_of(claim).words(claim, last_snapshot(claim))
        if words:
            typed["reasons"] = filled(wording, words | {"installation": claim.place})
            typed["kind"] = RECOMMENDS.get(wording.act, typed.get("kind", ""))
    return typed
