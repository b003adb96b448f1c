"""Filling in a claim page by page: a page for each part, a page for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.producer.entry.findings import problems_and_findings
from portal.producer.entry.forms import RowForm
from portal.producer.entry.steps import (
    STEPS,
    Step,
    blocking_in,
    entry_section,
    row_keys,
    row_label,
    row_problems,
    step_named,
    step_of,
    summary_of,
)
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from verification.accounting.entry.answers import SINGLE_KEY, Answers, is_blank
from verification.accounting.entry.schema import Section, Shape
from verification.accounting.entry.standard_factors import standard_factors
from verification.checks.model import Severity
from verification.claims.enums import WayIn
from verification.claims.models import Claim
from verification.claims.policy import demand_editable
from verification.claims.selectors import stored_answers
from verification.determination import claim_entry
from verification.kernel.errors import InvalidInput

AUTOSAVE_HEADER = "X-Autosave"
ROWS_SHOWN = 200
STREAMS, DELIVERIES = "streams", "deliveries"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_entry_begin(request: HttpRequest, pk: object) -> HttpResponse:
    """Start filling in by form, from what the portal knows already or from an earlier year."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    earlier = claim_entry.earlier_claims(claim)
    if request.method == "POST":
        chosen = next((each for each in earlier if str(each.pk) == request.POST.get("earlier")), None)
        if chosen:
            claim_entry.copy_from_earlier(claim, chosen, actor=actor)
            messages.success(
                request,
                _("Copied from claim %(number)s. The numbers of the year are still to be given.")
                % {"number": chosen.number},
            )
        else:
            claim_entry.begin_answers(claim, actor=actor)
        return redirect("producer:claim", claim.pk)
    return render(request, "producer/entry/begin.html", {"claim": claim, "earlier": earlier})


