"""Places and flows of an installation, in t CO2e over the period, and what is asked of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from verification.kernel.quantities import exact

ZERO = Decimal(0)
MOST_GOODS = 8
MOST_PRECURSORS = 6


class Part(StrEnum):
    """What a node of the network is."""

    STREAMS = "streams"
    PRECURSOR = "precursor"
    ENERGY = "energy"
    POOL = "pool"
    PROCESS = "process"
    GOOD = "good"
    OTHER = "other"
    DIFFERENCE = "difference"


class Kind(StrEnum):
    """What a flow carries; ``EMBEDDED`` is direct and indirect together, once a product carries both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    EMBEDDED = "embedded"


@dataclass(frozen=True)
class Place:
    """``name`` is the operator's own word, empty where ``id`` says which of the fixed places it is."""

    id: str
    part: Part
    name: str = ""
    count: int = 1


@dataclass(frozen=True)
class Flow:
    source: str
    target: str
    kind: Kind
    tco2e: Decimal


@dataclass(frozen=True)
class Network:
    """``is_indirect_left_out``: a number of some process is missing, so only direct emissions are weighed."""

    places: tuple[Place, ...]
    flows: tuple[Flow, ...]
    is_indirect_left_out: bool

    def balance(self, place_id: str) -> Decimal:
        """What enters the place less what leaves it."""
        with exact():
            entering = sum((flow.tco2e for flow in self.flows if flow.target == place_id), ZERO)
            return entering - sum((flow.tco2e for flow in self.flows if flow.source == place_id), ZERO)


def gathered(network: Network) -> Network:
    """The same network for a picture: the smallest of many precursors, and many goods of a process, together."""
    moved = _small_precursors(network) | _many_goods(network)
    if not moved:
        return network
    places = {place.id: place for place in network.places if place.id not in moved}
    for before in network.places:
        after = moved.get(before.id)
        if after is not None:
            known = places.get(after.id, replace(after, count=0))
            places[after.id] = replace(known, count=known.count + before.count)
    ids = {before: after.id for before, after in moved.items()}
    flows = (
        replace(flow, source=ids.get(flow.source, flow.source), target=ids.get(flow.target, flow.target))
        for flow in network.flows
    )
    return Network(tuple(places.values()), _summed(flows), network.is_indirect_left_out)


def _small_precursors(network: Network) -> dict[str, Place]:
    bought = [place for place in network.places if place.part is Part.PRECURSOR]
    if len(bought) <= MOST_PRECURSORS:
        return {}
    weight: dict[str, Decimal] = {}
    for flow in network.flows:
        weight[flow.source] = weight.get(flow.source, ZERO) + flow.tco2e
    small = sorted(bought, key=lambda place: (-weight[place.id], place.id))[MOST_PRECURSORS - 1 :]
    return {place.id: Place("precursors", Part.PRECURSOR) for place in small}


def _many_goods(network: Network) -> dict[str, Place]:
    goods = [place for place in network.places if place.part is Part.GOOD]
    if len(goods) <= MOST_GOODS:
        return {}
    names = {place.id: place.name for place in network.places}
    found = {}
    for place in goods:
        process = place.id.split(":")[1]
        found[place.id] = Place(f"good:{process}:all", Part.GOOD, names[f"process:{process}"])
    return found


def _summed(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    found: dict[tuple[str, str, Kind], Decimal] = {}
    with exact():
        for flow in flows:
            key = (flow.source, flow.target, flow.kind)
            found[key] = found.get(key, ZERO) + flow.tco2e
    return tuple(Flow(*key, amount) for key, amount in found.items())


def total_entering(network: Network, parts: Sequence[Part]) -> Decimal:
    """t CO2e that come from places of these kinds."""
    kinds = {place.id for place in network.places if place.part in parts}
    with exact():
        return sum((flow.tco2e for flow in network.flows if flow.source in kinds), ZERO)
