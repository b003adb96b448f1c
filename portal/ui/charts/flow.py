"""The picture of an installation's emissions, from sources to goods, for a large and for a small screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.ui.charts.flow_layout import Band, Box, Drawing, PlacedBox, Sizes, layout, least_height
from portal.ui.charts.labels import lines_of
from portal.ui.computation.network import Flow, Kind, Network, Part, Place, gathered, total_entering
from portal.ui.templatetags.ui import cn_code, number, percent
from verification.kernel.quantities import exact

WORDS: Mapping[str, str | Promise] = {
    "fuels": gettext_lazy("Fuels burnt"),
    "materials": gettext_lazy("Process materials"),
    "carbon": gettext_lazy("Carbon balance"),
    "anode_effects": gettext_lazy("Anode effects"),
    "measured": gettext_lazy("Measured stacks"),
    "data_gaps": gettext_lazy("Estimates for data gaps"),
    "not_emitted": gettext_lazy("CO₂ handed over"),
    "stated": gettext_lazy("Direct emissions as stated"),
    "pool": gettext_lazy("Direct emissions of the installation"),
    "heat_elsewhere": gettext_lazy("Heat received"),
    "waste_gas": gettext_lazy("Waste gases received"),
    "electricity": gettext_lazy("Electricity"),
    "precursors": gettext_lazy("Other bought precursors"),
    "reconciled": gettext_lazy("Correction to the installation’s total"),
    "lowered": gettext_lazy("Correction to the installation’s total"),
    "raised_to_zero": gettext_lazy("Set to zero, not below"),
    "uncovered": gettext_lazy("Not covered by the other numbers"),
    "kept": gettext_lazy("Carbon kept in products"),
    "not_emitted_out": gettext_lazy("CO₂ stored or bound"),
    "given_away": gettext_lazy("Heat, gases and power given away"),
    "other_goods": gettext_lazy("Other goods"),
    "co_products": gettext_lazy("Co-products"),
    "not_sold": gettext_lazy("Rest: not in the goods listed"),
    "unattributed": gettext_lazy("Rest: not attributed to goods"),
}
KINDS: Mapping[Kind, str | Promise] = {
    Kind.DIRECT: gettext_lazy("Direct"),
    Kind.INDIRECT: gettext_lazy("Indirect, electricity"),
    Kind.EMBEDDED: gettext_lazy("Embedded in products"),
}
LAST = (Part.GOOD, Part.OTHER)
SOURCES = (Part.STREAMS, Part.PRECURSOR, Part.ENERGY, Part.DIFFERENCE)
WIDE = Sizes(width=1110, height=0, gap=14, pitch=54, margin=150)
NARROW = Sizes(width=344, height=0, box=10, gap=8, pitch=18, margin=26)
LINE_PX = 16
MOST_PLACES = 36
"""A picture of more is not legible; then the table stands alone."""


@dataclass(frozen=True)
class DrawnBox:
    """``lines`` are its name in the large picture; in the small one it has only its ``number``."""

    number: int
    x: str
    y: str
    width: int
    height: str
    css_class: str
    text_x: str
    lines: tuple[tuple[str, str], ...]
    shown: str
    shown_y: str


@dataclass(frozen=True)
class DrawnBand:
    path: str
    css_class: str
    is_back: bool
    thickness: str
    words: str


@dataclass(frozen=True)
class DrawnPlace:
    """A line of the key: every box with its number, its name and what passes through it."""

    number: int
    name: str
    tco2e: Decimal
    css_class: str


@dataclass(frozen=True)
class DrawnFlow:
    source: str
    target: str
    kind: str
    tco2e: Decimal
    share: str


@dataclass(frozen=True)
class FlowDrawing:
    """The same picture in two sizes, and the key of its numbers."""

    wide: Mapping[str, Any]
    narrow: Mapping[str, Any]
    places: Sequence[DrawnPlace]
    kinds: Sequence[Mapping[str, str]]
    has_back: bool


@dataclass(frozen=True)
class FlowPicture:
    """Everything that ``components/chart_flow.html`` shows: always the table, and a drawing where it is legible."""

    id: str
    title: str
    summary: str
    note: str
    flows: Sequence[DrawnFlow]
    drawing: FlowDrawing | None


def flow_picture(network: Network, *, title: str, chart_id: str = "flow") -> FlowPicture:
    """Raises ``ValueError`` for a network without any flow."""
    if not network.flows:
        raise ValueError("There is nothing to draw: no emissions flow.")
    drawn = gathered(network)
    names = {place.id: name_of(place) for place in (*network.places, *drawn.places)}
    whole = total_entering(network, SOURCES)
    return FlowPicture(
        id=chart_id,
        title=title,
        summary=_summary(network, names, whole),
        note=_("A number of some process is missing, so indirect emissions are left out of this picture.")
        if network.is_indirect_left_out
        else _("Direct and indirect emissions, also those that the scheme does not count."),
        flows=[_row(flow, names, whole) for flow in _largest_first(network.flows)],
        drawing=_flow_drawing(drawn, names) if len(drawn.places) <= MOST_PLACES else None,
    )


def _flow_drawing(drawn: Network, names: Mapping[str, str]) -> FlowDrawing:
    order = {part: place for place, part in enumerate(Part)}
    places = sorted(drawn.places, key=lambda place: order[place.part])
    boxes = [Box(place.id, is_last=place.part in LAST) for place in places]
    bands = [Band(str(position), flow.source, flow.target, flow.tco2e) for position, flow in enumerate(drawn.flows)]
    wide = layout(boxes, bands, _with_height(WIDE, max(300, least_height(boxes, bands, WIDE) + 130)))
    narrow = layout(boxes, bands, _with_height(NARROW, max(280, least_height(boxes, bands, NARROW) + 150)))
    placed = sorted(wide.boxes, key=lambda box: (box.column, box.y))
    numbers = {box.id: position for position, box in enumerate(placed, start=1)}
    through = _through(drawn)
    classes = {place.id: _class_of(place) for place in places}
    kinds = sorted({flow.kind for flow in drawn.flows}, key=list(Kind).index)
    return FlowDrawing(
        wide=_drawing(wide, WIDE, drawn.flows, names, numbers, through, classes),
        narrow=_drawing(narrow, NARROW, drawn.flows, names, numbers, through, classes),
        places=[DrawnPlace(numbers[box.id], names[box.id], through[box.id], classes[box.id]) for box in placed],
        kinds=[{"label": str(KINDS[kind]), "css_class": _band_class(kind)} for kind in kinds],
        has_back=any(band.is_back for band in wide.bands),
    )


def name_of(place: Place) -> str:
    """The operator's word, or the portal's for places that every installation may have."""
    if place.part is Part.GOOD:
        if place.count == 1:
            return _("Good %(code)s") % {"code": cn_code(place.name)}
        return ngettext("%(n)s good of %(process)s", "%(n)s goods of %(process)s", place.count) % {
            "n": place.count,
            "process": place.name,
        }
    if place.id == "precursors":
        return f"{WORDS[place.id]} ({place.count})"
    if place.part is Part.STREAMS and place.count > 1:
        return ngettext("%(what)s, %(n)s stream", "%(what)s, %(n)s streams", place.count) % {
            "what": WORDS[place.id],
            "n": place.count,
        }
    return place.name or str(WORDS[place.id])


def _with_height(sizes: Sizes, height: int) -> Sizes:
    return Sizes(**{**vars(sizes), "height": height})


def _through(network: Network) -> dict[str, Decimal]:
    """What passes each place: the larger of what enters and what leaves."""
    found = {}
    with exact():
        for place in network.places:
            entering = sum((flow.tco2e for flow in network.flows if flow.target == place.id), Decimal(0))
            found[place.id] = max(entering, entering - network.balance(place.id))
    return found


def _class_of(place: Place) -> str:
    if place.part in (Part.PROCESS, Part.POOL):
        return "k-1"
    if place.part is Part.GOOD:
        return "k-good"
    return "k-3" if place.part is Part.PRECURSOR else "k-4"


def _band_class(kind: Kind) -> str:
    return f"band-{kind}"


def _drawing(
    drawing: Drawing,
    sizes: Sizes,
    flows: Sequence[Flow],
    names: Mapping[str, str],
    numbers: Mapping[str, int],
    through: Mapping[str, Decimal],
    classes: Mapping[str, str],
) -> dict[str, Any]:
    """Boxes and bands as text for SVG."""
    room = (sizes.width - sizes.margin) // max(drawing.columns - 1, 1)
    characters = max(8, min(24, (room - sizes.box - 14) // 7))
    last = drawing.columns - 1
    boxes = [
        _box(box, sizes, names[box.id], numbers[box.id], through[box.id], classes[box.id],
             20 if box.column == last else characters)
        for box in drawing.boxes
    ]  # fmt: skip
    bands = [
        DrawnBand(
            path=band.path,
            css_class=_band_class(flow.kind),
            is_back=band.is_back,
            thickness=format(band.thickness.quantize(Decimal("0.1")), "f"),
            words=f"{names[flow.source]} → {names[flow.target]}: {number(flow.tco2e, 0)} t CO₂e",
        )
        for band, flow in sorted(zip(drawing.bands, flows, strict=True), key=lambda pair: -pair[0].thickness)
    ]
    return {
        "width": sizes.width,
        "height": int(drawing.height) + 16,
        "boxes": boxes,
        "bands": bands,
    }


def _box(
    box: PlacedBox, sizes: Sizes, name: str, position: int, tco2e: Decimal, css_class: str, characters: int
) -> DrawnBox:
    lines = lines_of(name, characters)
    # Two lines of name and one of value stand around the middle of the box, or below its top where it is small.
    first = max(box.middle - LINE_PX * (len(lines) + 1) // 2 + 12, box.y + 12)
    text_x = _px(box.x + sizes.box + 5)
    return DrawnBox(
        number=position,
        x=_px(box.x),
        y=_px(box.y),
        width=sizes.box,
        height=_px(box.height),
        css_class=css_class,
        text_x=text_x,
        lines=tuple((line, _px(first + LINE_PX * place)) for place, line in enumerate(lines)),
        shown=f"{number(tco2e, 0)} t",
        shown_y=_px(first + LINE_PX * len(lines)),
    )


def _row(flow: Flow, names: Mapping[str, str], whole: Decimal) -> DrawnFlow:
    with exact():
        share = percent(flow.tco2e / whole) if whole else ""
    return DrawnFlow(names[flow.source], names[flow.target], str(KINDS[flow.kind]), flow.tco2e, share)


def _largest_first(flows: Sequence[Flow]) -> list[Flow]:
    return sorted(flows, key=lambda flow: (-flow.tco2e, flow.source, flow.target))


def _summary(network: Network, names: Mapping[str, str], whole: Decimal) -> str:
    sources = {place.id for place in network.places if place.part in SOURCES}
    goods = {place.id for place in network.places if place.part is Part.GOOD}
    with exact():
        by_source: dict[str, Decimal] = {}
        for flow in network.flows:
            if flow.source in sources:
                by_source[flow.source] = by_source.get(flow.source, Decimal(0)) + flow.tco2e
        in_goods = sum((flow.tco2e for flow in network.flows if flow.target in goods), Decimal(0))
        largest = max(by_source, key=lambda name: by_source[name]) if by_source else ""
        if not largest or not whole:
            return _("No source of emissions is told.")
        return _(
            "%(whole)s t CO₂e come in over the period; the largest source is %(source)s with %(share)s. "
            "%(goods)s t CO₂e leave with the goods listed."
        ) % {
            "whole": number(whole, 0),
            "source": names[largest],
            "share": percent(by_source[largest] / whole, 0),
            "goods": number(in_goods, 0),
        }


def _px(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.1")), "f")
