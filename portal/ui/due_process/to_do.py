"""What the procedure asks of a claimant: questions to answer, drafts to comment on, appeals that are still possible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.db.models import F, Max, Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ui.to_do import ToDo
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.kinds import address_of
from verification.claims.models import Claim, DraftDecision, Question
from verification.claims.selectors import own_claims
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.reference.selectors import procedure_of

MOST = 20


def procedure_to_do(actor: Actor) -> list[ToDo]:
    """What the claimant is waited for, the most urgent first; two queries, however many claims there are."""
    return sorted([*_questions(actor), *_hearings(actor)], key=_by_day)


def _by_day(entry: ToDo) -> date:
    return entry.due_on or date.max


def _questions(actor: Actor) -> Iterator[ToDo]:
    asked = Prefetch("questions", queryset=Question.objects.filter(answered_at=None), to_attr="open_questions")
    claims = own_claims(actor).defer("reading").filter(state=ClaimState.INFO_REQUESTED).prefetch_related(asked)
    for claim in claims[:MOST]:
        questions = claim.open_questions
        count = len(questions)
        due_on = min(question.due_on for question in questions)
        label = ngettext(
            "Answer one question about claim %(claim)s", "Answer %(n)s questions about claim %(claim)s", count
        )
        yield ToDo(
            title=label % {"n": count, "claim": claim.number},
            address=f"{address_of(claim)}answer/",
            word=_("Answer by %(day)s") % {"day": date_format(due_on, "j M Y")},
            detail=questions[0].text,
            due_on=due_on,
        )


def _hearings(actor: Actor) -> Iterator[ToDo]:
    drafts = DraftDecision.objects.filter(closed_at=None, claim__organisation_id__in=actor.organisation_ids)
    for draft in drafts.select_related("claim").order_by("comment_due_on", "pk")[:MOST]:
        yield ToDo(
            title=_("Comment on the drafted refusal of claim %(claim)s") % {"claim": draft.claim.number},
            address=f"{address_of(draft.claim)}comment/",
            word=_("Comment by %(day)s") % {"day": date_format(draft.comment_due_on, "j M Y")},
            detail=draft.reasons,
            due_on=draft.comment_due_on,
        )


def possible_appeals(actor: Actor) -> list[ToDo]:
    """A possibility, not a duty: it stands below what has to be done."""
    terms = lru_cache(procedure_of)
    closed = own_claims(actor).filter(state__in=TRANSITIONS["appeal"].sources).exclude(appeals__against=F("state"))
    entered = closed.annotate(entered_at=Max("steps__at", filter=Q(steps__to_state=F("state"))))
    found = []
    for claim in entered.defer("reading").order_by("-entered_at", "-pk")[:MOST]:
        due_on = terms(claim.scheme).appeal_due_on(claim.entered_at.date())
        if clock.today() <= due_on:
            found.append(_appeal(claim, due_on))
    return sorted(found, key=_by_day)


def _appeal(claim: Claim, due_on: date) -> ToDo:
    title = _("You can appeal: claim %(claim)s was refused")
    if claim.state == ClaimState.REVOKED:
        title = _("You can appeal: the approval of claim %(claim)s was revoked")
    return ToDo(
        title=title % {"claim": claim.number},
        address=f"{address_of(claim)}appeal/",
        shape="info",
        word=_("Until %(day)s") % {"day": date_format(due_on, "j M Y")},
        detail=f"{claim.place}, {claim.period_start.year}",
        due_on=due_on,
    )
