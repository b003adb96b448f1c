"""What happened to a claim, for the timeline of its page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from verification.claims.models import Claim
from verification.claims.workflow import TRANSITIONS


def history_of(claim: Claim) -> list[dict[str, Any]]:
    """What happened, newest last, in the words of the table of transitions."""
    events: list[dict[str, Any]] = [{"title": _("Started"), "at": claim.created_at}]
    events += [
        {"title": TRANSITIONS[step.name].words, "at": step.at, "by": step.actor_label} for step in claim.steps.all()
    ]
    if claim.steps.exists():
        events[-1]["is_now"] = True
    return events
