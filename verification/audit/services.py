"""Appending to the audit record and walking it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from verification.audit.actors import Actor
from verification.audit.chain import GENESIS
from verification.audit.checkpoints import CheckpointRecord
from verification.audit.models import ChainHead, Checkpoint, Event
from verification.audit.signing import sign
from verification.audit.walking import BATCH, BrokenChain, ChainReport, Place, record_of, sha256_as_stored, walk
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes


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
    event.sha256 = sha256_as_stored(event)
    event.save(force_insert=True)
    head.sequence, head.sha256 = event.sequence, event.sha256
    head.save(update_fields=["sequence", "sha256"])
    return event


@transaction.atomic
def make_checkpoint() -> Checkpoint:
    """Sign where the chain ends now; the same row again while nothing was recorded since.

    Walks what came after the last checkpoint first. Raises ``BrokenChain`` rather than sign what does not hold. It
    leaves no event of its own, which would move the head that it signs.
    """
    known = Checkpoint.objects.order_by("sequence").last()
    start = Place(known.sequence, known.head_sha256, known.count) if known else Place()
    report = walk(start, checkpoints=())
    if not report.is_intact:
        raise BrokenChain(report)
    at = clock.now()
    signed = sign(CheckpointRecord(report.sequence, report.count, report.head_sha256, at).signed_bytes)
    found = Checkpoint.objects.filter(sequence=report.sequence, key_id=signed.key_id).first()
    if found is not None:
        return found
    return Checkpoint.objects.create(
        sequence=report.sequence,
        count=report.count,
        head_sha256=report.head_sha256,
        at=at,
        key_id=signed.key_id,
        signature=base64.b64encode(signed.signature).decode(),
        certificate=signed.certificate,
    )


def verify_chain(checkpoints: Iterable[CheckpointRecord] = ()) -> ChainReport:
    """Walk every event in order, and hold the chain against its own checkpoints and those that were kept elsewhere.

    Stops at the first event whose content, order or link does not hold, and at the first checkpoint that saw another
    chain. Reads in batches: the walk takes no lock and holds a batch of events, whatever the length of the chain.
    """
    stored = [record_of(row) for row in Checkpoint.objects.order_by("sequence").iterator(chunk_size=BATCH)]
    signed = sorted([*stored, *checkpoints], key=lambda each: each.sequence)
    return walk(Place(), checkpoints=[each for each in signed if each.sequence])


def _clock_note() -> str:
    moved = clock.demonstration()
    return f"demonstration {moved.starts_on} for {moved.anchored_on}" if moved else ""
