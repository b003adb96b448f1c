"""What happened to a claim, for the timeline of its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from verification.claims.models import Claim, Step
from verification.claims.workflow import TRANSITIONS
from verification.database.kept import Given, Kept


def history_of(claim: Claim) -> list[dict[str, Any]]:
    """What happened, newest last, in the words of the table of transitions."""
    events: list[dict[str, Any]] = [{"title": _("Started"), "at": claim.created_at}]
    events += [_event(step) for step in claim.steps.all()]
    if len(events) > 1:
        events[-1]["is_now"] = True
    return events


def steps_for_officials(claim: Claim) -> Sequence[Step]:
    """Every step, the newest first, with the digest of the snapshot that it was about."""
    return STEPS.rows(claim=claim.pk)


STEPS = Kept(
    lambda: (
        Step.objects.filter(claim=Given("claim"))
        .annotate(sealed_sha256=F("snapshot__sha256"))
        .order_by("-claim_version")
    )
)


def history_for_officials(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """``steps``, the newest first, with what was said among officials and which snapshot it was about."""
    events = [
        _event(step) | {"name": step.name, "comment": step.comment, "sha256": step.sealed_sha256 or ""}  # type: ignore[attr-defined]
        for step in steps
    ]
    if events:
        events[0]["is_now"] = True
    return events


def _event(step: Step) -> dict[str, Any]:
    return {"title": TRANSITIONS[step.name].words, "at": step.at, "by": step.actor_label}
