"""D: one tonne is used once. Messages name ranges and tonnes, never whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from verification.checks.catalogue import check
from verification.checks.model import About, BlockPart, Hit, OverlapPart, Severity, UnitSubject
from verification.checks.references import DRAFT_CREDIT_ACT, ONE_TONNE_ONE_USE, PRODUCT
from verification.checks.rules.common import as_range, shared_range
from verification.checks.rules.units.common import at, common_part


@check(
    "D-INTERNAL",
    Severity.BLOCK,
    "Two blocks of this claim hold the same units",
    text="Every unit stands once in a claim.",
    mend="Take out one of the two blocks, or shorten it.",
    reference=ONE_TONNE_ONE_USE,
    about=About.UNITS,
)
def d_internal(subject: UnitSubject) -> Iterator[Hit]:
    families: dict[str, list[BlockPart]] = defaultdict(list)
    for block in subject.blocks:
        families[block.family_key or block.serial_family].append(block)
    for blocks in families.values():
        yield from _overlaps_in_family(blocks)


def _overlaps_in_family(blocks: list[BlockPart]) -> Iterator[Hit]:
    """Every block that meets an earlier one, against that with the highest number so far."""
    numbered = [(block.numbers, block) for block in blocks if block.numbers]
    furthest: tuple[tuple[int, int], BlockPart] | None = None
    for numbers, block in sorted(numbered, key=lambda pair: (pair[0], pair[1].position)):
        shared = shared_range(numbers, *furthest[0]) if furthest else None
        if furthest and shared:
            yield Hit(**at(block), found=as_range(*shared), expected=f"none of block {furthest[1].position}")
        if furthest is None or numbers[1] > furthest[0][1]:
            furthest = numbers, block
    yield from _twins([block for block in blocks if not block.numbers and block.normalised_serial])


def _twins(blocks: list[BlockPart]) -> Iterator[Hit]:
    """Blocks without numbers whose serial stands before."""
    seen: dict[str, int] = {}
    for block in blocks:
        serial = block.normalised_serial.casefold()
        if serial in seen:
            yield Hit(**at(block), found=block.normalised_serial[:90], expected=f"none of block {seen[serial]}")
        seen.setdefault(serial, block.position)


def _taken(block: BlockPart, others: tuple[OverlapPart, ...]) -> Iterator[Hit]:
    for other in others:
        shared = common_part(block, other)
        if shared:
            yield Hit(
                **at(block, f"{shared[0]}-{shared[1]}"),
                found=as_range(*shared),
                expected="units that no other claim holds",
                inputs={"overlap_tonnes": shared[1] - shared[0] + 1},
            )
        elif block.numbers is None or other.start is None or other.end is None:
            yield Hit(**at(block), found="the same serial number", expected="units that no other claim holds")


@check(
    "D-CROSS",
    Severity.BLOCK,
    "Units of this block are used already",
    text="Another claim in the portal, of any scheme, holds these units.",
    mend="Take these numbers out of the block. If you hold the units, ask the registry who used them.",
    reference=ONE_TONNE_ONE_USE,
    about=About.UNITS,
)
def d_cross(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        yield from _taken(block, block.active_overlaps)


@check(
    "D-SOFT",
    Severity.WARN,
    "Units of this block stand in a draft",
    text="Somebody prepares a claim with the same units. The first claim that is sent holds them.",
    mend="Make sure that the units are yours before you send the claim.",
    reference=ONE_TONNE_ONE_USE,
    about=About.UNITS,
)
def d_soft(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        yield from _taken(block, block.draft_overlaps)


@check(
    "D-PRICE",
    Severity.BLOCK,
    "Units of this block lowered a carbon price already",
    text="These units stand in a carbon price claim as a part of the price paid abroad.",
    mend="Leave the units in one of the two claims.",
    reference=f"{ONE_TONNE_ONE_USE}; {DRAFT_CREDIT_ACT}",
    about=About.UNITS,
)
def d_price(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        yield from _taken(block, block.price_overlaps)


@check(
    "D-ISSUED",
    Severity.BLOCK,
    "The block goes beyond what the registry issued",
    text="A unit that was never issued cannot be used.",
    mend="Compare first and last number with the registry's list of issued units.",
    reference=PRODUCT,
    about=About.UNITS,
    milder={Severity.INFO: "no list of issued units is loaded, so that nothing could be compared"},
)
def d_issued(subject: UnitSubject) -> Iterator[Hit]:
    for block in subject.blocks:
        if block.issued is None:
            yield Hit(**at(block), found="no list of issued units", severity=Severity.INFO)
            continue
        for first, last in _not_issued(block, block.issued):
            yield Hit(
                **at(block, f"{first}-{last}"),
                found=as_range(first, last),
                expected="issued units",
                inputs={"beyond_tonnes": last - first + 1},
            )


def _not_issued(block: BlockPart, issued: tuple[OverlapPart, ...]) -> Iterator[tuple[int, int]]:
    """Ranges of the block outside of every issued range."""
    if block.numbers is None:
        return
    following, last = block.numbers
    inside = sorted(part for part in (common_part(block, each) for each in issued) if part)
    for start, end in inside:
        if start > following:
            yield following, start - 1
        following = max(following, end + 1)
    if following <= last:
        yield following, last
