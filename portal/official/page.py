"""Everything that the page of one claim shows to an official."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.official.access import sent_claim_or_404
from portal.official.actions import Actions, actions_for, people_for
from portal.official.documents import documents_of, viewer_of
from portal.official.findings import SHOWN as FINDINGS_SHOWN
from portal.official.findings import Attached, PageOfClaim, finding_rows
from portal.official.forms import (
    ConflictForm,
    NoteForm,
    ReassignForm,
    RecommendForm,
    ReleaseForm,
    SendBackForm,
    TakeForm,
)
from portal.official.forms_questions import AskForms, Groups
from portal.official.kinds import kind_of
from portal.official.numbers import content_of_snapshot
from portal.official.threads import questions_of, threads_of
from portal.official.topics import topics_of
from portal.ui.actors import actor_of
from portal.ui.claim_history import history_for_officials, steps_for_officials
from portal.ui.clocks import clock_of
from verification.audit.actors import Actor
from verification.certificates.selectors import certificate_of
from verification.claims.enums import ClaimKind, ClaimState
from verification.claims.findings import last_snapshot, subject_on_snapshot
from verification.claims.kinds import manifest_of
from verification.claims.models import Claim, Decision, Recommendation, Snapshot, Step
from verification.claims.presence import presence_in
from verification.claims.selectors import files_of, statement_for_snapshot
from verification.claims.workflow import WITH_PRODUCER
from verification.database.kept import Given, Kept
from verification.kernel import clock
from verification.reference.selectors import procedure_of, releases_read_once
from verification.registry.selectors import standing_of

VIEWER_TARGET = "documents"
"""What htmx asks for where only another document, or another place in it, is to be shown."""


RECOMMENDATION = Kept(
    lambda: (
        Recommendation.objects.filter(claim=Given("claim"))
        .select_related("reviewer")
        .order_by("-recommended_at", "-pk")[:1]
    )
)
DECISION = Kept(
    lambda: Decision.objects.filter(claim=Given("claim")).select_related("reviewer", "approver").order_by("-pk")[:1]
)


@releases_read_once()
def claim_page(request: HttpRequest, pk: object, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The claim as it stands now. ``bound`` are forms that were refused, by the name of their action."""
    actor = actor_of(request)
    claim = sent_claim_or_404(actor, pk)
    there = presence_in(claim, actor)
    snapshot = last_snapshot(claim)
    content = content_of_snapshot(snapshot)
    actions = actions_for(actor, claim, there)
    questions = questions_of(claim) if there.questions else []
    threads = threads_of(questions)
    evidence = evidence_context(claim, snapshot)
    documents = documents_of(claim, evidence["statement"], threads, request.GET.get("file", ""), uses=evidence["files"])
    context = {
        "claim": claim,
        "address": reverse("official:claim", args=[claim.pk]),
        "actions": actions,
        "documents": documents,
        **evidence,
        **viewer_of(documents, request),
    }
    if request.headers.get("HX-Target") == VIEWER_TARGET:
        return render(request, "official/parts/documents.html", context)
    subject = subject_on_snapshot(claim, snapshot, evidence["statement"], content=content, uses=evidence["files"])
    rows = finding_rows(
        claim,
        snapshot,
        may_answer=actions.answer,
        refused=bound.get("answer"),
        subject=subject,
        attached=Attached(documents, threads),
        has_answers=there.finding_answers,
    )
    kind, steps = kind_of(claim), steps_for_officials(claim)
    peers = getattr(subject, "peers", {})
    past = _past(claim, steps)
    terms = {"sealed_as": snapshot.sha256, "peers": peers, "certificate": past.get("certificate")}
    page = PageOfClaim(request, claim, content, rows, actions.recommend, **terms)

    def topics() -> Groups:
        return topics_of(claim, content, [row.finding for row in rows], documents, questions)

    context |= {
        "kind": kind,
        "snapshot": snapshot,
        "content": content,
        **kind.panel(page),
        "findings": rows[:FINDINGS_SHOWN],
        "more_findings": max(0, len(rows) - FINDINGS_SHOWN),
        "open_count": sum(row.needs_answer for row in rows),
        "threads": threads,
        **past,
        "notes": claim.private_notes.select_related("written_by") if there.notes else (),
        "changed": what_changed(claim, snapshot, content),
        **_standing(claim, steps, actions),
        "forms": _forms(request, claim, actions, actor, content, topics) | bound,
    }
    return render(request, "official/claim.html", context, status=status)


