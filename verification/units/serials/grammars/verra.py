"""Verra: block numbers run through the whole registry, so all its blocks share one number space."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from verification.units.serials import problems as say
from verification.units.serials.grammars.base import (
    BATCH,
    COUNTRY,
    END,
    PROJECT,
    START,
    Grammar,
    Match,
    Part,
    Reading,
    day_printed,
    fixed,
    kept,
    number,
    read_block,
)
from verification.units.serials.model import Family, Serial, SerialProblem

LONGEST_VINTAGE_DAYS = 366
"""The longest vintage of 200 real blocks: one leap year."""

_FIRST_DAY = Part("vintage_from", "[0-9]{8}", "the first day of the vintage", "ddmmyyyy")
_LAST_DAY = Part("vintage_to", "[0-9]{8}", "the last day of the vintage", "ddmmyyyy")
_FLAG = Part("label_flag", "[0-9]", "the label flag", "one digit")
_SCOPE = Part("scope", "[0-9]{1,2}", "the sectoral scope", "one or two digits")
_FIRST = Part("batch", BATCH.pattern, BATCH.words, BATCH.shape, before="")


@lru_cache(maxsize=4096)
def _vintage(first: str, last: str) -> tuple[date | None, date | None, tuple[SerialProblem, ...]]:
    """Both days and S-DATE."""
    start, end = day_printed(first), day_printed(last)
    if start is None or end is None:
        wrong = [(first, start, "vintage_from"), (last, end, "vintage_to")]
        return start, end, tuple(say.no_such_day(text, field) for text, day, field in wrong if day is None)
    if end < start:
        return start, end, (say.vintage_backwards(start.isoformat(), end.isoformat()),)
    days = (end - start).days + 1
    if days > LONGEST_VINTAGE_DAYS:
        return start, end, (say.vintage_long(days, LONGEST_VINTAGE_DAYS),)
    return start, end, ()


def _read(match: Match, raw: str) -> Reading:
    parts = kept(match)
    start, end, quantity, range_problems = read_block(parts["start"], parts["end"])
    vintage_from, vintage_to, date_problems = _vintage(parts["vintage_from"], parts["vintage_to"])
    serial = Serial(
        Family.VERRA, "Verra", raw, match.string, "VERRA", start, end, quantity, "VCU", parts["project"],
        parts["country"], vintage_from, vintage_to, parts["batch"], parts,
    )  # fmt: skip
    return serial, (*range_problems, *date_problems)


GRAMMARS = (
    Grammar(
        Family.VERRA,
        "Verra VCS",
        "19309-936487628-936491271-VCS-VCU-1491-VER-RW-3-4150-01102024-31122024-1",
        3644,
        None,
        "registry export of April 2026: 200 of 200 rows, dates, project and quantity equal to their columns",
        (
            _FIRST, START, END, fixed("VCS"), fixed("VCU"), number("verifier", "the number of the verifier"),
            fixed("VER"), COUNTRY, _SCOPE, PROJECT, _FIRST_DAY, _LAST_DAY, _FLAG,
        ),
        _read,
    ),
    Grammar(
        Family.VERRA,
        "Verra VCS, printed while two companies kept the register",
        "7144-374222312-374242311-VCU-007-MER-UY-14-959-01012012-31122012-0",
        20000,
        None,
        "serials quoted in public code of 2019 and 2021 (MER); APX, the other keeper, by the same pattern",
        (
            _FIRST, START, END, fixed("VCU"), number("verifier", "the number of the verifier"),
            Part("keeper", "MER|APX", "the keeper of the register", "MER or APX"),
            COUNTRY, _SCOPE, PROJECT, _FIRST_DAY, _LAST_DAY, _FLAG,
        ),
        _read,
    ),
)  # fmt: skip
