"""A verification from the acceptance on: the parts of the report, filled in one by one, and checked at the end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.verifier.lookups import own_work_or_404
from portal.verifier.part_forms import PartForm
from portal.verifier.tasks import (
    FORMS,
    LISTS,
    WORDS,
    Standing,
    complete_count,
    row_label,
    standing_of_work,
    summary_rows,
    tasks_of,
)
from verification.claims.models import VerificationWork
from verification.claims.services.verifier_work import demand_open_engagement, save_part
from verification.claims.verification.words import DraftPart
from verification.kernel.errors import InvalidInput


@signed_in
@require_safe
def work(request: HttpRequest, pk: object) -> HttpResponse:
    """The task list, the invitations beneath it, and what was declared."""
    found = own_work_or_404(actor_of(request), pk)
    standing = standing_of_work(found)
    tasks = tasks_of(standing)
    context = {
        "work": found,
        "standing": standing,
        "tasks": tasks,
        "complete": complete_count(tasks),
        "engagements": found.engagements.exclude(state="replaced").select_related("snapshot", "statement"),
    }
    return render(request, "verifier/work.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: object, part: str) -> HttpResponse:
    """One subject: a form, or the list of its rows."""
    actor = actor_of(request)
    found = own_work_or_404(actor, pk)
    here = _part_or_404(part)
    standing = standing_of_work(found)
    if here in LISTS:
        return _list(request, standing, here)
    demand_open_engagement(found)
    form = _form(standing, here, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            save_part(found, here, actor=actor, answers=form.answers)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Saved: %(part)s.") % {"part": WORDS[here].title})
            return redirect("verifier:work", found.pk)
    return render(request, "verifier/part.html", {"work": found, "form": form, "words": WORDS[here]})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_add(request: HttpRequest, pk: object, part: str) -> HttpResponse:
    found = own_work_or_404(actor_of(request), pk)
    here = _list_or_404(part)
    rows = standing_of_work(found).rows(here)
    return _row(request, found, here, rows, len(rows))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: object, part: str, position: int) -> HttpResponse:
    found = own_work_or_404(actor_of(request), pk)
    here = _list_or_404(part)
    rows = standing_of_work(found).rows(here)
    return _row(request, found, here, rows, _position_or_404(rows, position))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def row_remove(request: HttpRequest, pk: object, part: str, position: int) -> HttpResponse:
    """Asks, and names what goes."""
    actor = actor_of(request)
    found = own_work_or_404(actor, pk)
    here = _list_or_404(part)
    rows = standing_of_work(found).rows(here)
    index = _position_or_404(rows, position)
    if request.method == "POST":
        save_part(found, here, actor=actor, answers={"rows": [*rows[:index], *rows[index + 1 :]]})
        return redirect("verifier:part", found.pk, here)
    label, _said = row_label(here, rows[index])
    context = {"work": found, "words": WORDS[here], "part": here, "label": label}
    return render(request, "verifier/row_remove.html", context)


@signed_in
@require_safe
def check(request: HttpRequest, pk: object) -> HttpResponse:
    """Everything that was added, with the way back to each part, before the signature."""
    found = own_work_or_404(actor_of(request), pk)
    demand_open_engagement(found)
    standing = standing_of_work(found)
    context = {
        "work": found,
        "standing": standing,
        "parts": [_checked(standing, each) for each in DraftPart],
        "problems": [problem for problems in standing.problems.values() for problem in problems],
    }
    return render(request, "verifier/check.html", context)


def _list(request: HttpRequest, standing: Standing, here: DraftPart) -> HttpResponse:
    rows = [
        {"position": position, "label": label, "said": said}
        for position, (label, said) in enumerate((row_label(here, row) for row in standing.rows(here)), start=1)
    ]
    context = {
        "work": standing.work,
        "words": WORDS[here],
        "part": here,
        "rows": rows,
        "problems": standing.problems.get(here, []) if rows else [],
    }
    return render(request, "verifier/rows.html", context)


def _row(
    request: HttpRequest, found: VerificationWork, here: DraftPart, rows: list[dict[str, Any]], index: int
) -> HttpResponse:
    demand_open_engagement(found)
    form = FORMS[here](posted(request), initial=rows[index] if index < len(rows) else None)
    if request.method == "POST" and form.is_valid():
        changed = [*rows[:index], form.answers, *rows[index + 1 :]]
        save_part(found, here, actor=actor_of(request), answers={"rows": changed})
        return redirect("verifier:part", found.pk, here)
    context = {"work": found, "words": WORDS[here], "part": here, "form": form}
    return render(request, "verifier/row.html", context)


def _form(standing: Standing, here: DraftPart, data: Any) -> PartForm:
    options: dict[str, Any] = {"initial": standing.answers.get(here)}
    if here == DraftPart.VISITS:
        options["year"] = standing.work.claim.period_start.year
    return FORMS[here](data, **options)


def _checked(standing: Standing, here: DraftPart) -> dict[str, Any]:
    """A part in words, with the address at which it is changed."""
    if here in LISTS:
        labels = [row_label(here, row) for row in standing.rows(here)]
        rows = [{"label": label, "value": said} for label, said in labels]
    elif here in standing.answers:
        rows = summary_rows(_form(standing, here, None))
    else:
        rows = []
    return {
        "slug": here.value,
        "words": WORDS[here],
        "rows": rows,
        "address": reverse("verifier:part", args=[standing.work.pk, here.value]),
    }


def _part_or_404(slug: str) -> DraftPart:
    if slug not in DraftPart.values:
        raise Http404
    return DraftPart(slug)


def _list_or_404(slug: str) -> DraftPart:
    if slug not in LISTS:
        raise Http404
    return DraftPart(slug)


def _position_or_404(rows: list[dict[str, Any]], position: int) -> int:
    if not 1 <= position <= len(rows):
        raise Http404
    return position - 1
