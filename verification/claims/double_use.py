"""Serials that stand in other claims. Answers name ranges and counts, never whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from verification.claims.enums import BlockState, ClaimKind, ClaimState
from verification.claims.models import Claim, UnitBlock
from verification.units.blocks import Block

CHUNK = 500


@dataclass(frozen=True)
class SharedSerials:
    """``block`` of the asking claim shares the serials ``shared`` with another claim."""

    block: Block
    shared: Block
    is_in_price_claim: bool = False


def shared_with_active(blocks: Sequence[Block], *, but: Claim | None = None) -> list[SharedSerials]:
    """Serials of ``blocks`` that another claim, of anyone and in any scheme, holds now."""
    return _shared(blocks, _others(UnitBlock.objects.filter(is_active=True), but))


def shared_with_drafts(blocks: Sequence[Block], *, but: Claim | None = None) -> list[SharedSerials]:
    """Serials that stand in someone's draft or request for an advance answer; those reserve nothing."""
    drafts = UnitBlock.objects.filter(
        state=BlockState.DRAFT, claim__state__in=(ClaimState.DRAFT, ClaimState.PRE_CHECK, ClaimState.INFO_REQUESTED)
    )
    return _shared(blocks, _others(drafts, but))


def _others(found: QuerySet[UnitBlock], but: Claim | None) -> QuerySet[UnitBlock]:
    return found.exclude(claim=but) if but else found


def _shared(blocks: Sequence[Block], others: QuerySet[UnitBlock]) -> list[SharedSerials]:
    by_family: dict[str, list[Block]] = defaultdict(list)
    for block in sorted(blocks):
        by_family[block.family_key].append(block)
    found: list[SharedSerials] = []
    for family_key, members in by_family.items():
        for start in range(0, len(members), CHUNK):
            found += _shared_in_family(members[start : start + CHUNK], others.filter(family_key=family_key))
    return found


def _shared_in_family(members: Sequence[Block], others: QuerySet[UnitBlock]) -> Iterable[SharedSerials]:
    """One query for the whole stretch of numbers, then a walk along both."""
    least, most = members[0].start, max(block.end for block in members)
    found = others.filter(first__lte=most, last__gte=least).order_by("first")
    standing = [
        (Block(members[0].family_key, first, last), kind == ClaimKind.CARBON_PRICE)
        for first, last, kind in found.values_list("first", "last", "claim__kind")
    ]
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
