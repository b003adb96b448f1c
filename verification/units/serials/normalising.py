"""The same serial in one spelling, whatever it was copied from. Nothing that could change a number is mended here."""

from __future__ import annotations

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

# Copies from web pages and PDFs carry these between visible characters; they have no width and no meaning.
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63), "-")
_TYPOGRAPHY = {**_INVISIBLE, **_HYPHENS}
_ASCII_UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)
_GROUPED = re.compile(r"(?<![0-9_,.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")


def plain_text(text: str) -> str:
    """Typographic hyphens, spaces and full-width characters as ASCII; every other character stays as it is.

    Only wide and narrow forms are folded: the general compatibility form would also turn a raised or a
    circled figure into a digit, and that would be a repair in silence.
    """
    if text.isascii():
        return text
    text = text.translate(_TYPOGRAPHY)
    folded = "".join(
        unicodedata.normalize("NFKC", each) if unicodedata.east_asian_width(each) in "FH" else each for each in text
    )
    return folded.translate(_HYPHENS)


def spaced(text: str) -> str:
    """Plain, in capitals, with single spaces; hyphens keep the spaces around them."""
    return " ".join(plain_text(text).translate(_ASCII_UPPER).split())


def compact(text: str) -> str:
    """The form that the grammars read: ``spaced``, no spaces at hyphens, no thousands commas inside numbers."""
    text = (text.upper() if text.isascii() else plain_text(text).translate(_ASCII_UPPER)).strip()
    if " " in text or not (text.isascii() and text.isprintable()):
        text = " ".join(text.split()).replace(" - ", "-").replace(" -", "-").replace("- ", "-")
    return without_thousands(text) if "," in text else text


def without_thousands(text: str) -> str:
    """Numbers in groups of three, such as 1,052,027, without their commas."""
    return _GROUPED.sub(lambda found: found[0].replace(",", ""), text)
