"""How much room text takes, reckoned before anything is drawn. Millimetres and points; a little too much, never less.

It decides once whether a table stands on page 1, so that no document is drawn twice.
"""

from __future__ import annotations

import math
import re
import unicodedata
from html import unescape

POINT_MM = 25.4 / 72
FIRST_PAGE_MM = 258.0
_WIDE = ("W", "F")
_NARROW = frozenset("iljtfrI.,:;'’|()[]·")
_SPACES = frozenset(" \u202f\u00a0")
_SOFT = re.compile(r'<a class="en"[^>]*>(.*)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def text_mm(text: str, points: float) -> float:
    """Width on one line."""
    return sum(_em(char) for char in text) * points * POINT_MM


def lines_of(text: str, width_mm: float, points: float) -> int:
    """Lines that break between words, and anywhere in Chinese or in a word that is longer than a line."""
    lines, used = 1, 0.0
    for word in text.split():
        width = text_mm(word + " ", points)
        if used and used + width > width_mm and not _is_wide(word):
            lines, used = lines + 1, 0.0
        used += width
        if used > width_mm:
            lines += math.ceil(used / width_mm) - 1
            used = used % width_mm
    return lines


def block_mm(html: str, width_mm: float, points: float, leading: float, soft: tuple[float, float]) -> float:
    """Height of a sentence with its English, of size and leading ``soft``, below it."""
    found = _SOFT.search(html)
    height = lines_of(words_of(_SOFT.sub("", html)), width_mm, points) * leading
    if found:
        height += lines_of(words_of(found.group(1)), width_mm, soft[0]) * soft[1]
    return height * POINT_MM


def words_of(html: str) -> str:
    """Without tags."""
    return unescape(_TAG.sub("", html))


def _is_wide(word: str) -> bool:
    return any(unicodedata.east_asian_width(char) in _WIDE for char in word)


def _em(char: str) -> float:
    """Share of the type size; letters that stand above or below others take no room."""
    if unicodedata.category(char) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in _WIDE:
        return 1.0
    if char in _SPACES:
        return 0.22
    if char in _NARROW:
        return 0.3
    if "\u0900" <= char <= "\u097f":
        return 0.62
    if char.isdigit():
        return 0.5
    return 0.62 if char.isupper() else 0.51
