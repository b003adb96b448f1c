"""What people type and what is printed on a claim, as words that can be compared. Pure.

Words are small letters and digits without accents. What is printed in one piece with dashes, points or strokes is
kept in every joined part: of ``EC-2027-000418`` also ``ec2027``, ``2027000418`` and ``000418``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_WORDS_TYPED = 8
LONGEST_WORD = 80
MOST_PARTS = 8
SHORTEST_BEGINNING = 3
"""Shorter words are looked for whole: as beginnings they would stand for half the alphabet."""
SAME_LETTER = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
WORD = re.compile(r"[^\W_]+")
SPACED_CODE = re.compile(r"(?<!\S)(\d{4}) (\d{2})(?: (\d{2}))?(?: (\d{2}))?(?!\S)")
"""A code of the nomenclature as it is printed: ``7208 39 00``."""


def folded(text: str) -> str:
    """Small letters without accents; letters of other scripts stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(SAME_LETTER))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(SAME_LETTER)


def words_in(texts: Iterable[str]) -> list[str]:
    """Every word to keep, each once, in alphabetical order."""
    found: set[str] = set()
    for text in texts:
        for piece in SPACED_CODE.sub(_joined, folded(text)).split():
            parts = WORD.findall(piece)[:MOST_PARTS]
            found.update(
                "".join(parts[start:end])[:LONGEST_WORD]
                for start in range(len(parts))
                for end in range(start + 1, len(parts) + 1)
            )
    return sorted(found)


def words_typed(text: str) -> list[str]:
    """What to look for: a piece with a digit stays in one, as numbers are; a name with dashes falls into its words."""
    found: dict[str, None] = {}
    for piece in SPACED_CODE.sub(_joined, folded(text)).split():
        parts = WORD.findall(piece)
        if any(letter.isdigit() for letter in piece):
            parts = ["".join(parts)]
        found.update(dict.fromkeys(part[:LONGEST_WORD] for part in parts if part))
    return list(found)[:MOST_WORDS_TYPED]


def is_beginning(word: str) -> bool:
    """Whether the word stands for every longer one that begins with it."""
    return len(word) >= SHORTEST_BEGINNING or not word.isascii()


def _joined(code: re.Match[str]) -> str:
    return "".join(part for part in code.groups() if part)
