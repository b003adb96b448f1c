"""The only writer of a claim's state."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import after, policy
from verification.claims.enums import ClaimKind, ClaimState
from verification.claims.kinds import manifest_of
from verification.claims.models import Claim, Snapshot, Step
from verification.claims.services import reservation
from verification.claims.workflow import TRANSITIONS, Transition
from verification.kernel import clock
from verification.kernel.errors import Conflict


def move(
    claim: Claim,
    name: str,
    actor: Actor,
    *,
    comment: str = "",
    snapshot: Snapshot | None = None,
    facts: dict[str, Any] | None = None,
    **fields: object,
) -> Step:
    """Policy, then one conditional UPDATE on (id, state, version), then the step and its event.

    ``fields`` are further columns of the claim written by the same UPDATE. Raises ``NotAllowed``
    and, where another person was faster or the state does not fit, ``Conflict``. Serials of the claim are
    reserved or released with it (``InvalidInput``). The claim object passed in is brought up to date.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A transition runs inside the transaction of its use case.")
    transition = TRANSITIONS[name]
    policy.demand(actor, transition, claim)
    _demand_possible(claim, transition)
    from_state = claim.state
    changed = Claim.objects.filter(pk=claim.pk, state=from_state, version=claim.version).update(
        state=transition.target, version=F("version") + 1, **fields
    )
    if changed != 1:
        raise Conflict("Someone else changed this claim a moment ago. Nothing of yours was saved; look again.")
    claim.refresh_from_db()
    if manifest_of(claim).holds_blocks:
        reservation.follow(claim, transition.target)
    step = Step(
        claim=claim,
        name=name,
        from_state=from_state,
        to_state=transition.target,
        claim_version=claim.version,
        actor_id=actor.id or None,
        actor_label=actor.label,
        comment=comment,
        snapshot=snapshot,
        at=clock.now(),
    )
    step.save(force_insert=True)
    record_event(
        transition.event,
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={
            "number": claim.number,
            "from": str(from_state),
            "to": str(transition.target),
            "version": claim.version,
            "comment": comment,
            "snapshot_sha256": snapshot.sha256 if snapshot else None,
            **(facts or {}),
        },
    )
    after.run(claim, step)
    return step


def _demand_possible(claim: Claim, transition: Transition) -> None:
    if claim.kind not in transition.kinds:
        raise Conflict(f"A claim of the kind “{ClaimKind(claim.kind).label}” knows no such step.")
    if claim.state not in transition.sources:
        raise Conflict(
            f"The claim is “{ClaimState(claim.state).label}”. This step was already done or is not possible now."
        )
