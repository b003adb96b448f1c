"""Many scripts on one sheet: directions, letters without a glyph, the language of every run. Below all documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pydyf
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from fontTools.ttLib import TTFont

from verification.certificates.tagging import elements_of
from verification.wording.enums import Language

RIGHT_TO_LEFT = (Language.ARABIC,)
FONTS = (
    "certificate/SourceSerif4-Regular.ttf",
    "letters/NotoSansSC-Regular.otf",
    "letters/NotoNaskhArabic-Regular.ttf",
    "letters/NotoSerifDevanagari-Regular.ttf",
)
HTML_LANGUAGES = {Language.CHINESE: "zh-Hans"}
_LEFT = r"A-Za-zÀ-ɏ0-9₂"
_BETWEEN = r" .,:;/@&+×=’'–\u202f\u00a0-"
_LETTERS = rf"(?:[{_LEFT}]+|\([{_LEFT}{_BETWEEN}]+\))"
_LEFT_TO_RIGHT_RUN = re.compile(rf"{_LETTERS}(?:[{_BETWEEN}]*{_LETTERS})*(?:[ \u202f\u00a0]?%)?")


def language_for(code: str) -> Language:
    """The language of documents for somebody who writes ``code``, else English. ``zh`` and ``zh-CN`` are written
    ``zh-hans``; Chinese in traditional letters is another language."""
    code = code.strip().lower().replace("_", "-")
    if code in ("zh", "zh-cn", "zh-sg") or code.startswith("zh-hans"):
        return Language.CHINESE
    base = code.partition("-")[0]
    return Language(base) if base in Language.values else Language.ENGLISH


def html_language(language: str) -> str:
    """As HTML and PDF name it."""
    return HTML_LANGUAGES.get(Language(language), language) if language in Language.values else language


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def printable(text: str) -> str:
    """``text`` with every letter that no font of the document has as its code in brackets: nothing vanishes."""
    known = _covered()
    return "".join(
        char if ord(char) in known or char.isspace() or unicodedata.category(char) == "Cf" else f"[U+{ord(char):04X}]"
        for char in text
    )


def whole_in_direction(text: str, language: str) -> SafeString:
    """A name or other text of people: one run from left to right where nothing in it reads otherwise."""
    if language in RIGHT_TO_LEFT and not any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return format_html('<span dir="ltr">{}</span>', text)
    return in_direction(text, language)


def in_direction(text: str, language: str) -> SafeString:
    """In a right-to-left language, every run of Latin letters and digits reads left to right within it."""
    if language not in RIGHT_TO_LEFT:
        return format_html("{}", text)
    pieces: list[str] = []
    end = 0
    for run in _LEFT_TO_RIGHT_RUN.finditer(text):
        pieces += [escape(text[end : run.start()]), format_html('<span dir="ltr">{}</span>', run.group())]
        end = run.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 (every piece is escaped)


def put_languages(document: pydyf.PDF, languages: Mapping[str, str], names: Mapping[str, str] | None = None) -> None:
    """The language of the document's parts: WeasyPrint writes that of the whole alone.

    ``languages`` gives the language by the tag that the template chose for such parts, ``names`` the tag that these
    parts have in the end, where a tag was only chosen to find them again.
    """
    for element in elements_of(document):
        tag = element["S"]
        if language := languages.get(tag):
            element["Lang"] = pydyf.String(html_language(language))
            if names and tag in names:
                element["S"] = names[tag]


@cache
def _covered() -> frozenset[int]:
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    return frozenset().union(*(TTFont(folder / name, lazy=True).getBestCmap() for name in FONTS))
