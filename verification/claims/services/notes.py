"""Private notes of officials on a claim. Nobody else ever reads them."""

from __future__ import annotations

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.models import Claim, PrivateNote
from verification.claims.services.required import required
from verification.kernel import clock


@transaction.atomic
def add_note(claim: Claim, *, actor: Actor, text: str) -> PrivateNote:
    """A remark by an official who has no conflict of interest. Raises ``NotAllowed``, or ``InvalidInput`` if empty."""
    policy.demand_official_without_conflict(actor, claim)
    note = PrivateNote(
        claim=claim,
        text=required(text, "text", "Write the note."),
        written_by_id=int(actor.id),
        written_at=clock.now(),
    )
    note.save(force_insert=True)
    record_event(
        "claims.note.written",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, "note": str(note.pk)},
    )
    return note
