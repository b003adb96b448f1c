"""Which events of the audit record are about a case, and how they stand in its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import QuerySet

from verification.audit.models import Event
from verification.casefile.policy import View

BATCH = 500
AMONG_OFFICIALS = frozenset(
    {
        "claims.claim.take",
        "claims.claim.screened",
        "claims.claim.take_appeal",
        "claims.claim.release_appeal",
        "claims.claim.reassign",
        "claims.claim.reassign_waiting",
        "claims.conflict.declared",
        "claims.note.written",
        "claims.claim.release",
        "claims.claim.recommend",
        "claims.claim.send_back",
        "claims.finding.answered",
        "claims.units.acceptance_set",
        "certificates.revocation.proposed",
        "certificates.revocation.dropped",
    }
)
"""Events that tell what officials wrote to each other: the producer's file bears their hash alone."""


def in_batches(events: QuerySet[Event], *, up_to: int) -> Iterator[Event]:
    """In order, a batch at a time."""
    last = 0
    while batch := list(events.filter(sequence__gt=last, sequence__lte=up_to).order_by("sequence")[:BATCH]):
        yield from batch
        last = batch[-1].sequence


def is_withheld(event: Event, view: View) -> bool:
    return view is View.PRODUCER and event.name in AMONG_OFFICIALS


def record_of_event(event: Event, *, withheld: bool = False) -> dict[str, Any]:
    """Everything that the event's hash is taken over, or the hash alone."""
    record: dict[str, Any] = {
        "sequence": event.sequence,
        "name": event.name,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "previous": event.previous_sha256,
        "sha256": event.sha256,
    }
    if withheld:
        return {**record, "withheld": True}
    return {
        **record,
        "clock": event.clock,
        "actor": [event.actor_kind, event.actor_id, event.actor_label],
        "subject": [event.subject_type, event.subject_id],
        "facts": event.facts,
    }
