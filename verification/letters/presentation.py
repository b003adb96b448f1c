"""From the record of a letter to what is printed: directions, letters without a glyph, hashes in groups. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from fontTools.ttLib import TTFont

from verification.certificates.presentation import hash_lines
from verification.letters.enums import LetterKind
from verification.wording.enums import Language

RIGHT_TO_LEFT = (Language.ARABIC,)
FONTS = (
    "certificate/SourceSerif4-Regular.ttf",
    "letters/NotoSansSC-Regular.otf",
    "letters/NotoNaskhArabic-Regular.ttf",
    "letters/NotoSerifDevanagari-Regular.ttf",
)
HTML_LANGUAGES = {Language.CHINESE: "zh-Hans"}
_LEFT_TO_RIGHT_RUN = re.compile(r"[A-Za-zÀ-ɏ0-9](?:[A-Za-zÀ-ɏ0-9 .,:;/()@&+’'–-]*[A-Za-zÀ-ɏ0-9)])?")


def printed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the template prints; text that people typed is made printable."""
    parts = [_part(record, part) for part in record["parts"]]
    first = parts[0]
    return {
        "record": record,
        "parts": parts,
        "language": first["language"],
        "direction": first["direction"],
        "labels": first["labels"],
        "title": first["title"],
        "authority": printable(record["authority"]["name"]),
        "is_bilingual": len(parts) > 1,
    }


def printable(text: str) -> str:
    """``text`` with every letter that no font of the letter has as its code in brackets: nothing vanishes."""
    known = _covered()
    return "".join(
        char if ord(char) in known or char.isspace() or unicodedata.category(char) == "Cf" else f"[U+{ord(char):04X}]"
        for char in text
    )


def in_direction(text: str, language: str) -> SafeString:
    """In a right-to-left language, every run of Latin letters and digits reads left to right within it."""
    if language not in RIGHT_TO_LEFT:
        return format_html("{}", text)
    pieces: list[str] = []
    end = 0
    for run in _LEFT_TO_RIGHT_RUN.finditer(text):
        pieces += [format_html("{}", text[end : run.start()]), format_html('<span dir="ltr">{}</span>', run.group())]
        end = run.end()
    return mark_safe("".join([*pieces, format_html("{}", text[end:])]))  # noqa: S308 (every piece is escaped)


def _part(record: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    language = part["language"]
    labels = {key: in_direction(text, language) for key, text in part["labels"].items()}
    reasons = part.get("reasons") or record["reasons"]
    reasons_language = language if "reasons" in part else record["reasons_language"]
    reasons_label = labels["question"] if record["kind"] == LetterKind.QUESTION else labels["reasons"]

    def said(text: str) -> SafeString:
        return in_direction(printable(text), language)

    return {
        "language": HTML_LANGUAGES.get(language, language),
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "labels": labels,
        "reasons_label": reasons_label,
        "title": part["title"],
        "says": said(part["says"]),
        "effect": [said(line) for line in part["effect"]],
        "next": [said(line) for line in part["next"]],
        "officials": said(part["officials"]),
        "contact": said(part["contact"]),
        "seal": said(part["seal"]),
        "as_typed": "" if reasons_language == language else said(part["as_typed"]),
        "binding": said(part["binding"]),
        "reasons": _paragraphs(printable(reasons), reasons_language),
        "reasons_language": HTML_LANGUAGES.get(reasons_language, reasons_language),
        "addressee": [printable(line) for line in _address(record["claim"]["addressee"]) if line],
        "hash_lines": hash_lines(record["snapshot_sha256"]) if record["snapshot_sha256"] else [],
    }


def _paragraphs(text: str, language: str) -> SafeString:
    lines = [line for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((in_direction(line, language),) for line in lines))


def _address(addressee: Mapping[str, str]) -> list[str]:
    return [addressee["name"], addressee["local_name"], *addressee["address"].splitlines(), addressee["country"]]


@cache
def _covered() -> frozenset[int]:
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    return frozenset().union(*(TTFont(folder / name, lazy=True).getBestCmap() for name in FONTS))
