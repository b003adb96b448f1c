"""Walking the chain from a place that is known to hold, against the checkpoints that were signed over it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from verification.audit.chain import GENESIS, event_sha256
from verification.audit.checkpoints import CheckpointRecord
from verification.audit.models import ChainHead, Checkpoint, Event
from verification.kernel.errors import DomainError

BATCH = 2000


@dataclass(frozen=True)
class Place:
    """After ``count`` events the chain was at ``sequence``, in ``sha256``."""

    sequence: int = 0
    sha256: str = GENESIS
    count: int = 0


@dataclass(frozen=True)
class ChainReport:
    """What a walk found; ``broken_at`` is the first event that does not hold, ``checkpoints`` how many did."""

    count: int
    sequence: int
    head_sha256: str
    checkpoints: int = 0
    broken_at: int | None = None
    broken_name: str = ""
    why: str = ""

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None


class BrokenChain(DomainError):
    """The audit record is not what was recorded; ``report`` says where."""

    def __init__(self, report: ChainReport) -> None:
        super().__init__(f"The audit record does not hold at event {report.broken_at}: {report.why}.")
        self.report = report


def walk(start: Place, *, checkpoints: Sequence[CheckpointRecord]) -> ChainReport:
    """From ``start`` to the end; ``checkpoints`` lie after ``start``, in the order of their events."""
    head, place, waiting, held = _head(), start, deque(checkpoints), deque([start.sequence])
    for event in _events_after(start.sequence):
        why = _why_broken(event, place)
        if why:
            return _report(place, held, broken_at=event.sequence, broken_name=event.name, why=why)
        place = Place(event.sequence, event.sha256, place.count + 1)
        while waiting and waiting[0].sequence == place.sequence:
            why = _why_not_seen(waiting[0], place, held[-1] + 1)
            if why:
                return _report(place, held, broken_at=held[-1] + 1, why=why)
            held.append(waiting.popleft().sequence)
    why = _why_cut(place, waiting, head)
    return _report(place, held, broken_at=place.sequence + 1, why=why) if why else _report(place, held)


def record_of(row: Checkpoint) -> CheckpointRecord:
    return CheckpointRecord(
        row.sequence, row.count, row.head_sha256, row.at, row.key_id, row.signature, row.certificate
    )


def sha256_as_stored(event: Event) -> str:
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


def _events_after(sequence: int) -> Iterator[Event]:
    """In order, a batch at a time, so that neither memory nor a lock grows with the chain."""
    while batch := list(Event.objects.filter(sequence__gt=sequence).order_by("sequence")[:BATCH]):
        yield from batch
        sequence = batch[-1].sequence


def _why_broken(event: Event, place: Place) -> str:
    if event.sequence != place.sequence + 1:
        return f"event {place.sequence + 1} is missing"
    if event.previous_sha256 != place.sha256:
        return "it does not link to the event before it"
    if sha256_as_stored(event) != event.sha256:
        return "its content is not what was recorded"
    return ""


def _why_not_seen(checkpoint: CheckpointRecord, place: Place, first_doubted: int) -> str:
    """Why the chain is not the one that was signed. A chain that was written anew holds in itself; this finds it."""
    if not checkpoint.is_signed:
        return f"the checkpoint over {checkpoint.sequence} events bears no valid signature"
    if (checkpoint.head_sha256, checkpoint.count) != (place.sha256, place.count):
        return (
            f"the checkpoint of {_shown(checkpoint)} saw another chain; something in events {first_doubted} to "
            f"{checkpoint.sequence} was altered and what follows was written anew"
        )
    return ""


def _why_cut(place: Place, waiting: Sequence[CheckpointRecord], head: Place) -> str:
    """When no event follows: an end that was cut off, or a head that says something else."""
    if waiting:
        seen = waiting[-1].sequence
        return f"the chain ends at {place.sequence}, the checkpoint of {_shown(waiting[-1])} saw {seen}"
    if head.sequence > place.sequence or (head.sequence == place.sequence and head.sha256 != place.sha256):
        return f"the chain ends at {place.sequence}, its head says {head.sequence}"
    now = _head()
    return f"the chain ends at {place.sequence}, its head says {now.sequence}" if now.sequence < place.sequence else ""


def _shown(checkpoint: CheckpointRecord) -> str:
    return f"{checkpoint.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _head() -> Place:
    head = ChainHead.objects.first()
    return Place(head.sequence, head.sha256) if head else Place()


def _report(place: Place, held: Sequence[int], **broken: Any) -> ChainReport:
    return ChainReport(place.count, place.sequence, place.sha256, len(held) - 1, **broken)
