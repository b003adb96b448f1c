"""What a person has typed, line by line: what each says in words, what is wrong, and what it may have been meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.units.findings import WORDS
from verification.reference.selectors import country_names
from verification.units.serials import Family, ParsedSerial, SerialProblem, explain, parse_serials, with_overlaps
from verification.units.serials.stated import read_line

LINES_SHOWN = 100
OVERLAP = "D-INTERNAL"
_LINES = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Line:
    """``replacement`` is the whole line with the suggested serial in place; empty where there is none."""

    number: int
    raw: str
    words: str
    problems: tuple[tuple[object, SerialProblem], ...]
    suggestion: str
    replacement: str
    is_readable: bool


@dataclass(frozen=True)
class Explanation:
    """Lines with problems come first where not all are shown. ``tonnes`` are those of the readable ones."""

    lines: tuple[Line, ...]
    line_count: int
    readable_count: int
    tonnes: int
    more: int

    @property
    def refused_count(self) -> int:
        return self.line_count - self.readable_count


def explanation_of(text: str, *, scheme: str, family: Family | None = None) -> Explanation:
    """Every line of the box, without keeping anything."""
    parsed = with_overlaps(parse_serials(text, family=family))
    readable = [each for each in parsed if not _is_refused(each)]
    shown = _most_wanted(parsed)
    names = country_names(scheme) if shown else {}
    return Explanation(
        lines=tuple(_line(each, names) for each in shown),
        line_count=len(parsed),
        readable_count=len(readable),
        tonnes=sum(each.serial.quantity or 0 for each in readable if each.serial),
        more=len(parsed) - len(shown),
    )


def with_suggestion(text: str, number: int, *, family: Family | None = None) -> str:
    """The text with the suggestion for one line in its place; unchanged where there is none."""
    found = next((each for each in parse_serials(text, family=family) if each.line == number), None)
    replacement = _replacement(found) if found else ""
    if not replacement:
        return text
    lines = _LINES.split(text)
    lines[number - 1] = replacement
    return "\n".join(lines)


def _most_wanted(parsed: Sequence[ParsedSerial]) -> list[ParsedSerial]:
    if len(parsed) <= LINES_SHOWN:
        return list(parsed)
    chosen = sorted(parsed, key=lambda each: (not each.problems, each.line))[:LINES_SHOWN]
    return sorted(chosen, key=lambda each: each.line)


def _line(parsed: ParsedSerial, names: dict[str, str]) -> Line:
    serial = parsed.serial
    return Line(
        number=parsed.line,
        raw=parsed.raw,
        words=explain(serial, country_name=names.get(serial.country, "")) if serial else "",
        problems=tuple((WORDS[problem.severity], problem) for problem in parsed.problems),
        suggestion=_suggestion(parsed),
        replacement=_replacement(parsed),
        is_readable=not _is_refused(parsed),
    )


def _is_refused(parsed: ParsedSerial) -> bool:
    """As adding the line would; an overlap with another line is kept as a finding on the block."""
    if parsed.serial is None or parsed.serial.block is None:
        return True
    return any(problem.severity == "block" and problem.code != OVERLAP for problem in parsed.problems)


def _suggestion(parsed: ParsedSerial) -> str:
    return next((problem.suggestion for problem in parsed.problems if problem.suggestion), "")


def _replacement(parsed: ParsedSerial) -> str:
    """What stands beside the serial on the line, such as its quantity, stays."""
    suggestion = _suggestion(parsed)
    if not suggestion:
        return ""
    typed = read_line(parsed.raw).serial
    return parsed.raw.replace(typed, suggestion, 1) if typed and typed in parsed.raw else suggestion
