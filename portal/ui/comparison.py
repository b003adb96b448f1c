"""The page on which two states of a claim stand beside each other, the same for producers and officials."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification.claims.comparison import Change, changes_between
from verification.claims.kinds import content_of
from verification.claims.models import Claim, Snapshot
from verification.claims.selectors import predecessors_of

ROWS_SHOWN = 500
Between = Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[Change]]


@dataclass(frozen=True)
class State:
    """A state that can be compared; ``content`` as ``claims.content`` describes it."""

    key: str
    label: str
    content: Mapping[str, Any]


def states_of(claim: Claim, *, with_draft: bool) -> list[State]:
    """What was sealed before this claim, what was sealed for it, and, for its producer, what it says now."""
    states = []
    for earlier in predecessors_of(claim):
        snapshot = earlier.snapshots.last()
        if snapshot:
            states.append(_sealed(snapshot, earlier.number, _("Claim %(number)s") % {"number": earlier.number}))
    for snapshot in claim.snapshots.all():
        states.append(_sealed(snapshot, str(snapshot.number), _("This claim")))
    if with_draft and claim.reading is not None:
        states.append(State("now", _("This claim as it stands now"), content_of(claim)))
    return states


def comparison_of(
    states: Sequence[State], query: Mapping[str, str], *, between: Between = changes_between
) -> dict[str, Any]:
    """Context of ``components/comparison.html``: the two states chosen, and what changed, part by part."""
    by_key = {state.key: state for state in states}
    after = by_key.get(query.get("after", "")) or (states[-1] if states else None)
    before = by_key.get(query.get("before", "")) or (states[-2] if len(states) > 1 else None)
    if before is None or after is None:
        return {"states": states, "parts": [], "count": 0}
    changes = between(before.content, after.content)
    parts = [
        {"part": _(part), "changes": list(rows)}
        for part, rows in groupby(changes[:ROWS_SHOWN], key=lambda change: change.part)
    ]
    more = max(0, len(changes) - ROWS_SHOWN)
    return {"states": states, "before": before, "after": after, "parts": parts, "count": len(changes), "more": more}


def _sealed(snapshot: Snapshot, key: str, words: str) -> State:
    label = _("%(what)s, snapshot %(number)s, sealed %(day)s") % {
        "what": words,
        "number": snapshot.number,
        "day": date_format(snapshot.sealed_at, "j M Y"),
    }
    return State(key, label, json.loads(snapshot.content))
