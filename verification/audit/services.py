"""Appending to the audit record and walking it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from verification.audit.actors import Actor
from verification.audit.chain import GENESIS, event_sha256
from verification.audit.models import ChainHead, Event
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes


@dataclass(frozen=True)
class ChainReport:
    """What a walk of the chain found; ``broken_at`` is the first event that does not hold."""

    count: int
    head_sha256: str
    broken_at: int | None = None
    broken_name: str = ""
    why: str = ""

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None


def record_event(
    name: str, *, actor: Actor, subject_type: str, subject_id: object, facts: dict[str, Any] | None = None
) -> Event:
    """Append one event in the caller's transaction.

    ``facts`` holds text, whole numbers, booleans, null, lists and objects only; decimals as
    text. Raises ``RuntimeError`` outside a transaction: an event and the change that it
    records stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event must be recorded in the transaction of the change.")
    head, _ = ChainHead.objects.select_for_update().get_or_create(
        only=True, defaults={"sequence": 0, "sha256": GENESIS}
    )
    event = Event(
        sequence=head.sequence + 1,
        name=name,
        at=clock.now(),
        clock=_clock_note(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label,
        subject_type=subject_type,
        subject_id=str(subject_id),
        facts=canonical_bytes(facts or {}).decode(),
        previous_sha256=head.sha256,
    )
    event.sha256 = _sha256_as_stored(event)
    event.save(force_insert=True)
    head.sequence, head.sha256 = event.sequence, event.sha256
    head.save(update_fields=["sequence", "sha256"])
    return event


def verify_chain() -> ChainReport:
    """Walk every event in order; stop at the first whose content, order or link does not hold."""
    with transaction.atomic():
        previous, count = GENESIS, 0
        for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
            why = _why_broken(event, expected_sequence=count + 1, previous=previous)
            if why:
                return ChainReport(count, previous, event.sequence, event.name, why)
            previous, count = event.sha256, count + 1
        head = ChainHead.objects.first()
    if head and (head.sequence, head.sha256) != (count, previous):
        return ChainReport(count, previous, count + 1, "", f"the chain ends at {count}, its head says {head.sequence}")
    return ChainReport(count, previous)


def _why_broken(event: Event, *, expected_sequence: int, previous: str) -> str:
    if event.sequence != expected_sequence:
        return f"event {expected_sequence} is missing"
    if event.previous_sha256 != previous:
        return "it does not link to the event before it"
    if _sha256_as_stored(event) != event.sha256:
        return "its content is not what was recorded"
    return ""


def _sha256_as_stored(event: Event) -> str:
    return event_sha256(
        sequence=event.sequence,
        name=event.name,
        at=event.at,
        clock=event.clock,
        actor=(event.actor_kind, event.actor_id, event.actor_label),
        subject=(event.subject_type, event.subject_id),
        facts=event.facts,
        previous_sha256=event.previous_sha256,
    )


def _clock_note() -> str:
    moved = clock.demonstration()
    return f"demonstration {moved.starts_on} for {moved.anchored_on}" if moved else ""
