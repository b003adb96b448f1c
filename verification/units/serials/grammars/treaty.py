"""Units of the treaties: Kyoto units and internationally transferred mitigation outcomes (Paris, Article 6.2).

A block is the first serial and the last; a serial by itself is one unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from verification.units.serials import problems as say
from verification.units.serials.grammars.base import (
    YEAR,
    Grammar,
    Match,
    Part,
    Reading,
    kept,
    number,
    read_block,
    year_printed,
)
from verification.units.serials.model import Family, Serial, SerialProblem

KYOTO_TYPES = {"1": "AAU", "2": "RMU", "3": "ERU", "4": "ERU", "5": "CER", "6": "tCER", "7": "lCER"}
"""5 was seen in registry data; the others are not confirmed."""

_KYOTO_REGISTRIES = {
    digit: "CDM registry" if name.endswith("CER") else Family.KYOTO.label for digit, name in KYOTO_TYPES.items()
}
_LAST = "_last"

_KYOTO = (
    Part("party", "[A-Z]{2}", "the originating Party", "two letters", before=""),
    Part("unit_type", "[1-7]", "the unit type", "one digit from 1 to 7"),
    number("number", "the running number"),
    Part("original_period", "[0-9]", "the original commitment period", "one digit"),
    Part("applicable_period", "[0-9]", "the applicable commitment period", "one digit"),
    Part("track", "[0-9]", "the track", "one digit"),
    number("project", "the project"),
)
_ITMO = (
    Part("approach", "CA[0-9]{4}", "the cooperative approach", "CA and four digits", before=""),
    Part("party_registry", "[A-Z]{3}[0-9]{2}", "the Party's registry", "three letters and two digits"),
    Part("party", "[A-Z]{3}", "the first transferring Party", "three letters"),
    Part("number", "[1-9][0-9]*", "the running number", "digits without a zero in front"),
    YEAR,
)
_NATIONAL = (
    Part("approach", "CA[0-9]{4}", "the cooperative approach", "CA and four digits", before=""),
    Part("originating_party", "[A-Z]{2}", "the originating Party", "two letters"),
    Part("party", "[A-Z]{2}", "the first transferring Party", "two letters"),
    number("project", "the project"),
    number("start", "the first number of the block"),
    number("end", "the last number of the block"),
    YEAR,
)


def _with_last(parts: tuple[Part, ...]) -> str:
    """The parts once or twice; the second time their names end in ``_last``."""
    first = "".join(part.expression for part in parts)
    last = re.sub(r"\?P<(\w+)>", rf"?P<\1{_LAST}>", first)
    return f"{first}(?:(?:-| TO ){last})?"


def _difference(match: Match, parts: tuple[Part, ...]) -> tuple[SerialProblem, ...]:
    """S-PAIR for every part but the running number."""
    return tuple(
        say.pair_differs(part.name, match[part.name], match[part.name + _LAST])
        for part in parts
        if part.name != "number" and match[part.name] != match[part.name + _LAST]
    )


def _paired_reader(
    parts: tuple[Part, ...], build: Callable[[Match, str, str, tuple[int, int, int | None]], Reading]
) -> Callable[[Match, str], Reading]:
    count = len(parts)
    place = [part.name for part in parts].index("number")

    def read(match: Match, raw: str) -> Reading:
        fields = match.groups()
        first, last = fields[:count], fields[count:]
        if last[0] is None:
            printed, last = match.string, first
        else:
            printed = f"{'-'.join(first)} - {'-'.join(last)}"
        start, end, quantity, found = read_block(first[place], last[place])
        if first[:place] != last[:place] or first[place + 1 :] != last[place + 1 :]:
            quantity, found = None, (*_difference(match, parts), *found)
        serial, own_problems = build(match, raw, printed, (start, end, quantity))
        return serial, (*found, *own_problems)

    return read


def _kyoto(match: Match, raw: str, printed: str, block: tuple[int, int, int | None]) -> Reading:
    parts = kept(match)
    party, digit = parts["party"], parts["unit_type"]
    serial = Serial(
        Family.KYOTO, _KYOTO_REGISTRIES[digit], raw, printed, f"KYOTO:{party}:{digit}", *block, KYOTO_TYPES[digit],
        parts["project"], party, None, None, "", parts,
    )  # fmt: skip
    return serial, ()


def _itmo(match: Match, raw: str, printed: str, block: tuple[int, int, int | None]) -> Reading:
    vintage_from, vintage_to, date_problems = year_printed(match["year"])
    key = f"ITMO:{match['approach']}:{match['party_registry']}:{match['party']}:{match['year']}"
    serial = Serial(
        Family.ITMO, f"Article 6.2 registry {match['party_registry']}", raw, printed, key, *block, "ITMO", "",
        match["party"], vintage_from, vintage_to, match["approach"], kept(match),
    )  # fmt: skip
    return serial, date_problems


def _national(match: Match, raw: str) -> Reading:
    start, end, quantity, range_problems = read_block(match["start"], match["end"])
    vintage_from, vintage_to, date_problems = year_printed(match["year"])
    parties = f"{match['originating_party']}:{match['party']}"
    serial = Serial(
        Family.ITMO, "National Article 6.2 registry", raw, match.string,
        f"ITMO:{match['approach']}:{parties}:{int(match['project'])}:{match['year']}",
        start, end, quantity, "ITMO", match["project"], match["originating_party"], vintage_from, vintage_to,
        match["approach"], kept(match),
    )  # fmt: skip
    return serial, (*range_problems, *date_problems)


GRAMMARS = (
    Grammar(
        Family.KYOTO,
        "Kyoto units (CER, ERU, AAU, RMU, tCER, lCER)",
        "RW-5-1463953-2-2-0-7014 - RW-5-1467609-2-2-0-7014",
        3657,
        None,
        "certified emission reductions in the Gold Standard export of April 2026: 3 of 3 rows",
        _KYOTO,
        _paired_reader(_KYOTO, _kyoto),
        _with_last(_KYOTO),
        is_pair=True,
    ),
    Grammar(
        Family.ITMO,
        "Article 6.2 mitigation outcome (ITMO)",
        "CA0001-GHA01-GHA-1-2025 - CA0001-GHA01-GHA-500-2025",
        500,
        None,
        "Decision 6/CMA.4, annex I, paragraph 5; form of the UNFCCC's checker of tables; the example is made up",
        _ITMO,
        _paired_reader(_ITMO, _itmo),
        _with_last(_ITMO),
        is_pair=True,
    ),
    Grammar(
        Family.ITMO,
        "Article 6.2 mitigation outcome, block of a national registry",
        "CA0004-VU-CH-356-1-3000-2023",
        3000,
        None,
        "documentation example of the UNDP's national carbon registry, not a real transfer",
        _NATIONAL,
        _national,
    ),
)
