"""The pages themselves. A view of an audience finds its claim and hands it over with its frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.ui.actors import actor_of
from portal.ui.due_process.forms import AnswersForm, AppealForm, CommentForm
from portal.ui.due_process.frames import Frame
from portal.ui.due_process.standing import may_appeal, standing_of
from portal.ui.due_process.threads import threads_of
from portal.ui.forms import posted
from portal.ui.uploads import largest_upload_megabytes
from verification.claims.enums import ClaimState
from verification.claims.models import Claim
from verification.claims.services.appeals import appeal_due_on, lodge_appeal
from verification.claims.services.deciding import comment_on_draft
from verification.claims.services.producer import answer_questions, obstacles_to_sending
from verification.kernel.errors import Conflict, InvalidInput

Shortened = Callable[[InvalidInput], InvalidInput]


def procedure_context(claim: Claim, frame: Frame) -> dict[str, Any]:
    """What the claim's own page shows of the procedure. Neither notes, nor conflicts, nor recommendations."""
    decisions = sorted(claim.decisions.select_related("appeal"), key=lambda decision: decision.pk, reverse=True)
    return {
        "standing": standing_of(claim, frame),
        "threads": threads_of(claim, frame),
        "decision": decisions[0] if decisions else None,
        "earlier_decisions": decisions[1:],
        "appeals": claim.appeals.all(),
        "heard": claim.draft_decisions.exclude(comment=""),
        "answer_address": frame.address(claim, "answer"),
    }


def comment_page(request: HttpRequest, claim: Claim, frame: Frame) -> HttpResponse:
    """Read the draft, write a comment, read it once more, send it."""
    _demand_state(claim, ClaimState.HEARING)
    form = CommentForm(posted(request))
    if _is_to_send(request, form):
        try:
            comment_on_draft(claim, actor=actor_of(request), comment=form.cleaned_data["text"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Your comment was sent. The official who decides reads it first."))
            return redirect(frame.address(claim))
    context = _context(request, claim, frame, form) | {"draft": claim.draft_decisions.get(closed_at=None)}
    return render(request, "due_process/comment.html", context, status=422 if form.errors else 200)


def appeal_page(request: HttpRequest, claim: Claim, frame: Frame) -> HttpResponse:
    """Who decides, until when, and the grounds; they are read once more before they are sent."""
    if appeal_due_on(claim) is None:
        raise Conflict(
            _("The claim is “%(state)s”; there is nothing to appeal against.") % {"state": claim.get_state_display()}
        )
    form = AppealForm(posted(request))
    if _is_to_send(request, form):
        try:
            lodge_appeal(claim, actor=actor_of(request), grounds=form.cleaned_data["text"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            return redirect(frame.address(claim, "appealed"))
    context = _context(request, claim, frame, form) | {
        "due_on": appeal_due_on(claim),
        "may_appeal": may_appeal(claim),
        "decision": claim.decision,
        "standing": standing_of(claim, frame),
    }
    return render(request, "due_process/appeal.html", context, status=422 if form.errors else 200)


def appealed_page(request: HttpRequest, claim: Claim, frame: Frame) -> HttpResponse:
    """The number of the appeal, and what happens next."""
    appeal = claim.appeals.last()
    if appeal is None:
        return redirect(frame.address(claim))
    context = {"claim": claim, "frame": frame, "back": frame.address(claim), "appeal": appeal}
    return render(request, "due_process/appealed.html", context | {"comes_next": _after_appeal()})


def answer_page(
    request: HttpRequest, claim: Claim, frame: Frame, *, shortened: Shortened = lambda refusal: refusal
) -> HttpResponse:
    """Answer every open question. Attaching a file on the way keeps what was typed."""
    _demand_state(claim, ClaimState.INFO_REQUESTED)
    actor, sent = actor_of(request), posted(request)
    open_questions = list(claim.questions.filter(answered_at=None))
    numbers = [question.number for question in open_questions]
    form = AnswersForm(sent, request.FILES if sent is not None else None, numbers=numbers, claim=claim)
    if form.is_bound:
        is_valid = form.is_valid()
        is_kept = form.keep_uploads(actor)
        if "attach" in request.POST:
            form.forget_missing_answers()
        elif is_valid and is_kept:
            try:
                answer_questions(claim, actor=actor, answers=form.answers, files=form.answer_files)
            except InvalidInput as refusal:
                form.add_problems(shortened(refusal))
            else:
                messages.success(request, _("Your answers were sent. The official goes on with the claim."))
                return redirect(frame.address(claim))
    context = {
        "claim": claim,
        "frame": frame,
        "back": frame.address(claim),
        "form": form,
        "rows": [
            (asked, form.fields_of(asked.question.number))
            for thread in threads_of(claim, frame)
            if thread.is_open
            for asked in thread.entries
        ],
        "due_on": min(question.due_on for question in open_questions),
        "is_appeal": claim.appeals.filter(closed_at=None).exists(),
        "obstacles": obstacles_to_sending(claim),
        "megabytes": largest_upload_megabytes(),
    }
    return render(request, "due_process/answer.html", context, status=422 if form.errors else 200)


def _is_to_send(request: HttpRequest, form: CommentForm | AppealForm) -> bool:
    return form.is_bound and form.is_valid() and "confirmed" in request.POST


def _context(request: HttpRequest, claim: Claim, frame: Frame, form: CommentForm | AppealForm) -> dict[str, Any]:
    """``is_check``: the text was written and is shown once more before it is sent."""
    is_check = form.is_bound and not form.errors and "change" not in request.POST
    return {"claim": claim, "frame": frame, "back": frame.address(claim), "form": form, "is_check": is_check}


def _after_appeal() -> list[dict[str, Any]]:
    return [
        {"title": _("You appealed"), "is_now": True},
        {"title": _("An official examines it"), "by": _("Somebody who had no part in the decision.")},
        {"title": _("A second such official decides"), "by": _("The claim is approved, or the decision stands.")},
        {"title": _("You are told"), "by": _("By a sealed letter with the reasons.")},
    ]


def _demand_state(claim: Claim, state: ClaimState) -> None:
    if claim.state != state:
        raise Conflict(_("The claim is “%(state)s” now.") % {"state": claim.get_state_display()})
