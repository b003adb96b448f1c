"""How much room text takes, reckoned before anything is drawn. Millimetres and points; a little too much, never less.

It decides once whether a table stands on page 1, so that no document is drawn twice.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

POINT_MM = 25.4 / 72
FIRST_PAGE_MM = 258.0
_WIDE = ("W", "F")
_JOINED = 0.77
"""Arabic letters in words take three quarters of the room that they take alone."""
_KERNED = 0.99
"""Letters stand a little closer than their widths."""
_FACES = {
    "sans": ("certificate/SourceSans3-Regular.ttf", "letters/NotoNaskhArabic-Regular.ttf"),
    "serif": ("certificate/SourceSerif4-Semibold.ttf", "letters/NotoNaskhArabic-Bold.ttf"),
    "display": ("certificate/SourceSerif4Display-Semibold.ttf", "letters/NotoNaskhArabic-Bold.ttf"),
}
_DEVANAGARI = "letters/NotoSerifDevanagari-Bold.ttf"
_SOFT = re.compile(r'<a class="en"[^>]*>(.*)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def text_mm(text: str, points: float, face: str = "sans") -> float:
    """Width on one line, letter by letter as the fonts give it."""
    widths = _widths(face)
    return sum(_em(char, widths) for char in text) * points * POINT_MM * _KERNED


def lines_of(text: str, width_mm: float, points: float, face: str = "sans") -> int:
    """Lines that break between words, and anywhere in Chinese or in a word that is longer than a line."""
    lines, used, space = 1, 0.0, text_mm(" ", points, face)
    for word in text.split():
        width = text_mm(word, points, face)
        if used and used + space + width > width_mm and not _is_wide(word):
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0.0)
        if used > width_mm:
            lines += math.ceil(used / width_mm) - 1
            used = used % width_mm
    return lines


def block_mm(html: str, width_mm: float, points: float, leading: float, soft: tuple[float, float]) -> float:
    """Height of a sentence with its English, of size and leading ``soft``, below it."""
    found = _SOFT.search(html)
    local = words_of(_SOFT.sub("", html)).strip()
    height = lines_of(local, width_mm, points) * leading if local else 0.0
    if found:
        height += lines_of(words_of(found.group(1)), width_mm, soft[0]) * soft[1]
    return height * POINT_MM


def words_of(html: str) -> str:
    """Without tags."""
    return unescape(_TAG.sub("", html))


def _is_wide(word: str) -> bool:
    return any(unicodedata.east_asian_width(char) in _WIDE for char in word)


def _em(char: str, widths: dict[int, float]) -> float:
    """Share of the type size; letters that stand above or below others take no room."""
    if unicodedata.category(char) in ("Mn", "Cf"):
        return 0.0
    return widths.get(ord(char), 1.0) * (_JOINED if "\u0621" <= char <= "\u064a" else 1.0)


@cache
def _widths(face: str) -> dict[int, float]:
    """Of every letter but the Chinese, which are as wide as they are high."""
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    found: dict[int, float] = {}
    for name in (*_FACES[face], _DEVANAGARI):
        font = TTFont(folder / name, lazy=True)
        size, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        for letter, glyph in font.getBestCmap().items():
            found.setdefault(letter, advances[glyph][0] / size)
    return found
