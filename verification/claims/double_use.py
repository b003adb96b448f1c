"""Serials that stand in other claims. Answers name ranges and counts, never whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import connection

from verification.claims.enums import BlockState, ClaimKind, ClaimState
from verification.claims.models import Claim, UnitBlock
from verification.database.kept import Given, Kept
from verification.units.blocks import Block

CHUNK = 500
NOBODY = UUID(int=0)
ACTIVE = """SELECT block."first", block."last", claim.kind
FROM claims_unitblock AS block JOIN claims_claim AS claim ON claim.id = block.claim_id
WHERE block.is_active AND block.family_key = %s AND block."first" <= %s AND block.claim_id <> %s
AND block."first" >= COALESCE((
  SELECT MAX(before."first") FROM claims_unitblock AS before
  WHERE before.is_active AND before.family_key = %s AND before."first" <= %s AND before.claim_id <> %s), 0)
ORDER BY block."first\""""
_Standing = tuple[Block, bool]
"""A block that stands in another claim, and whether that is a claim of a carbon price."""


@dataclass(frozen=True)
class SharedSerials:
    """``block`` of the asking claim shares the serials ``shared`` with another claim."""

    block: Block
    shared: Block
    is_in_price_claim: bool = False


def shared_with_active(blocks: Sequence[Block], *, but: Claim | None = None) -> list[SharedSerials]:
    """Serials of ``blocks`` that another claim, of anyone and in any scheme, holds now."""
    return _shared(blocks, partial(_active, but=but))


def shared_with_drafts(blocks: Sequence[Block], *, but: Claim | None = None) -> list[SharedSerials]:
    """Serials that stand in someone's draft or request for an advance answer; those reserve nothing."""
    return _shared(blocks, partial(_drafts, but=but))


def _shared(blocks: Sequence[Block], find: Callable[[str, int, int], list[_Standing]]) -> list[SharedSerials]:
    by_family: dict[str, list[Block]] = defaultdict(list)
    for block in sorted(blocks):
        by_family[block.family_key].append(block)
    found: list[SharedSerials] = []
    for family_key, members in by_family.items():
        for start in range(0, len(members), CHUNK):
            chunk = members[start : start + CHUNK]
            found += _walk(chunk, find(family_key, chunk[0].start, max(block.end for block in chunk)))
    return found


def _active(family_key: str, least: int, most: int, *, but: Claim | None) -> list[_Standing]:
    """Active blocks of others that reach into the stretch, in their order.

    Active blocks never overlap. Of those that begin before the stretch only the last can reach into it, so that
    an index on the first number finds it however many there are. In plain SQL, for this is asked for every block.
    """
    own = Claim._meta.pk.get_db_prep_value(but.pk if but else NOBODY, connection)
    with connection.cursor() as cursor:
        cursor.execute(ACTIVE, [family_key, most, own, family_key, least, own])
        rows = cursor.fetchall()
    return [(Block(family_key, first, last), kind == ClaimKind.CARBON_PRICE) for first, last, kind in rows]


def _drafts(family_key: str, least: int, most: int, *, but: Claim | None) -> list[_Standing]:
    rows = DRAFTS.rows(family_key=family_key, least=least, most=most, but=but.pk if but else NOBODY)
    return [(Block(family_key, first, last), kind == ClaimKind.CARBON_PRICE) for first, last, kind in rows]


DRAFTS = Kept(
    lambda: (
        UnitBlock.objects.filter(
            state=BlockState.DRAFT,
            claim__state__in=(ClaimState.DRAFT, ClaimState.PRE_CHECK, ClaimState.INFO_REQUESTED),
            family_key=Given("family_key"),
            first__lte=Given("most"),
            last__gte=Given("least"),
        )
        .exclude(claim_id=Given("but"))
        .order_by("first")
        .values_list("first", "last", "claim__kind")
    )
)


def _walk(members: Sequence[Block], standing: Sequence[_Standing]) -> Iterable[SharedSerials]:
    begin = 0
    for block in members:
        while begin < len(standing) and standing[begin][0].end < block.start:
            begin += 1
        for other, is_in_price_claim in standing[begin:]:
            if other.start > block.end:
                break
            shared = block.overlap(other)
            if shared:
                yield SharedSerials(block, shared, is_in_price_claim)
