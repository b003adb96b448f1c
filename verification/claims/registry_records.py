"""What the loaded exports of registries say of blocks: were the serials issued, and what became of them.

Absent data are never a pass: a block of which nothing is known is answered by ``None`` or by a look-up that was not
made, and the checks say so. Work and queries grow with the blocks by chunks, not one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile
from typing import TypeVar

from django.db.models import Q

from verification.checks.model import LookupPart, OverlapPart
from verification.claims.models import RegistryExport, RegistryRow
from verification.database.kept import Given, Kept
from verification.units.blocks import Block, without
from verification.units.registries import RecordKind
from verification.units.serials import Family, parse_serial

CHUNK = 200
"""Each family of a chunk adds a condition to its query; SQLite bounds how many there may be."""
MODE = "import_file"
ISSUED, RETIRED, CANCELLED = "issued", "retired", "cancelled"
STATUSES = {
    RecordKind.ISSUANCE.value: ISSUED,
    RecordKind.RETIREMENT.value: RETIRED,
    RecordKind.CANCELLATION.value: CANCELLED,
    RecordKind.RETIREMENT_OR_CANCELLATION.value: RETIRED,
}
"""Verra's export does not tell retirement from cancellation; either ends the unit."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class AskedBlock:
    """A block of a claim about which the exports are asked; ``event_on`` is the day of its retirement."""

    position: int
    serial: str
    family: str
    numbers: Block
    event_on: date | None = None


@dataclass(frozen=True)
class _Known:
    """A row about serials, as the newest fetch that holds them says it."""

    numbers: Block
    status: str
    event_on: date | None
    beneficiary: str
    fetched_on: date


KnownRows = dict[int, list[_Known]]


def lookup_for(blocks: Sequence[AskedBlock], known: KnownRows | None = None) -> dict[int, LookupPart]:
    """By position of the block, what its registry's exports say. Quantities are whole tonnes.

    ``known`` are the rows about these blocks, where the caller has them.

    ``found`` is ``None`` where no list of retirements of the registry was fetched on or after the day of the event:
    such a list could not hold it, so nobody was asked.
    """
    lists = _lists_by_family()
    known = rows_about(blocks) if known is None else known
    return {
        block.position: _answer(block, known.get(block.position, []), lists.get(block.family, [])) for block in blocks
    }


def issued_for(
    blocks: Sequence[AskedBlock], known: KnownRows | None = None
) -> dict[int, tuple[OverlapPart, ...] | None]:
    """By position of the block, ranges that the registry is known to have issued; ``None`` where none is loaded.

    What was retired was issued before, so rows of any kind count. A list is loaded for a block where it shows units
    of the block's batch as issued, or some of its numbers: numbers of Verra run through the whole registry, and a list
    of other batches says nothing about this one.
    """
    listed = _listed_batches(blocks)
    known = rows_about(blocks) if known is None else known
    answers: dict[int, tuple[OverlapPart, ...] | None] = {}
    for block in blocks:
        rows = known.get(block.position, [])
        is_loaded = (block.numbers.family_key, _batch_of(block)) in listed or any(row.status == ISSUED for row in rows)
        ranges = tuple(OverlapPart(row.numbers.start, row.numbers.end) for row in rows)
        answers[block.position] = ranges if is_loaded else None
    return answers


def _answer(block: AskedBlock, known: Sequence[_Known], fetches: Sequence[date]) -> LookupPart:
    if known:
        return _agreed(block, known)
    asked = [day for day in fetches if block.event_on is None or day >= block.event_on]
    if not asked:
        return LookupPart(mode=MODE)
    return LookupPart(mode=MODE, found=False, fetched_on=max(asked))


