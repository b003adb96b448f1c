"""Where the boxes and bands of a flow picture stand: columns, order, heights, curves.

Pure, and the same picture for the same input. Boxes stand in columns from left to right, a box never
before one that feeds it, except where the flow runs in a circle: such a band goes back below the others.
A band that passes a column gets room of its own there, so that it crosses no box.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)
SWEEPS = 8
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Box:
    """``is_last`` stands in the last column whatever feeds it."""

    id: str
    is_last: bool = False


@dataclass(frozen=True)
class Band:
    id: str
    source: str
    target: str
    value: Decimal


@dataclass(frozen=True)
class Sizes:
    """Pixels. ``pitch`` is the least height that a box takes with its label; ``margin`` right of the last column."""

    width: int
    height: int
    box: int = 14
    gap: int = 12
    pitch: int = 34
    margin: int = 0
    left: int = 0


@dataclass(frozen=True)
class PlacedBox:
    id: str
    column: int
    x: Decimal
    y: Decimal
    height: Decimal

    @property
    def middle(self) -> Decimal:
        return self.y + self.height / 2


@dataclass(frozen=True)
class PlacedBand:
    """``path`` is the outline of the band, or, where ``is_back``, the line along its middle."""

    id: str
    thickness: Decimal
    path: str
    is_back: bool


@dataclass(frozen=True)
class Drawing:
    boxes: tuple[PlacedBox, ...]
    bands: tuple[PlacedBand, ...]
    columns: int
    height: Decimal
    per_pixel: Decimal


@dataclass
class _Slot:
    """A box, or the room of a band that passes a column."""

    id: str
    column: int
    value: Decimal
    room: bool = False
    y: Decimal = ZERO
    height: Decimal = ZERO
    taken: Decimal = ZERO
    before: list[tuple[str, Decimal]] = field(default_factory=list)
    after: list[tuple[str, Decimal]] = field(default_factory=list)


def layout(boxes: Sequence[Box], bands: Sequence[Band], sizes: Sizes) -> Drawing:
    """Raises ``ValueError`` for bands that are not positive or lead to a box that there is not."""
    ids = [box.id for box in boxes]
    for band in bands:
        if band.value <= 0 or band.source not in ids or band.target not in ids:
            raise ValueError(f"The band {band.id} cannot be drawn.")
    back = _going_back(ids, bands)
    forward = [band for band in bands if band.id not in back]
    columns = _columns(boxes, forward)
    slots, chains = _slots(ids, columns, bands, forward)
    stacks = _ordered(slots)
    scale = _scale(stacks, sizes)
    _place(stacks, slots, scale, sizes)
    top = min((slot.y for slot in slots.values()), default=ZERO)
    for slot in slots.values():
        slot.y -= top
    across = _across(len(stacks), sizes)
    drawn = [*_forward_bands(forward, chains, slots, scale, across, sizes)]
    bottom = max((slot.y + slot.taken for slot in slots.values()), default=ZERO)
    returning, bottom = _returning_bands([band for band in bands if band.id in back], slots, scale, across, bottom)
    placed = tuple(
        PlacedBox(slot.id, slot.column, across[slot.column], slot.y, slot.height)
        for slot in slots.values()
        if not slot.room
    )
    by_id = {band.id: band for band in (*drawn, *returning)}
    per_pixel = ZERO if not scale else 1 / scale
    return Drawing(placed, tuple(by_id[band.id] for band in bands), len(stacks), bottom, per_pixel)


def least_height(boxes: Sequence[Box], bands: Sequence[Band], sizes: Sizes) -> int:
    """What the pitches and gaps of the fullest column take; a picture must be higher than that."""
    ids = [box.id for box in boxes]
    back = _going_back(ids, bands)
    forward = [band for band in bands if band.id not in back]
    slots, _chains = _slots(ids, _columns(boxes, forward), bands, forward)
    taken: dict[int, int] = {}
    for slot in slots.values():
        taken[slot.column] = taken.get(slot.column, 0) + sizes.gap + (0 if slot.room else sizes.pitch)
    return max(taken.values(), default=0)


def _going_back(ids: Sequence[str], bands: Sequence[Band]) -> set[str]:
    """Bands whose removal leaves no circle, found depth first in the order given."""
    leaving: dict[str, list[Band]] = {name: [] for name in ids}
    for band in bands:
        leaving[band.source].append(band)
    state = dict.fromkeys(ids, 0)
    found: set[str] = set()
    for first in ids:
        if state[first]:
            continue
        state[first] = 1
        stack = [(first, iter(leaving[first]))]
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[name] = 2
                stack.pop()
            elif state[following.target] == 1:
                found.add(following.id)
            elif not state[following.target]:
                state[following.target] = 1
                stack.append((following.target, iter(leaving[following.target])))
    return found


def _columns(boxes: Sequence[Box], forward: Sequence[Band]) -> dict[str, int]:
    """The longest way to each box; boxes that nothing feeds stand right before what they feed."""
    columns = {box.id: 0 for box in boxes}
    for _ in boxes:
        moved = False
        for band in forward:
            if columns[band.target] <= columns[band.source]:
                columns[band.target] = columns[band.source] + 1
                moved = True
        if not moved:
            break
    last = max(columns.values(), default=0)
    fed = {band.target for band in forward}
    for box in boxes:
        if box.is_last:
            columns[box.id] = last
        elif box.id not in fed:
            columns[box.id] = min((columns[band.target] - 1 for band in forward if band.source == box.id), default=0)
    return columns


def _slots(
    ids: Sequence[str], columns: Mapping[str, int], bands: Sequence[Band], forward: Sequence[Band]
) -> tuple[dict[str, _Slot], dict[str, list[str]]]:
    """Every box and every room, and by band the slots that it joins."""
    entering = {name: sum((band.value for band in bands if band.target == name), ZERO) for name in ids}
    leaving = {name: sum((band.value for band in bands if band.source == name), ZERO) for name in ids}
    slots = {name: _Slot(name, columns[name], max(entering[name], leaving[name])) for name in ids}
    chains: dict[str, list[str]] = {}
    for band in forward:
        chain = [band.source]
        for column in range(columns[band.source] + 1, columns[band.target]):
            room = _Slot(f"{band.id}@{column}", column, band.value, room=True)
            slots[room.id] = room
            chain.append(room.id)
        chain.append(band.target)
        for before, after in itertools.pairwise(chain):
            slots[before].after.append((after, band.value))
            slots[after].before.append((before, band.value))
        chains[band.id] = chain
    return slots, chains


def _ordered(slots: Mapping[str, _Slot]) -> list[list[_Slot]]:
    """Columns of slots, sorted again and again by the middle of what they are joined with."""
    count = max((slot.column for slot in slots.values()), default=-1) + 1
    stacks = [[slot for slot in slots.values() if slot.column == column] for column in range(count)]
    rank = {slot.id: Decimal(place) for stack in stacks for place, slot in enumerate(stack)}

    def middle(slot: _Slot, joined: list[tuple[str, Decimal]]) -> Decimal:
        if not joined:
            return rank[slot.id]
        return sum((rank[name] * value for name, value in joined), ZERO) / sum((value for _, value in joined), ZERO)

    for sweep in range(SWEEPS):
        rightwards = sweep % 2 == 0
        for stack in stacks if rightwards else reversed(stacks):
            keys = {slot.id: middle(slot, slot.before if rightwards else slot.after) for slot in stack}
            stack.sort(key=lambda slot: keys[slot.id])
            for place, slot in enumerate(stack):
                rank[slot.id] = Decimal(place)
    return stacks


def _scale(stacks: Sequence[Sequence[_Slot]], sizes: Sizes) -> Decimal:
    """Pixels for one unit of value, the most with which every column fits, small boxes taking their pitch.

    For any choice of boxes that are taken as large, what they may share is an upper bound, and one choice is right.
    """
    found: list[Decimal] = []
    for stack in stacks:
        passing = sum((slot.value for slot in stack if slot.room), ZERO)
        values = sorted((slot.value for slot in stack if not slot.room), reverse=True)
        for large in range(len(values) + 1):
            shared = passing + sum(values[:large], ZERO)
            if shared:
                left = sizes.height - sizes.gap * (len(stack) - 1) - sizes.pitch * (len(values) - large)
                found.append(left / shared)
    scale = min(found, default=ZERO)
    if scale < 0 or (found and not scale):
        raise ValueError("The picture is too low for its boxes.")
    return scale


def _place(stacks: Sequence[Sequence[_Slot]], slots: Mapping[str, _Slot], scale: Decimal, sizes: Sizes) -> None:
    for slot in slots.values():
        slot.height = max(slot.value * scale, Decimal(1))
        slot.taken = slot.height if slot.room else max(slot.height, Decimal(sizes.pitch))
    for stack in stacks:
        y = (sizes.height - sum((slot.taken for slot in stack), ZERO) - sizes.gap * (len(stack) - 1)) / 2
        for slot in stack:
            slot.y = y
            y += slot.taken + sizes.gap
    for sweep in range(SWEEPS):
        rightwards = sweep % 2 == 0
        for stack in stacks if rightwards else reversed(stacks):
            for slot in stack:
                joined = slot.before if rightwards else slot.after
                if joined:
                    weight = sum((value for _, value in joined), ZERO)
                    middle = (
                        sum(((slots[name].y + slots[name].height / 2) * value for name, value in joined), ZERO) / weight
                    )
                    slot.y = middle - slot.height / 2
            _part(stack, sizes)


def _part(stack: Sequence[_Slot], sizes: Sizes) -> None:
    """Push slots apart, downwards and then upwards, so that none overlaps and all stay in the picture."""
    least = ZERO
    for slot in stack:
        slot.y = max(slot.y, least)
        least = slot.y + slot.taken + sizes.gap
    most = Decimal(sizes.height)
    for slot in reversed(stack):
        slot.y = min(slot.y, most - slot.taken)
        most = slot.y - sizes.gap
    least = ZERO
    for slot in stack:
        slot.y = max(slot.y, least)
        least = slot.y + slot.taken + sizes.gap


def _across(count: int, sizes: Sizes) -> list[Decimal]:
    room = Decimal(sizes.width - sizes.margin - sizes.left - sizes.box)
    return [sizes.left + room * column / max(count - 1, 1) for column in range(count)]


def _forward_bands(
    forward: Sequence[Band],
    chains: Mapping[str, list[str]],
    slots: Mapping[str, _Slot],
    scale: Decimal,
    across: Sequence[Decimal],
    sizes: Sizes,
) -> list[PlacedBand]:
    starts = _offsets(forward, chains, slots, scale, at_source=True)
    ends = _offsets(forward, chains, slots, scale, at_source=False)
    drawn = []
    for band in forward:
        chain, thickness = chains[band.id], band.value * scale
        tops = [starts[band.id], *(slots[name].y for name in chain[1:-1]), ends[band.id]]
        points = []
        for name, top in zip(chain, tops, strict=True):
            x = across[slots[name].column]
            points += [(x, top), (x + sizes.box, top)]
        drawn.append(PlacedBand(band.id, thickness, _ribbon(points[1:-1], thickness), is_back=False))
    return drawn


def _offsets(
    bands: Sequence[Band],
    chains: Mapping[str, list[str]],
    slots: Mapping[str, _Slot],
    scale: Decimal,
    *,
    at_source: bool,
) -> dict[str, Decimal]:
    """Upper edge of each band at its box: bands leave and enter in the order of where they lead."""
    by_box: dict[str, list[Band]] = {}
    for band in bands:
        by_box.setdefault(band.source if at_source else band.target, []).append(band)
    found = {}
    for name, joined in by_box.items():

        def neighbour(band: Band) -> Decimal:
            other = slots[chains[band.id][1 if at_source else -2]]
            return other.y + other.height / 2

        y = slots[name].y
        for band in sorted(joined, key=neighbour):
            found[band.id] = y
            y += band.value * scale
    return found


def _ribbon(points: Sequence[tuple[Decimal, Decimal]], thickness: Decimal) -> str:
    """Along the upper edge and back along the lower one; between columns as an S, over a column straight."""
    upper = _edge(points)
    lower = _edge([(x, y + thickness) for x, y in reversed(points)])
    return f"M{upper}L{lower}Z"


def _edge(points: Sequence[tuple[Decimal, Decimal]]) -> str:
    said = [f"{_px(points[0][0])},{_px(points[0][1])}"]
    for place, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(points)):
        if place % 2:
            said.append(f"L{_px(x1)},{_px(y1)}")
        else:
            middle = (x0 + x1) / 2
            said.append(f"C{_px(middle)},{_px(y0)} {_px(middle)},{_px(y1)} {_px(x1)},{_px(y1)}")
    return "".join(said)


def _returning_bands(
    bands: Sequence[Band], slots: Mapping[str, _Slot], scale: Decimal, across: Sequence[Decimal], bottom: Decimal
) -> tuple[list[PlacedBand], Decimal]:
    """Below everything else, from the right side of the source to the left side of the target."""
    drawn = []
    for band in bands:
        source, target = slots[band.source], slots[band.target]
        thickness = max(band.value * scale, Decimal(1))
        radius = thickness / 2 + 12
        y0 = source.y + source.height - thickness / 2
        y1 = target.y + target.height - thickness / 2
        lane = bottom + 14 + thickness / 2
        x0, x1 = across[source.column] + 14, across[target.column]
        drawn.append(PlacedBand(band.id, thickness, _detour(x0, y0, x1, y1, lane, radius), is_back=True))
        bottom = lane + thickness / 2
    return drawn, bottom


def _detour(x0: Decimal, y0: Decimal, x1: Decimal, y1: Decimal, lane: Decimal, radius: Decimal) -> str:
    right, left = x0 + radius, x1 - radius
    return (
        f"M{_px(x0)},{_px(y0)}C{_px(right)},{_px(y0)} {_px(right)},{_px(y0)} {_px(right)},{_px(y0 + radius)}"
        f"L{_px(right)},{_px(lane - radius)}C{_px(right)},{_px(lane)} {_px(right)},{_px(lane)} {_px(x0)},{_px(lane)}"
        f"L{_px(x1)},{_px(lane)}C{_px(left)},{_px(lane)} {_px(left)},{_px(lane)} {_px(left)},{_px(lane - radius)}"
        f"L{_px(left)},{_px(y1 + radius)}C{_px(left)},{_px(y1)} {_px(left)},{_px(y1)} {_px(x1)},{_px(y1)}"
    )


def _px(value: Decimal) -> str:
    return format(value.quantize(TENTH), "f")
