"""The same answer for every block of a claim that one check found something about."""

from __future__ import annotations

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims import policy
from verification.claims.enums import BlockState, ClaimState
from verification.claims.findings import block_position, findings_on_snapshot, last_snapshot
from verification.claims.models import Claim
from verification.kernel.errors import Conflict, InvalidInput, Problem

LONGEST_REASON = 300


@transaction.atomic
def return_blocks_found_by(claim: Claim, *, actor: Actor, code: str, reason: str) -> int:
    """Accept nothing of the blocks with a finding of ``code``; returns how many they are.

    Raises ``InvalidInput`` without a reason, or where no block under examination has such a finding.
    """
    policy.demand_reviewer(actor, claim)
    if claim.state != ClaimState.IN_REVIEW:
        raise Conflict("Blocks are judged while the claim is in review.")
    findings = findings_on_snapshot(claim, last_snapshot(claim))
    positions = sorted({place for each in findings if each.code == code and (place := block_position(each))})
    blocks = claim.blocks.filter(position__in=positions, state=BlockState.RESERVED)
    said = reason.strip()[:LONGEST_REASON]
    problems = []
    if not said:
        problems.append(_problem("reason", "Nothing was said about why.", "Say why these blocks are not accepted."))
    if not blocks.exists():
        problems.append(_problem("code", f"No block has a finding of {code}.", "Choose a check that found something."))
    if problems:
        raise InvalidInput("The blocks were not judged.", problems)
    count = blocks.update(accepted_quantity=0, acceptance_reason=said)
    record_event(
        "claims.units.acceptance_set",
        actor=actor,
        subject_type="claim",
        subject_id=claim.pk,
        facts={"number": claim.number, "code": code, "blocks": positions, "quantity": 0, "reason": said},
    )
    return count


def _problem(field: str, message: str, mend: str) -> Problem:
    return Problem("block", "UNX-030", message, mend, field=field)
