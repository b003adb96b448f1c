"""Which blocks an act is about, short enough for an address: ``1-50,60``, ``all``, or ``findings``."""

from __future__ import annotations

import re
from collections.abc import Iterable

ALL, WITH_FINDINGS = "all", "findings"
WHOLE = (ALL, WITH_FINDINGS)
_PART = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
MOST_CHOSEN = 20_000


def compact(positions: Iterable[int]) -> str:
    """Positions as ranges: ``1-3,7``."""
    parts: list[list[int]] = []
    for position in sorted(set(positions)):
        if parts and parts[-1][1] == position - 1:
            parts[-1][1] = position
        else:
            parts.append([position, position])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def positions_from(text: str) -> set[int]:
    """The positions that ``compact`` wrote; nothing where the text is anything else, or names too many."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        match = _PART.fullmatch(part)
        if match is None:
            return set()
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or len(found) + last - first >= MOST_CHOSEN:
            return set()
        found.update(range(first, last + 1))
    return found
