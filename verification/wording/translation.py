"""The same words in another language: a text that is an approved wording, filled, has its translation. Pure."""

from __future__ import annotations

import re

from verification.wording.placeholders import placeholders_of

BRACES = re.compile(r"\{(\w+)\}")


def facts_in(text: str, template: str) -> dict[str, str] | None:
    """What fills the braces of ``template`` so that it becomes ``text``; ``None`` where nothing does."""
    found = _pattern(template).fullmatch(" ".join(text.split()))
    return found.groupdict() if found else None


def translated(text: str, template: str, other: str) -> str | None:
    """``text`` worded by ``other``, the same wording in another language; ``None`` where it is not ``template``
    filled, or ``other`` says something that the text does not."""
    facts = facts_in(text, template)
    if facts is None or set(placeholders_of(other)) - set(facts):
        return None
    return other.format_map(facts)


def _pattern(template: str) -> re.Pattern[str]:
    """A name that comes again must be filled in the same way."""
    pieces, seen = [], set()
    for position, piece in enumerate(BRACES.split(" ".join(template.split()))):
        if position % 2 == 0:
            pieces.append(re.escape(piece))
        else:
            pieces.append(f"(?P={piece})" if piece in seen else f"(?P<{piece}>.+?)")
            seen.add(piece)
    return re.compile("".join(pieces))
