"""What waits for the producer, the most urgent first. A fixed number of queries, however many claims there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.producer.lookups import claims_of_sites, own_certificates
from portal.ui.due_process.to_do import possible_appeals, procedure_to_do
from portal.ui.to_do import ToDo
from verification.audit.actors import Actor
from verification.checks.model import Severity
from verification.claims.enums import ClaimState, EngagementState
from verification.claims.kinds import address_of
from verification.claims.models import Claim, Engagement
from verification.kernel import clock
from verification.signing.editions import LEVELS_AT_ISSUE

MOST = 20
NEWS_DAYS = 14


def todo_for(actor: Actor) -> list[ToDo]:
    """What the procedure asks, claims to send, drafts to go on with, possible appeals, certificates to pass on."""
    return [*procedure_to_do(actor), *_drafts(actor), *possible_appeals(actor), *_certificates(actor)]


def _drafts(actor: Actor) -> list[ToDo]:
    engagements = Prefetch("engagements", queryset=Engagement.objects.select_related("verifier"))
    drafts = claims_of_sites(actor).filter(state=ClaimState.DRAFT).prefetch_related(engagements).order_by("-created_at")
    todo = [entry for draft in drafts[:MOST] if (entry := _draft(draft))]
    return sorted(todo, key=lambda entry: entry.shape != "valid")


def _draft(claim: Claim) -> ToDo | None:
    """The next step of a draft, or ``None`` while it is the verifier's turn."""
    engagements = list(claim.engagements.all())
    newest = engagements[0] if engagements else None
    problems = _blocking(claim)
    address = address_of(claim)
    place = f"{claim.place}, {claim.period_start.year}"
    if newest and newest.state == EngagementState.INVITED:
        return None
    if problems:
        count = len(problems)
        label = ngettext("Correct one thing in claim %(claim)s", "Correct %(n)s things in claim %(claim)s", count)
        return ToDo(
            label % {"n": count, "claim": claim.number},
            reverse("producer:claim_results", args=[claim.pk]),
            shape="act",
            word=_("Before you can send"),
            detail=_said(problems[0]),
            at=claim.read_at,
        )
    is_confirmed = newest and newest.state == EngagementState.CONFIRMED
    if is_confirmed and claim.read_at and claim.read_at < newest.invited_at:  # type: ignore[union-attr]
        return ToDo(
            _("Send claim %(claim)s") % {"claim": claim.number},
            reverse("producer:claim_check", args=[claim.pk]),
            shape="valid",
            word=_("Confirmed by the verifier"),
            detail=place,
            at=newest.closed_at,  # type: ignore[union-attr]
        )
    if newest and newest.state == EngagementState.DECLINED:
        return ToDo(
            _("Choose another verifier for claim %(claim)s") % {"claim": claim.number},
            reverse("producer:claim_verifier", args=[claim.pk]),
            shape="act",
            word=_("Declined"),
            detail=newest.decline_reason,
            at=newest.closed_at,
        )
    label = _("Go on with claim %(claim)s") % {"claim": claim.number}
    return ToDo(label, address, shape="half", word=_("Draft"), detail=place, at=claim.read_at or claim.created_at)


def _said(problem: dict[str, Any]) -> str:
    if not problem["sheet"]:
        return problem["message"]
    return _("Sheet %(sheet)s cell %(cell)s: %(message)s") % problem


def _blocking(claim: Claim) -> list[dict[str, Any]]:
    if claim.reading is None:
        return []
    return [problem for problem in claim.reading["problems"] if problem["severity"] == Severity.BLOCK]


def _certificates(actor: Actor) -> Iterator[ToDo]:
    since = clock.now() - timedelta(days=NEWS_DAYS)
    news = own_certificates(actor).filter(
        edition__sealed_at__gte=since, edition__level__in=LEVELS_AT_ISSUE, revocation=None, superseded_by=None
    )
    for certificate in news.order_by("-issued_at")[:MOST]:
        yield ToDo(
            _("Pass certificate %(number)s on to your customers") % {"number": certificate.number},
            reverse("producer:certificate", args=[certificate.pk]),
            shape="valid",
            word=_("Ready"),
            detail=certificate.claim.place,
            at=certificate.edition.sealed_at,
        )
