"""Which events of the audit record are about a case, and how they stand in its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from django.db.models import Q

from verification.audit.models import Event
from verification.casefile.policy import View
from verification.claims.models import Claim

BATCH = 500
AMONG_OFFICIALS = frozenset(
    {
        "claims.claim.take",
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


def events_about(claim: Claim, subjects: Mapping[str, Iterable[str]], *, up_to: int) -> Iterator[Event]:
    """In order, a batch at a time. ``subjects`` are the identifiers of the case's rows by their type."""
    about = Q(subject_type="unit_account", facts__contains=f'"reference":"{claim.number}"')
    for subject_type, identifiers in subjects.items():
        about |= Q(subject_type=subject_type, subject_id__in=sorted(identifiers))
    found, last = Event.objects.filter(about, sequence__lte=up_to).order_by("sequence"), 0
    while batch := list(found.filter(sequence__gt=last)[:BATCH]):
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
