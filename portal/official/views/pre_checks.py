"""Answers in advance: who asks, what was sealed for it, and the official's answer."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.official.access import official_only
from portal.official.findings import ANSWER_WORDS
from portal.official.findings import SHOWN as FINDINGS_SHOWN
from portal.official.forms_units import PreCheckAnswerForm
from portal.official.unit_panel import BLOCKS_SHOWN
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from verification.audit.actors import Actor
from verification.certificates.unit_record import limit_numbers
from verification.checks.model import Severity
from verification.claims import policy
from verification.claims.enums import PreCheckOutcome
from verification.claims.findings import findings_on_snapshot
from verification.claims.models import Claim, PreCheck
from verification.claims.selectors import pre_checks_for
from verification.claims.services.pre_checks import answer_pre_check
from verification.claims.unit_limit import limit_of_claim
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.reference.selectors import procedure_of

MOST_WAITING = 100
OUTCOME_SHAPES = {
    PreCheckOutcome.WOULD_BE_ACCEPTED.value: "valid",
    PreCheckOutcome.IN_PART.value: "half",
    PreCheckOutcome.NOT_ACCEPTED.value: "stop",
}


def _waits_for(check: PreCheck, today: date) -> int:
    """Working days since it was asked."""
    return procedure_of(check.claim.scheme).days_between(check.asked_at.date(), today)


@official_only
@require_safe
def pre_checks(request: HttpRequest) -> HttpResponse:
    """Who waits for an answer, the longest waiting first; below it what was answered."""
    asked = pre_checks_for(actor_of(request)).defer("snapshot__content")
    today = clock.today()
    waiting = asked.filter(answered_at=None).order_by("asked_at", "pk")[:MOST_WAITING]
    page = keyset_page(
        asked.exclude(answered_at=None), order=("-answered_at", "-id"), cursor=request.GET.get("cursor", ""), size=25
    )
    context = {
        "waiting": [
            (check, procedure_of(check.claim.scheme).days_between(check.asked_at.date(), today)) for check in waiting
        ],
        "page": page,
        "answered": [(check, OUTCOME_SHAPES[check.outcome]) for check in page],
    }
    return render(request, "official/pre_checks.html", context)


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def pre_check(request: HttpRequest, pk: object) -> HttpResponse:
    """What was sealed for the question asked last, or for an earlier one; and the answer."""
    actor = actor_of(request)
    every = list(pre_checks_for(actor).filter(claim_id=pk).order_by("-asked_at", "-pk"))
    if not every:
        raise Http404
    newest, claim = every[0], every[0].claim
    form = PreCheckAnswerForm(posted(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            answer_pre_check(claim, actor=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        except (Conflict, NotAllowed) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 403
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your answer went to the claimant."))
            return redirect("official:pre_check", pk=pk)
    shown = _chosen(every, request.GET.get("asked", ""))
    context = {
        "claim": claim,
        "check": shown,
        "earlier": [check for check in every if check.pk != shown.pk],
        "shape": OUTCOME_SHAPES.get(shown.outcome, "wait"),
        "hindrance": _hindrance(actor, claim),
        "form": form,
        **_sealed(shown, request.GET.get("after", "")),
        **(_as_it_stands(newest) if shown.pk == newest.pk and newest.answered_at is None else {}),
    }
    return render(request, "official/pre_check.html", context, status=status)


def _chosen(every: list[PreCheck], key: str) -> PreCheck:
    return next((check for check in every if str(check.pk) == key), every[0])


def _sealed(check: PreCheck, after: str) -> dict[str, Any]:
    """What was sealed. The draft goes its own way afterwards, and nobody but its claimant sees it."""
    content = json.loads(check.snapshot.content)
    blocks = content["blocks"]
    begin = int(after) if after.isdecimal() and len(after) < 8 else 0
    following = begin + BLOCKS_SHOWN
    return {
        "content": content,
        "blocks": blocks[begin:following],
        "block_count": len(blocks),
        "offered_t": sum(block["quantity"] for block in blocks),
        "next_after": following if following < len(blocks) else None,
        "is_later": begin > 0,
    }


def _as_it_stands(check: PreCheck) -> dict[str, Any]:
    """Findings and limit. They are worked out while the draft is held for the answer, and so is what was sealed."""
    findings = findings_on_snapshot(check.claim, check.snapshot)
    limit = limit_of_claim(check.claim)
    return {
        "is_open": True,
        "findings": [(finding, ANSWER_WORDS[Severity(finding.severity)]) for finding in findings[:FINDINGS_SHOWN]],
        "more_findings": max(0, len(findings) - FINDINGS_SHOWN),
        "limit": limit_numbers(limit) if limit else None,
        "classes": limit.classes if limit else [],
        "accepted_t": sum(limit.accepted.values()) if limit else None,
    }


def _hindrance(actor: Actor, claim: Claim) -> str:
    """Why this person may not answer; empty where it may."""
    try:
        policy.demand(actor, TRANSITIONS["answer_pre_check"], claim)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
