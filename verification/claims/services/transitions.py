"""The only writer of a claim's state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import after, policy
from verification.claims.clocks import Passage, next_due_on
from verification.claims.enums import ClaimKind, ClaimState
from verification.claims.kinds import manifest_of
from verification.claims.models import Claim, Snapshot, Step
from verification.claims.services import reservation
from verification.claims.workflow import AGAINST_APPEALS, FOR_APPEALS, TRANSITIONS, Transition
from verification.kernel import clock
from verification.kernel.errors import Conflict
from verification.reference.selectors import procedure_of


def move(
    claim: Claim,
    name: str,
    actor: Actor,
    *,
    comment: str = "",
    snapshot: Snapshot | None = None,
    facts: dict[str, Any] | None = None,
    second_actor_id: int | None = None,
    **fields: object,
) -> Step:
    """Policy, then one conditional UPDATE on (id, state, version), then the step and its event.

    ``fields`` are further columns of the claim written by the same UPDATE; ``second_actor_id`` is the other of the
    two people of one act. The day by which somebody must act moves along. Raises ``NotAllowed``
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
        state=transition.target, version=F("version") + 1, due_on=_due_on(claim, transition), **fields
    )
    if changed != 1:
        raise Conflict("Someone else changed this claim a moment ago. Nothing of yours was saved; look again.")
    claim.refresh_from_db()
    if manifest_of(claim).holds_blocks:
        reservation.follow(claim, from_state, transition.target)
    step = Step(
        claim=claim,
        name=name,
        from_state=from_state,
        to_state=transition.target,
        claim_version=claim.version,
        actor_id=actor.id or None,
        actor_label=actor.label,
        second_actor_id=second_actor_id,
        comment=comment,
        snapshot=snapshot,
        at=clock.now(),
    )
    step.save(force_insert=True)
    _record(step, transition, actor, facts or {})
    after.run(claim, step)
    return step


def hold(claim: Claim) -> None:
    """Whoever acts on the claim at the same moment waits for this transaction. For what is written before ``move``."""
    Claim.objects.select_for_update().only("pk").get(pk=claim.pk)


def _record(step: Step, transition: Transition, actor: Actor, facts: dict[str, Any]) -> None:
    record_event(
        transition.event,
        actor=actor,
        subject_type="claim",
        subject_id=step.claim_id,
        facts={
            "number": step.claim.number,
            "from": str(step.from_state),
            "to": str(step.to_state),
            "version": step.claim_version,
            "comment": step.comment,
            "snapshot_sha256": step.snapshot.sha256 if step.snapshot else None,
            **facts,
        },
    )


def _demand_possible(claim: Claim, transition: Transition) -> None:
    if claim.kind not in transition.kinds:
        raise Conflict(f"A claim of the kind “{ClaimKind(claim.kind).label}” knows no such step.")
    if claim.state not in transition.sources:
        raise Conflict(
            f"The claim is “{ClaimState(claim.state).label}”. This step was already done or is not possible now."
        )
    has_appeal = has_open_appeal(claim)
    if has_appeal and transition.name in AGAINST_APPEALS:
        raise Conflict("An appeal is being decided; this step belongs to a first decision.")
    if not has_appeal and transition.name in FOR_APPEALS:
        raise Conflict("No appeal is being decided on this claim.")


def has_open_appeal(claim: Claim) -> bool:
    return claim.appeals.filter(closed_at=None).exists()


def _due_on(claim: Claim, transition: Transition) -> date | None:
    if claim.state == transition.target:
        return claim.due_on
    passages = [*passages_of(claim), Passage(clock.today(), transition.target)]
    return next_due_on(passages, clock.today(), procedure_of(claim.scheme))


def passages_of(claim: Claim) -> list[Passage]:
    return [
        Passage(at.date(), state) for at, state in claim.steps.order_by("claim_version").values_list("at", "to_state")
    ]
