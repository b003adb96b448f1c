"""A unit claim approved: blocks accepted or returned, the ledger credited, and what its certificate says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from verification.audit.actors import Actor
from verification.certificates.record import Identity
from verification.certificates.services.effect import Effect
from verification.certificates.unit_record import build_unit_record, limit_numbers
from verification.checks.model import Finding
from verification.claims.content import evidence_manifest
from verification.claims.enums import BlockState, DecisionOutcome, ReversalOutcome
from verification.claims.findings import block_position
from verification.claims.models import Claim, Decision, UnitBlock
from verification.claims.services.deciding import Ruling, decide
from verification.claims.services.unit_events import close_reversal
from verification.claims.unit_limit import ClaimLimit, limit_of_claim
from verification.kernel.canonical import sha256_of
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.kernel.spans import Span
from verification.ledger.services import AccountKey, Entitlement, credit_units

BATCH = 1000


def approve_units(claim: Claim, *, actor: Actor, ruling: Ruling) -> Decision:
    """In part where reviewer or limit let in less than was offered. Raises ``InvalidInput`` where nothing is left."""
    limit = _limit(claim)
    if not limit.accepted_t:
        raise InvalidInput(
            "The claim cannot be approved: none of its units would be accepted.",
            [
                Problem(
                    "block",
                    "L-LIMIT",
                    "Neither the limit nor the reviewer leaves any unit.",
                    "Refuse the claim, or send it back to the reviewer.",
                    found="0 t",
                    expected="at least 1 t",
                    reference=limit.policy.reference,
                )
            ],
        )
    offered = sum(claim.blocks.filter(state=BlockState.RESERVED).values_list("quantity", flat=True))
    is_whole = sum(limit.accepted.values()) == offered
    outcome = DecisionOutcome.APPROVED if is_whole else DecisionOutcome.APPROVED_IN_PART
    return decide(claim, actor=actor, outcome=outcome, ruling=ruling)


def stands_against_units(claim: Claim, finding: Finding) -> bool:
    """What blocks a block of which nothing is accepted does not stand against the others."""
    position = block_position(finding)
    return position is None or not claim.blocks.filter(position=position, accepted_quantity=0).exists()


def units_into_force(claim: Claim, decision: Decision, number: str, actor: Actor) -> Effect:
    """Accepted serials stay with the claim, the others go back; whole tonnes are credited for the period.

    The verified specific embedded emissions of goods are not touched.
    """
    limit = _limit(claim)
    struck = claim.unit_details.replaces
    if struck is not None and struck.outcome == ReversalOutcome.OPEN:
        close_reversal(struck, actor=actor, outcome=ReversalOutcome.REPLACED, reason=f"Replaced by {claim.number}")
    accepted = _settle_blocks(claim, limit.accepted)
    credit_units(
        AccountKey(claim.organisation, claim.scheme, claim.period_start, claim.period_end),
        Entitlement(limit.policy.code, limit.own_t, limit.carry_t),
        limit.credit_t,
        reference=claim.number,
        actor=actor,
    )

    def record(identity: Identity, decision_block: dict[str, Any]) -> dict[str, Any]:
        return build_unit_record(
            identity,
            content=json.loads(decision.snapshot.content),
            decision=decision_block,
            accepted=accepted,
            limit=limit_numbers(limit),
            evidence_sha256=sha256_of(evidence_manifest(claim)),
            snapshot_sha256=decision.snapshot.sha256,
        )

    return Effect(Span(claim.period_start, claim.period_end), record, legal_basis=limit.policy.reference)


def _limit(claim: Claim) -> ClaimLimit:
    limit = limit_of_claim(claim)
    if limit is None:
        raise Conflict("The limit of the period cannot be worked out: its base was not stated.")
    return limit


def _settle_blocks(claim: Claim, accepted: Mapping[int, int]) -> list[dict[str, Any]]:
    """The accepted serials, block by block; a block accepted in part becomes two rows."""
    rows = list(claim.blocks.filter(state=BlockState.RESERVED).order_by("position", "pk"))
    settled: list[dict[str, Any]] = []
    by_state: dict[str, list[int]] = defaultdict(list)
    rests: list[UnitBlock] = []
    for row in rows:
        taken = accepted.get(row.position, 0)
        if taken:
            settled.append(_settled(row, taken))
        if taken == row.quantity or not taken:
            by_state[BlockState.ACCEPTED if taken else BlockState.RETURNED].append(row.pk)
        else:
            rests.append(_rest(row, taken))
            claim.blocks.filter(pk=row.pk).update(last=row.first + taken - 1, quantity=taken, state=BlockState.ACCEPTED)
    for state, keys in by_state.items():
        for start in range(0, len(keys), BATCH):
            chosen = UnitBlock.objects.filter(pk__in=keys[start : start + BATCH])
            chosen.update(state=state, is_active=state == BlockState.ACCEPTED)
    UnitBlock.objects.bulk_create(rests, batch_size=BATCH)
    return settled


def _settled(row: UnitBlock, taken: int) -> dict[str, Any]:
    return {
        "position": row.position,
        "serial": row.serial,
        "first": row.first,
        "last": row.first + taken - 1,
        "quantity": taken,
        "returned": [[row.first + taken, row.last]] if taken < row.quantity else [],
    }


def _rest(row: UnitBlock, taken: int) -> UnitBlock:
    """The serials of a block that were not accepted: they are the claimant's again."""
    copied = {
        field.attname: getattr(row, field.attname)
        for field in UnitBlock._meta.concrete_fields
        if field.attname not in ("id", "first", "quantity", "accepted_quantity", "state", "is_active")
    }
    return UnitBlock(
        **copied,
        first=row.first + taken,
        quantity=row.quantity - taken,
        state=BlockState.RETURNED,
        is_active=False,
    )