def _agreed(block: AskedBlock, known: Sequence[_Known]) -> LookupPart:
    """One answer from every row that speaks of the block: the newest counts, and the oldest of those is its age."""
    left = [block.numbers]
    used: list[_Known] = []
    ended_t = 0
    for row in sorted(known, key=lambda each: each.fetched_on, reverse=True):
        common = [part for part in (each.overlap(row.numbers) for each in left) if part]
        if not common:
            continue
        used.append(row)
        ended_t += sum(part.quantity for part in common) if row.status != ISSUED else 0
        left = [rest for each in left for rest in without(each, [row.numbers])]
    statuses = {row.status for row in used}
    days = [row.event_on for row in used if row.event_on and row.status != ISSUED]
    return LookupPart(
        mode=MODE,
        found=True,
        status=ISSUED if ISSUED in statuses else RETIRED if RETIRED in statuses else CANCELLED,
        quantity=ended_t,
        beneficiary="; ".join(dict.fromkeys(row.beneficiary for row in used if row.beneficiary)),
        event_on=max(days, default=None),
        fetched_on=min(row.fetched_on for row in used),
    )


def _lists_by_family() -> dict[str, list[date]]:
    """Days of fetching of the lists of retirements or cancellations, by family of serials."""
    found: dict[str, list[date]] = defaultdict(list)
    for families, fetched_on in LISTS.rows():
        for family in families:
            found[family].append(fetched_on)
    return found


def _listed_batches(blocks: Sequence[AskedBlock]) -> set[tuple[str, str]]:
    """Number space and batch of which some list shows units as issued."""
    keys = sorted({block.numbers.family_key for block in blocks})
    found: set[tuple[str, str]] = set()
    for some in _chunks(keys):
        found |= set(ISSUED_BATCHES.rows(families=some))
    return found


ISSUED_BATCHES = Kept(
    lambda: (
        RegistryRow.objects.filter(family_key__in=Given("families"), kind=RecordKind.ISSUANCE.value)
        .order_by()
        .values_list("family_key", "batch")
        .distinct()
    )
)
LISTS = Kept(lambda: RegistryExport.objects.values_list("families", "fetched_on"))


def _batch_of(block: AskedBlock) -> str:
    serial = parse_serial(block.serial, family=Family(block.family)).serial
    return serial.batch if serial else ""


def rows_about(blocks: Sequence[AskedBlock]) -> KnownRows:
    """Rows that share serials with each block, by its position."""
    found: KnownRows = {}
    ordered = sorted(blocks, key=lambda block: (block.numbers.family_key, block.numbers.start))
    for some in _chunks(ordered):
        by_family: dict[str, list[_Known]] = defaultdict(list)
        for row in _rows_near(some):
            by_family[row.numbers.family_key].append(row)
        found |= _matched(some, by_family)
    return found


def _rows_near(blocks: Sequence[AskedBlock]) -> Iterable[_Known]:
    """One query: rows in the stretch of numbers that the blocks fill in each family, by their first number."""
    stretches: dict[str, tuple[int, int]] = {}
    for block in blocks:
        least, most = stretches.get(block.numbers.family_key, (block.numbers.start, block.numbers.end))
        stretches[block.numbers.family_key] = min(least, block.numbers.start), max(most, block.numbers.end)
    is_near = Q()
    for family_key, (least, most) in stretches.items():
        is_near |= Q(family_key=family_key, first__lte=most, last__gte=least)
    fields = ("family_key", "first", "last", "kind", "event_on", "beneficiary", "export__fetched_on")
    for row in RegistryRow.objects.filter(is_near).order_by("first").values_list(*fields):
        family_key, first, last, kind, event_on, beneficiary, fetched_on = row
        yield _Known(Block(family_key, first, last), STATUSES[kind], event_on, beneficiary, fetched_on)


def _matched(blocks: Sequence[AskedBlock], by_family: Mapping[str, list[_Known]]) -> dict[int, list[_Known]]:
    """A walk along blocks and rows, both by their first number."""
    found: dict[int, list[_Known]] = {}
    passed: dict[str, int] = defaultdict(int)
    for block in blocks:
        rows, key = by_family.get(block.numbers.family_key, []), block.numbers.family_key
        while passed[key] < len(rows) and rows[passed[key]].numbers.end < block.numbers.start:
            passed[key] += 1
        near = takewhile(lambda row, last=block.numbers.end: row.numbers.start <= last, islice(rows, passed[key], None))  # type: ignore[misc]
        found[block.position] = [row for row in near if row.numbers.end >= block.numbers.start]
    return found


def _chunks(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