@signed_in
@require_safe
def claim_step(request: HttpRequest, pk: object, step: str) -> HttpResponse:
    """One part of the claim: its rows, what is wrong with them, and what can be added."""
    claim, here = _claim_in_form(request, pk), step_named(step)
    answers = stored_answers(claim)
    problems = problems_and_findings(claim)
    context = {
        "claim": claim,
        "step": here,
        "blocks": [_block(entry_section(key), answers, problems) for key in here.sections],
        "count": blocking_in(here, problems),
        "next_step": _after(here),
    }
    return render(request, "producer/entry/step.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_row(request: HttpRequest, pk: object, section: str, key: str) -> HttpResponse:
    """One row. Whatever is typed is kept; what is wrong with it is said beside the field."""
    claim, asked = _claim_in_form(request, pk), entry_section(section)
    answers = stored_answers(claim)
    if key not in row_keys(asked, answers):
        raise Http404
    form = RowForm(posted(request), section=asked, key=key, answers=answers)
    if request.method == "POST":
        is_autosave = AUTOSAVE_HEADER in request.headers
        claim = claim_entry.save_rows(claim, form.rows(), actor=actor_of(request), is_autosave=is_autosave)
        if is_autosave:
            return render(
                request, "producer/entry/autosaved.html", {"claim": claim, "understood": form.all_understood()}
            )
        refusal = _filled(request, claim, asked, key)
        if refusal:
            form.add_problems(refusal)
            return _row_page(request, claim, asked, key, form, status=422)
        if "fill" in request.POST:
            messages.success(request, _("The values were filled in."))
            return redirect("producer:claim_row", claim.pk, asked.key, key)
        return _after_saving(request, claim, asked, key)
    return _row_page(request, claim, asked, key, form)


@signed_in
@require_POST
def claim_row_add(request: HttpRequest, pk: object, section: str) -> HttpResponse:
    """A new row, and its page."""
    claim, asked = _claim_in_form(request, pk), entry_section(section)
    if asked.shape is not Shape.LIST:
        raise Http404
    key = claim_entry.add_row(claim, asked.key, actor=actor_of(request))
    return redirect("producer:claim_row", claim.pk, asked.key, key)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_row_remove(request: HttpRequest, pk: object, section: str, key: str) -> HttpResponse:
    """Asks, naming the row, before it goes."""
    claim, asked = _claim_in_form(request, pk), entry_section(section)
    answers = stored_answers(claim)
    if asked.shape is not Shape.LIST or key not in answers.get(asked.key, {}):
        raise Http404
    label = row_label(asked, key, answers)
    if request.method == "POST":
        claim_entry.remove_row(claim, asked.key, key, actor=actor_of(request))
        messages.success(request, _("%(row)s was removed.") % {"row": label})
        return redirect("producer:claim_step", claim.pk, step_of(asked.key).key)
    context = {
        "claim": claim,
        "section": asked,
        "title": _(asked.row_title),
        "label": label,
        "step": step_of(asked.key),
    }
    return render(request, "producer/entry/remove.html", context)


def _claim_in_form(request: HttpRequest, pk: object) -> Claim:
    """The person's claim, open and filled in by form. Raises ``Http404`` and the policy's refusals."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    if claim.way_in != WayIn.ANSWERS:
        raise Http404
    return claim


def _block(section: Section, answers: Answers, problems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A section as the page of its part shows it."""
    keys = row_keys(section, answers)
    rows = [_row(section, key, answers, problems) for key in keys[:ROWS_SHOWN]]
    return {
        "section": section,
        "title": _(section.title),
        "intro": _(section.intro) if section.intro else "",
        "row_title": _(section.row_title),
        "rows": rows,
        "more": max(0, len(keys) - ROWS_SHOWN),
        "may_add": section.shape is Shape.LIST,
    }


def _row(section: Section, key: str, answers: Answers, problems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    values = answers.get(section.key, {}).get(key, {})
    own = row_problems(section, key, problems)
    count = sum(problem["severity"] == Severity.BLOCK for _place, problem in own)
    state = "complete" if not count else "to_correct"
    word = ngettext("%(n)s to correct", "%(n)s to correct", count) % {"n": count} if count else _("Complete")
    if is_blank(values) and not own:
        state, word = "not_started", _("Empty")
    return {
        "key": key,
        "label": _(section.title) if key == SINGLE_KEY else row_label(section, key, answers),
        "summary": summary_of(section, values),
        "state": state,
        "word": word,
        "may_remove": section.shape is Shape.LIST,
    }


def _after(step: Step) -> Step | None:
    position = STEPS.index(step)
    return STEPS[position + 1] if position + 1 < len(STEPS) else None


def _row_page(
    request: HttpRequest, claim: Claim, section: Section, key: str, form: RowForm, status: int = 200
) -> HttpResponse:
    answers = stored_answers(claim)
    own = row_problems(section, key, problems_and_findings(claim))
    errors = form.errors_among(own) if form.is_bound else []
    if form.is_bound:
        form.show_problems(errors)
    context = {
        "claim": claim,
        "section": section,
        "step": step_of(section.key),
        "title": _(section.title) if key == SINGLE_KEY else row_label(section, key, answers),
        "intro": _(section.intro) if section.intro and section.shape is Shape.SINGLE else "",
        "form": form,
        "advice": [problem for place, problem in own if (place, problem) not in errors],
        "standard_factors": standard_factors() if section.key == STREAMS else (),
        "is_delivery": section.key == DELIVERIES,
    }
    return render(request, "producer/entry/row.html", context, status=status)


def _after_saving(request: HttpRequest, claim: Claim, section: Section, key: str) -> HttpResponse:
    """Back to the part when all is well; else the same page with everything typed and what is wrong."""
    form = RowForm(section=section, key=key, answers=stored_answers(claim))
    if not form.is_bound or not form.errors_among(row_problems(section, key, problems_and_findings(claim))):
        messages.success(request, _("Saved."))
        return redirect("producer:claim_step", claim.pk, step_of(section.key).key)
    return _row_page(request, claim, section, key, form, status=422)


def _filled(request: HttpRequest, claim: Claim, section: Section, key: str) -> InvalidInput | None:
    """Values taken from where the person asked for: a certificate, the defaults, the standard factors."""
    wanted, actor = request.POST.get("fill", ""), actor_of(request)
    try:
        if section.key == DELIVERIES and wanted == "certificate":
            claim_entry.fill_from_certificate(claim, key, actor=actor)
        elif section.key == DELIVERIES and wanted == "default":
            claim_entry.fill_with_default(claim, key, actor=actor)
        elif section.key == STREAMS and wanted == "standard":
            claim_entry.fill_with_standard_factor(claim, key, request.POST.get("standard_factor", ""), actor=actor)
    except InvalidInput as refusal:
        return refusal
    return None
