"""The exports that are known, and which of them a header belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from verification.units.registries.layouts import american, ecoregistry, gold_standard, verra
from verification.units.registries.layouts.base import Field, Layout, plain_header

__all__ = ["LAYOUTS", "Field", "Layout", "layout_of", "plain_header"]

LAYOUTS: tuple[Layout, ...] = (*verra.LAYOUTS, *gold_standard.LAYOUTS, *american.LAYOUTS, *ecoregistry.LAYOUTS)


def layout_of(headers: Iterable[str]) -> Layout | None:
    """The layout all of whose telling headers are there; of two the one that tells more, ``None`` of equals."""
    present = {plain_header(each) for each in headers}
    fitting = [each for each in LAYOUTS if present.issuperset(map(plain_header, each.telling))]
    fitting.sort(key=lambda each: -len(each.telling))
    if len(fitting) > 1 and len(fitting[0].telling) == len(fitting[1].telling):
        return None
    return fitting[0] if fitting else None
