"""The exports that are known, and which of them a header belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from verification.units.registries.layouts import american, ecoregistry, gold_standard, verra
from verification.units.registries.layouts.base import Field, Layout, plain_header

__all__ = ["LAYOUTS", "Field", "Layout", "layout_of", "plain_header"]

LAYOUTS: tuple[Layout, ...] = (*verra.LAYOUTS, *gold_standard.LAYOUTS, *american.LAYOUTS, *ecoregistry.LAYOUTS)


def layout_of(headers: Iterable[str]) -> Layout | None:
    """The layout all of whose telling headers are there.

    Where several fit, the one that asks for everything that the others ask for; ``None`` where there is none such.
    """
    present = {plain_header(each) for each in headers}
    asked = {place: {plain_header(each) for each in layout.telling} for place, layout in enumerate(LAYOUTS)}
    fitting = [place for place, telling in asked.items() if telling <= present]
    widest = [place for place in fitting if all(asked[other] <= asked[place] for other in fitting)]
    return LAYOUTS[widest[0]] if len(widest) == 1 else None
