"""One claim: reading it, and each act of the reviewer as a view of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.official.access import last_snapshot, official_only, sent_claim_or_404
from portal.official.forms import AnswerFindingForm, AskForm, RecommendForm, ReleaseForm, SendBackForm, TakeForm
from portal.official.kinds import kind_of
from portal.official.page import claim_page
from portal.official.wordings import RECOMMENDS, chosen_wording, filled
from portal.ui.actors import actor_of
from portal.ui.comparison import comparison_of, states_of
from verification.audit.actors import Actor
from verification.claims.enums import QuestionAbout
from verification.claims.findings import findings_on_snapshot
from verification.claims.models import Claim
from verification.claims.services import review
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed

Act = Callable[[Claim, Actor, dict[str, Any]], object]


@official_only
@require_safe
def claim(request: HttpRequest, pk: object) -> HttpResponse:
    return claim_page(request, pk)


@official_only
@require_POST
def claim_take(request: HttpRequest, pk: object) -> HttpResponse:
    form = TakeForm(request.POST, auto_id="take_%s")
    return act_on_claim(request, pk, "take", form, _take, _("You took the claim."))


@official_only
@require_POST
def claim_release(request: HttpRequest, pk: object) -> HttpResponse:
    form = ReleaseForm(request.POST, auto_id="release_%s")
    return act_on_claim(request, pk, "release", form, _release, _("The claim is back in the queue."))


@official_only
@require_POST
def claim_ask(request: HttpRequest, pk: object) -> HttpResponse:
    found = sent_claim_or_404(actor_of(request), pk)
    subjects = [finding.code for finding in findings_on_snapshot(found, last_snapshot(found))]
    form = AskForm(request.POST, auto_id="ask_%s", subjects=subjects)
    return act_on_claim(
        request, pk, "ask", form, _ask, _("The producer was asked; the clock stands still until it answers.")
    )


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
    if "fill" in request.POST:
        return claim_page(request, pk, recommend=_filled(request, pk))
    found = sent_claim_or_404(actor_of(request), pk)
    form = RecommendForm(request.POST, auto_id="recommend_%s", claim_kind=found.kind, scheme=found.scheme)
    return act_on_claim(request, pk, "recommend", form, _recommend, _("Your recommendation went to the approvers."))


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


def act_on_claim(request: HttpRequest, pk: object, name: str, form: forms.Form, act: Act, said: str) -> HttpResponse:
    """Do it and say so; what is refused shows the page as it stands now with everything that was typed."""
    actor = actor_of(request)
    found = sent_claim_or_404(actor, pk)
    status = 200
    if form.is_valid():
        try:
            act(found, actor, form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)  # type: ignore[attr-defined]
        except (Conflict, NotAllowed) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 403
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
            return redirect("official:claim", pk=pk)
    return claim_page(request, pk, status=status, **{name: form})


def _take(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.take_claim(claim, actor=actor, has_no_conflict=True)


def _release(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.release_claim(claim, actor=actor, reason=typed["reason"])


def _ask(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    about = QuestionAbout.FINDING if typed["subject"] else QuestionAbout.CLAIM
    review.ask_producer(claim, actor=actor, questions=[review.Asking(typed["text"], about, typed["subject"])])


def _answer_finding(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.answer_finding(claim, actor=actor, finding_key=typed["finding_key"], text=typed["text"])


def _recommend(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.recommend(claim, actor=actor, kind=typed["kind"], reasons=typed["reasons"])


def _send_back(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    review.send_back(claim, actor=actor, reason=typed["reason"])


def _filled(request: HttpRequest, pk: object) -> RecommendForm:
    """The recommendation with the chosen wording in its reasons; nothing is recorded."""
    found = sent_claim_or_404(actor_of(request), pk)
    typed = request.POST.dict()
    wording = chosen_wording(typed.get("wording", ""), found.kind, found.scheme)
    if wording is not None:
        words = kind_of(found).words(found, last_snapshot(found))
        if words:
            typed["reasons"] = filled(wording, words | {"installation": found.place})
            typed["kind"] = RECOMMENDS.get(wording.act, typed.get("kind", ""))
    return RecommendForm(initial=typed, auto_id="recommend_%s", claim_kind=found.kind, scheme=found.scheme)
