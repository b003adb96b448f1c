"""Asking the producer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.official.access import official_only, sent_claim_or_404
from portal.official.documents import documents_of
from portal.official.forms_questions import AskForms
from portal.official.numbers import content_of_snapshot
from portal.official.threads import questions_of, threads_of
from portal.official.topics import topics_of
from portal.official.views.claim import act_on_claim
from portal.ui.actors import actor_of
from verification.audit.actors import Actor
from verification.claims.findings import findings_on_snapshot, last_snapshot
from verification.claims.models import Claim
from verification.claims.selectors import evidence_of, statement_for_snapshot
from verification.claims.services.questions import ask_with_files


@official_only
@require_POST
def claim_ask(request: HttpRequest, pk: object) -> HttpResponse:
    """One question or several, each about something, with files; all of them or none."""
    claim = sent_claim_or_404(actor_of(request), pk)
    snapshot = last_snapshot(claim)
    questions = questions_of(claim)
    documents = documents_of(claim, statement_for_snapshot(snapshot.pk), threads_of(questions), uses=evidence_of(claim))
    topics = topics_of(
        claim, content_of_snapshot(snapshot), findings_on_snapshot(claim, snapshot), documents, questions
    )
    forms = AskForms(request.POST, request.FILES, groups=topics)
    said = _("The producer was asked; the clock stands still until it answers.")
    return act_on_claim(request, pk, "ask", forms, _ask, said)


def _ask(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    ask_with_files(claim, actor=actor, questions=typed["questions"])
