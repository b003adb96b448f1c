"""What the grammars are made of: named parts, one pattern, and readers for numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from verification.units.serials import problems as say
from verification.units.serials.model import HIGHEST_NUMBER, Family, Serial, SerialProblem

Reading = tuple[Serial, tuple[SerialProblem, ...]]
Match = re.Match[str]
SEPARATORS = re.compile(r"-| TO |_")


@dataclass(frozen=True)
class Part:
    """One field of a serial. ``words`` say what it is, ``shape`` how it is written; ``before`` parts it from the last.

    A part without a name is a fixed word and is not kept.
    """

    name: str
    pattern: str
    words: str
    shape: str = "digits"
    before: str = "-"

    @property
    def expression(self) -> str:
        return f"{self.before}(?P<{self.name}>{self.pattern})" if self.name else f"{self.before}(?:{self.pattern})"


def fixed(word: str, before: str = "-") -> Part:
    """A word that stands in every serial of the registry."""
    return Part("", word, f"the fixed word {word}", word, before)


def number(name: str, words: str, before: str = "-") -> Part:
    return Part(name, "[0-9]+", words, "digits", before)


COUNTRY = Part("country", "[A-Z]{2}", "the country", "two letters")
PROJECT = number("project", "the project")
YEAR = Part("year", "[0-9]{4}", "the vintage year", "four digits")
BATCH = number("batch", "the batch")
START = number("start", "the first number of the block")
END = number("end", "the last number of the block")
END_AFTER_TO = number("end", "the last number of the block", before=" TO ")


@dataclass(frozen=True)
class Grammar:
    """One printed form of a registry's serials.

    ``example`` is a serial of ``example_quantity`` tonnes. ``valid_from`` is the first day on which the
    registry is known to have printed the form, ``None`` where that is not known. ``source`` says on what the
    form was seen. ``parts`` describe it to people; ``pattern`` reads the compact form, anchored at both ends.
    ``is_pair``: a block is printed as its first and its last serial.
    """

    family: Family
    name: str
    example: str
    example_quantity: int | None
    valid_from: date | None
    source: str
    parts: tuple[Part, ...]
    reader: Callable[[Match, str], Reading]
    expression: str = ""
    is_pair: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression or "".join(part.expression for part in self.parts))

    def match(self, compact: str) -> Match | None:
        return self.pattern.fullmatch(compact)


def read_block(first: str, last: str, lowest: int = 1) -> tuple[int, int, int | None, tuple[SerialProblem, ...]]:
    """Start, end, quantity in tonnes (``None`` where the range is impossible) and problems (S-RANGE)."""
    start, end = int(first), int(last)
    if lowest <= start <= end <= HIGHEST_NUMBER:
        return start, end, end - start + 1, ()
    if max(start, end) > HIGHEST_NUMBER:
        return start, end, None, (say.number_too_high(max(start, end)),)
    if end < start:
        return start, end, None, (say.backwards(start, end),)
    return start, end, None, (say.number_too_low(start, lowest),)


@lru_cache(maxsize=4096)
def day_printed(text: str) -> date | None:
    """The day of eight digits ``ddmmyyyy``; ``None`` where the calendar has no such day."""
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def year_printed(text: str) -> tuple[date | None, date | None, tuple[SerialProblem, ...]]:
    """First and last day of a vintage year, and S-DATE for the year 0000."""
    year = int(text)
    if year == 0:
        return None, None, (say.no_such_day(text, "year"),)
    return date(year, 1, 1), date(year, 12, 31), ()


def kept(match: Match) -> dict[str, str]:
    """Every named field of the grammar, as printed."""
    return match.groupdict()