def _standing(claim: Claim, steps: Sequence[Step], actions: Actions) -> dict[str, Any]:
    """Whose turn it is, and until when."""
    return {
        "clock": clock_of(claim, reversed(steps)),
        "answer_due_on": procedure_of(claim.scheme).answer_due_on(clock.today()) if actions.ask else None,
        "is_clock_stopped": claim.state in WITH_PRODUCER,
        "is_heard": claim.state == ClaimState.HEARING,
        "is_decided": claim.decided_at is not None,
    }


def _past(claim: Claim, steps: Sequence[Step]) -> dict[str, Any]:
    """What happened so far; only what the history names is read."""
    history = history_for_officials(steps)
    names = {step["name"] for step in history}
    found: dict[str, Any] = {"history": history}
    if "recommend" in names:
        found["recommendation"] = RECOMMENDATION.first(claim=claim.pk)
    if "draft_refusal" in names:
        found["draft"] = claim.draft_decisions.select_related("commented_by").last()
    if "appeal" in names:
        found["appeal"] = claim.appeals.select_related("lodged_by").last()
    if claim.decided_at is not None or "appeal" in names:
        found |= {"decision": DECISION.first(claim=claim.pk), "certificate": certificate_of(claim)}
    return found


def evidence_context(claim: Claim, snapshot: Snapshot) -> dict[str, Any]:
    """Files, and what the verifier said about exactly this snapshot."""
    needs_verifier = manifest_of(claim).needs_verifier
    statement = statement_for_snapshot(snapshot.pk) if needs_verifier else None
    return {
        "files": files_of(claim),
        "needs_verifier": needs_verifier,
        "statement": statement,
        "standing": standing_of(statement.accreditation, statement.report_dated_on) if statement else None,
    }


def what_changed(claim: Claim, snapshot: Snapshot, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """How much changed since the snapshot before, part by part; ``None`` where this is the first."""
    if snapshot.number == 1:
        return None
    before = claim.snapshots.filter(number__lt=snapshot.number).order_by("-number").first()
    if before is None:
        return None
    changes = manifest_of(claim).changes(json.loads(before.content), content)
    parts = Counter(_(change.part) for change in changes)
    return {"before": before, "count": len(changes), "parts": list(parts.items())}


def recommend_form(claim: Claim, content: Mapping[str, Any], *typed: Any, **more: Any) -> RecommendForm:
    """The form with the sealed goods that an approval in part can leave out."""
    goods: Sequence[Mapping[str, Any]] = ()
    if claim.kind == ClaimKind.EMISSIONS:
        goods = content["reading"]["goods"]
    return RecommendForm(
        *typed, auto_id="recommend_%s", claim_kind=claim.kind, scheme=claim.scheme, goods=goods, **more
    )


def _forms(
    request: HttpRequest,
    claim: Claim,
    actions: Actions,
    actor: Actor,
    content: Mapping[str, Any],
    topics: Callable[[], Groups],
) -> dict[str, Any]:
    """A form for each thing that this person may do now."""
    makers: dict[str, Callable[[], Any]] = {
        "take": lambda: TakeForm(auto_id="take_%s"),
        "declare": lambda: TakeForm(auto_id="declare_%s"),
        "release": lambda: ReleaseForm(auto_id="release_%s"),
        "conflict": lambda: ConflictForm(auto_id="conflict_%s"),
        "reassign": lambda: ReassignForm(auto_id="reassign_%s", people=people_for(actor, claim)),
        "note": lambda: NoteForm(auto_id="note_%s"),
        "ask": lambda: AskForms(groups=topics(), topic=request.GET.get("ask", "")),
        "recommend": lambda: recommend_form(claim, content),
        "send_back": lambda: SendBackForm(auto_id="send_back_%s"),
    }
    return {name: make() for name, make in makers.items() if getattr(actions, name)}
