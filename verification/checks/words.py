"""Texts of registries made comparable, and what the words in them say; read once from ``data/unit_words.yaml``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import yaml

from verification.checks.limits import DATA
from verification.checks.model import ClaimantPart

LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
SHORTEST_IDENTIFIER = 6
"""Shorter numbers stand in texts by chance."""


class Likeness(Enum):
    """How a beneficiary's text is like the claimant."""

    EXACT = "the legal name, or an identifier of the claimant"
    ALIAS = "a registered alias"
    WITHIN = "the claimant's name within a longer text"
    FORM = "the same name with another legal form"
    SPELLING = "the same name in another spelling"
    OTHER = "somebody else"
    NOBODY = "nobody"


@dataclass(frozen=True)
class ComplianceScheme:
    """A law under which units are used up; ``words`` name it in texts."""

    code: str
    name: str
    words: tuple[str, ...]
    source: str


def plain_words(text: str) -> str:
    """Small letters, no accents, single spaces instead of everything that is no letter or figure."""
    small = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(LETTERS)
    without_accents = "".join(letter for letter in small if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", without_accents.replace("_", " ")))


def has_words(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text``, as whole words in this order."""
    wanted = plain_words(words)
    return bool(wanted) and f" {wanted} " in f" {plain_words(text)} "


def without_legal_form(name: str) -> str:
    """Plain words of ``name`` less every legal form at its ends; all of them where nothing else is left."""
    return _divided(name)[0]


def likeness(text: str, claimant: ClaimantPart) -> Likeness:
    """How ``text`` is like the claimant. The first of the list that fits."""
    written = plain_words(text)
    if _names_identifier(text, claimant) or (written and written == plain_words(claimant.legal_name)):
        return Likeness.EXACT
    if not written or is_nobody(text):
        return Likeness.NOBODY
    if written in {plain_words(alias) for alias in claimant.aliases}:
        return Likeness.ALIAS
    names = [name for name in (claimant.legal_name, *claimant.aliases) if plain_words(name)]
    alike = [name for name in names if without_legal_form(name) == without_legal_form(text)]
    if alike:
        is_other_form = all(_legal_form(name) != _legal_form(text) for name in alike if _legal_form(name))
        return Likeness.FORM if _legal_form(text) and is_other_form else Likeness.SPELLING
    return Likeness.WITHIN if any(has_words(text, without_legal_form(name)) for name in names) else Likeness.OTHER


def is_nobody(text: str) -> bool:
    """Whether a beneficiary's text is blank or generic, such as "No owner" or "general public"."""
    written = plain_words(text)
    nobody = _words()["nobody"]
    return (
        not written
        or written in nobody["is"]
        or any(f"{written} ".startswith(f"{beginning} ") for beginning in nobody["begins_with"])
    )


def voluntary_words(text: str) -> list[str]:
    """Words of ``text`` that speak of a claim that no law asks for."""
    written = f" {plain_words(text)} "
    return [words for words in _words()["voluntary"] if f" {words} " in written]


def schemes_named(text: str) -> list[ComplianceScheme]:
    """Compliance schemes that ``text`` names."""
    written = f" {plain_words(text)} "
    return [scheme for scheme in compliance_schemes() if any(f" {words} " in written for words in scheme.words)]


@cache
def compliance_schemes() -> tuple[ComplianceScheme, ...]:
    """Every scheme that is known to use up units."""
    return tuple(
        ComplianceScheme(row["code"], row["name"], tuple(row["words"]), row["source"])
        for row in _words()["compliance_schemes"]
    )


def adjustment_is_due_on(used_on: date) -> date:
    """Last day on which the host may report a use: in the year after it (Decision 2/CMA.3, annex, paragraph 20)."""
    day = _words()["reporting_day"]
    return date(used_on.year + 1, day["month"], day["day"])


def _names_identifier(text: str, claimant: ClaimantPart) -> bool:
    runs = _identifier_runs(text)
    identifiers = {_compact(identifier) for identifier in (*claimant.tax_ids, claimant.lei)}
    return any(len(identifier) >= SHORTEST_IDENTIFIER and identifier in runs for identifier in identifiers)


def _identifier_runs(text: str) -> set[str]:
    """Every run of words that stand side by side, joined: an identifier may be written with spaces and signs."""
    words = plain_words(text).split()
    return {"".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, first + 6)}


def _compact(identifier: str) -> str:
    return "".join(plain_words(identifier).split())


def _legal_form(name: str) -> str:
    """The legal forms of ``name`` in one word, whatever their signs: "A.Ş." and "AS" are one."""
    return "".join(_divided(name)[1].split())


def _divided(name: str) -> tuple[str, str]:
    """Plain words of ``name`` without its legal forms, and those forms."""
    words, forms = plain_words(name), ""
    while True:
        at_end = next((form for form in _legal_forms() if words.endswith(f" {form}")), "")
        at_start = "" if at_end else next((form for form in _legal_forms() if words.startswith(f"{form} ")), "")
        if at_end:
            words, forms = words[: -len(at_end) - 1], f"{at_end} {forms}"
        elif at_start:
            words, forms = words[len(at_start) + 1 :], f"{forms} {at_start}"
        else:
            return words, forms


@cache
def _legal_forms() -> tuple[str, ...]:
    """The longest first, so that "pte ltd" is not cut in the middle."""
    return tuple(sorted(_words()["legal_forms"], key=lambda form: (-len(form), form)))


@cache
def _words() -> dict[str, Any]:
    return yaml.safe_load((DATA / "unit_words.yaml").read_text(encoding="utf-8"))
