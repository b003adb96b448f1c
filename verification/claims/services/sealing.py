"""Sealing: from then on the content that is examined and decided cannot change."""

from __future__ import annotations

from verification.audit.actors import Actor
from verification.claims.kinds import content_of
from verification.claims.models import Claim, Snapshot
from verification.claims.services.transitions import hold
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes, sha256_of


def seal_content(claim: Claim, *, actor: Actor) -> Snapshot:
    """A new snapshot of the claim as it stands, inside the caller's transaction; one at a time."""
    hold(claim)
    content = content_of(claim)
    snapshot = Snapshot(
        claim=claim,
        number=claim.snapshots.count() + 1,
        content=canonical_bytes(content).decode(),
        sha256=sha256_of(content),
        sealed_at=clock.now(),
        sealed_by_id=actor.id,
    )
    snapshot.save(force_insert=True)
    return snapshot
