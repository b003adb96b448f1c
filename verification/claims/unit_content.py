"""What a unit claim says, as the snapshot that is sealed from it.

Plain JSON, decimals and days as text, whole tonnes as numbers::

    claimant        name, registration, country of the organisation
    channel, policy the scheme's channel and limit policy
    statement       the claimant's words
    base            what the limit is worked out from (see ``UnitDetails``)
    blocks          every block in the claimant's order, with what is said of its retirement
    authorisations  letters of authorisation, with the digest of their documents
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from verification.claims.enums import BlockState
from verification.claims.models import Authorisation, Claim, UnitBlock
from verification.claims.selectors import newest_snapshot
from verification.claims.workflow import EDITABLE_STATES

UNIT_SCHEMA = "unit-claim/1"
OFFERED = (BlockState.DRAFT, BlockState.RESERVED, BlockState.ACCEPTED, BlockState.SUSPENDED)


def offered_blocks(claim: Claim) -> list[UnitBlock]:
    """Blocks that stand in the claim, in the claimant's order; what was taken out or returned is none."""
    return list(
        claim.blocks.filter(state__in=OFFERED).select_related("authorisation", "evidence").order_by("position", "pk")
    )


def unit_content(claim: Claim) -> dict[str, Any]:
    """The record to seal."""
    organisation, details = claim.organisation, claim.unit_details
    return {
        "schema": UNIT_SCHEMA,
        "claim": claim.number,
        "kind": claim.kind,
        "scheme": claim.scheme,
        "period": {"start": claim.period_start.isoformat(), "end_exclusive": claim.period_end.isoformat()},
        "claimant": {
            "name": organisation.name,
            "local_name": organisation.local_name,
            "registration": organisation.registration_number,
            "address": organisation.address,
            "country": organisation.country,
        },
        "channel": details.channel,
        "policy": details.policy,
        "statement": details.statement,
        "base": details.base,
        "blocks": [_block(block) for block in offered_blocks(claim)],
        "authorisations": [_authorisation(letter) for letter in claim.authorisations.select_related("document")],
    }


def standing_content(claim: Claim) -> dict[str, Any]:
    """What is examined or was decided on, as it was sealed; a draft as it stands now."""
    snapshot = None if claim.state in EDITABLE_STATES else newest_snapshot(claim)
    return json.loads(snapshot.content) if snapshot else unit_content(claim)


def _block(block: UnitBlock) -> dict[str, Any]:
    return {
        "position": block.position,
        "raw_serial": block.raw_serial,
        "serial": block.serial,
        "family": block.family,
        "family_key": block.family_key,
        "first": block.first,
        "last": block.last,
        "quantity": block.quantity,
        "unit_type": block.unit_type,
        "programme": block.programme,
        "project": block.project,
        "country": block.country,
        "vintage_from": _day(block.vintage_from),
        "vintage_to": _day(block.vintage_to),
        "event": block.event,
        "event_on": _day(block.event_on),
        "beneficiary": block.beneficiary,
        "purpose": block.purpose,
        "facts": block.facts,
        "authorisation": block.authorisation.reference if block.authorisation else None,
        "evidence_sha256": block.evidence.sha256 if block.evidence else None,
        "adjustment_state": block.adjustment_state,
    }


def _authorisation(letter: Authorisation) -> dict[str, Any]:
    return {
        "host_country": letter.host_country,
        "reference": letter.reference,
        "issued_on": _day(letter.issued_on),
        "version": letter.version,
        "purposes": letter.purposes,
        "authorised_parties": letter.authorised_parties,
        "authorised_entities": letter.authorised_entities,
        "project": letter.project,
        "quantity": letter.quantity,
        "vintage_from": _day(letter.vintage_from),
        "vintage_to": _day(letter.vintage_to),
        "use_from": _day(letter.use_from),
        "use_to": _day(letter.use_to),
        "first_transfer_trigger": letter.first_transfer_trigger,
        "status": letter.status,
        "document_sha256": letter.document.sha256 if letter.document else None,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
