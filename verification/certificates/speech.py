"""The words of one edition: the chosen language with English beside it in soft type, or English alone.

Everything comes out as HTML. English runs of a two-language edition are ``a`` elements without an address: it is the
one inline element that reaches the tag tree under a name of its own, where its language is written (see ``render``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from verification.certificates.typography import (
    direction_of,
    html_language,
    in_direction,
    printable,
    whole_in_direction,
)
from verification.certificates.words import words_in
from verification.wording.enums import Language

_NUMBER = r"(\d+/\d+|\d+[A-Za-z]*(?:\(\d+\))*|[IVX]+)"
_CITED = (
    ("implementing_regulations", rf"Implementing Regulations \(EU\) {_NUMBER} and {_NUMBER}"),
    ("implementing_regulation", rf"Implementing Regulation \(EU\) {_NUMBER}"),
    ("regulation", rf"Regulation \(EU\) {_NUMBER}"),
    ("articles", rf"Articles {_NUMBER} and {_NUMBER}"),
    ("article", rf"Article {_NUMBER}"),
    ("annex", rf"Annex {_NUMBER}"),
)


class Word:
    """A fact that is a word itself, in both languages."""

    def __init__(self, local: str, english: str) -> None:
        self.local, self.english = local, english


def code(text: str) -> SafeString:
    """A code, number or date: never broken, left to right in every script."""
    return format_html('<span class="n" dir="ltr">{}</span>', text)


class Speech:
    """Words by their keys, for the language of an edition. Raises ``KeyError`` for a key that has no words."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.is_bilingual = language != Language.ENGLISH
        self.local = words_in(language)
        self.english = words_in(Language.ENGLISH)

    @property
    def labels(self) -> Mapping[str, SafeString]:
        return {key: self._both(text, self.english["labels"][key]) for key, text in self.local["labels"].items()}

    @property
    def comma(self) -> str:
        """Between two facts, with its space."""
        return str(self.local["between_citations"])

    def label(self, key: str) -> SafeString:
        return self._both(self.local["labels"][key], self.english["labels"][key])

    def step(self, key: str) -> SafeString:
        return self._both(self.local["steps"][key], self.english["steps"][key])

    def word(self, key: str) -> Word:
        """A label as a fact of a sentence."""
        return Word(self.local["labels"][key], self.english["labels"][key])

    def count(self, key: str, number: int) -> Word:
        """``one good`` or ``12 goods``."""
        key = f"{key}_one" if number == 1 else f"{key}_many"
        return Word(*(words["says"][key].format(number=number) for words in (self.local, self.english)))

    def say(self, key: str, **facts: Any) -> SafeString:
        """The sentence in both languages, one after the other."""
        local = _filled(self.local["says"][key], facts, self.language)
        if not self.is_bilingual:
            return local
        return format_html("{} {}", local, self._soft(_filled(self.english["says"][key], facts, Language.ENGLISH)))

    def say_local(self, key: str, **facts: Any) -> SafeString:
        return _filled(self.local["says"][key], facts, self.language)

    def say_english(self, key: str, **facts: Any) -> SafeString:
        """Empty where English is the only language."""
        return _filled(self.english["says"][key], facts, Language.ENGLISH) if self.is_bilingual else mark_safe("")

    def plain(self, key: str, **facts: str) -> str:
        """The sentence in the chosen language as mere text, for what is no HTML."""
        return str(self.local["says"][key]).format_map(facts)

    def term(self, english: str) -> SafeString:
        """A word that the record holds in English; as it stands where there is none for it."""
        local = self.local.get("terms", {}).get(english)
        return self._both(local, english) if local else self.given(english)

    def given(self, text: str) -> SafeString:
        """What people wrote, as they wrote it."""
        return whole_in_direction(printable(text), self.language)

    def law(self, reference: str) -> SafeString:
        """References to law in both languages; those that are not worded here stand as they are given."""
        local = "; ".join(filter(None, (self._cited(part) for part in reference.split("; "))))
        is_whole = self.is_bilingual and local.count("; ") == reference.count("; ") and local
        return self._both(local, reference) if is_whole else self._given_english(reference)

    def title(self, kind: str) -> Sequence[SafeString]:
        return [in_direction(line, self.language) for line in self.local["titles"][kind]]

    def english_title(self, kind: str) -> str:
        return " ".join(self.english["titles"][kind]) if self.is_bilingual else ""

    def plain_title(self, kind: str) -> str:
        lines = self.local["titles"][kind]
        return ("" if self.language == Language.CHINESE else " ").join(lines)

    def _both(self, local: str, english: str) -> SafeString:
        said = in_direction(printable(local), self.language)
        return format_html("{} {}", said, self._soft(english)) if self.is_bilingual and local != english else said

    def _given_english(self, text: str) -> SafeString:
        return self._soft(text) if self.is_bilingual else format_html("{}", text)

    def _soft(self, english: str) -> SafeString:
        return format_html('<a class="en" lang="en" dir="ltr">{}</a>', english)

    def _cited(self, part: str) -> str:
        """One reference in the chosen language, or nothing where a piece of it is not known."""
        pieces = [self._cited_piece(piece) for piece in part.split(", ")]
        return self.comma.join(pieces) if all(pieces) else ""

    def _cited_piece(self, piece: str) -> str:
        citations = self.local["citations"]
        for key, pattern in _CITED:
            if found := re.fullmatch(pattern, piece):
                numbers = dict(zip(("n", "m"), found.groups(), strict=False))
                return str(citations[key]).format(eu=citations["eu"], **numbers)
        return ""


def _filled(sentence: str, facts: Mapping[str, Any], language: str) -> SafeString:
    """``sentence`` with its facts; weighty parts stand between double asterisks."""
    side = "english" if language == Language.ENGLISH else "local"
    parts: list[str] = []
    is_bold = False
    for literal, name, _spec, _conversion in Formatter().parse(sentence):
        first, *others = literal.split("**")
        parts.append(in_direction(first, language))
        for text in others:
            is_bold = not is_bold
            parts += ["<b>" if is_bold else "</b>", in_direction(text, language)]
        if name:
            fact = facts[name]
            fact = getattr(fact, side) if isinstance(fact, Word) else fact
            parts.append(conditional_escape(fact if isinstance(fact, SafeString) else _directed(fact, language)))
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped)


def _directed(fact: str, language: str) -> SafeString:
    return whole_in_direction(printable(fact), language)


def run_of(text: str, language: str, element: str = "article") -> SafeString:
    """A block in another language than its surroundings: a local name, or with ``blockquote`` what somebody typed."""
    return format_html(
        '<{} class="given" lang="{}" dir="{}">{}</{}>',
        element, html_language(language), direction_of(language), in_direction(printable(text), language), element,
    )  # fmt: skip
