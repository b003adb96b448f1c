"""Serials are reserved while a claim is examined and stay with it once accepted. The database keeps them apart."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from verification.claims.double_use import shared_with_active
from verification.claims.enums import BlockState, ClaimState
from verification.claims.models import Claim, UnitBlock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.units.blocks import Block

CONSTRAINT = "unit_block_no_double_use"
REFERENCE = "Rule of the portal: a unit counts once, for one party in one scheme"


def follow(claim: Claim, source: str, target: str) -> None:
    """What a change of the claim's state does to its serials, in the same transaction.

    Raises ``InvalidInput`` where serials stand in another claim already; then nothing has changed.
    """
    if target in (ClaimState.SUBMITTED, ClaimState.IN_REVIEW):
        reserve(claim)
    elif target == ClaimState.IN_APPEAL:
        _reserve_for_appeal(claim)
    elif target == ClaimState.REVOKED and source == ClaimState.RECOMMENDED:
        claim.blocks.filter(state=BlockState.RESERVED).update(state=BlockState.ACCEPTED)
    elif target in (ClaimState.REFUSED, ClaimState.WITHDRAWN):
        claim.blocks.filter(state=BlockState.RESERVED).update(state=BlockState.RELEASED, is_active=False)


def reserve(claim: Claim) -> None:
    """Reserve every block that is still a draft. The database has the last word, whoever was faster."""
    _hold(claim, claim.blocks.filter(state=BlockState.DRAFT))


def _reserve_for_appeal(claim: Claim) -> None:
    """What a refusal let go, or a revocation left with the claim, is under examination again."""
    lost = (BlockState.RELEASED, BlockState.ACCEPTED, BlockState.SUSPENDED, BlockState.RESERVED)
    _hold(claim, claim.blocks.filter(state__in=lost))


def _hold(claim: Claim, blocks: QuerySet[UnitBlock]) -> None:
    try:
        with transaction.atomic():
            blocks.update(state=BlockState.RESERVED, is_active=True)
    except IntegrityError as error:
        if CONSTRAINT not in str(error):
            raise
        raise _double_use(claim, blocks) from error


def _double_use(claim: Claim, blocks: QuerySet[UnitBlock]) -> InvalidInput | Conflict:
    """Names the serials, never the other party."""
    own = {Block(row.family_key, row.first, row.last): row for row in blocks}
    shared = shared_with_active(list(own), but=claim)
    problems = [
        Problem(
            "block",
            "D-CROSS",
            f"Block {own[item.block].position}: {item.shared.quantity:,} of its units are in another claim.",
            "Take these serials out of your claim, or offer other units.",
            field=f"blocks/{own[item.block].position}",
            found=f"{own[item.block].serial}: {item.shared.start} to {item.shared.end}",
            expected="units that no other claim holds",
            reference=REFERENCE,
        )
        for item in shared
    ]
    if not problems:  # the other claim let go of them in the meantime
        return Conflict("Another claim held some of these serials a moment ago. Nothing was saved; send it again.")
    return InvalidInput("Some of these units are already used or under examination in another claim.", problems)
