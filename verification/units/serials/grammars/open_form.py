"""Article 6.4 units: a serial holds activity, host Party and vintage, but its printed form is not published.

Nothing is recognised by this form; it is used where a person has said that the units are of Article 6.4.
"""

from __future__ import annotations

import re

from verification.units.serials import problems as say
from verification.units.serials.grammars.base import Reading, read_block
from verification.units.serials.model import Family, Serial, SerialProblem

_IDENTIFIER = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9._/:-]*[A-Z0-9]")
_PAIR = re.compile(r" TO | - ")
_RUNS = re.compile(r"[0-9]+|[^0-9]+")


def read_article_6_4(spaced: str, raw: str) -> Reading | None:
    """One identifier, or the first and last of a block; ``None`` where the text cannot be an identifier.

    Numbers are read only where the two differ in exactly one of them; otherwise the quantity must be stated.
    """
    ends = _PAIR.split(spaced)
    if len(ends) > 2 or not all(_IDENTIFIER.fullmatch(each) for each in ends):
        return None
    space, numbers = _running_number(ends[0], ends[-1])
    start = end = quantity = None
    problems: tuple[SerialProblem, ...] = (say.unpublished_form(spaced),)
    if numbers:
        start, end, quantity, range_problems = read_block(*numbers)
        problems = (*problems, *range_problems)
    parts = {"first": ends[0], "last": ends[-1]}
    serial = Serial(
        Family.ARTICLE_6_4, "Article 6.4 mechanism registry", raw, " - ".join(ends), f"A64:{space}", start, end,
        quantity, "A64ER", "", "", None, None, "", parts,
    )  # fmt: skip
    return serial, problems


def _running_number(first: str, last: str) -> tuple[str, tuple[str, str] | None]:
    """The number space and the two numbers, where exactly one run of digits differs."""
    left, right = _RUNS.findall(first), _RUNS.findall(last)
    places = [place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other]
    if len(left) != len(right) or len(places) != 1 or not left[places[0]].isdigit():
        return first if first == last else f"{first}:{last}", None
    place = places[0]
    return "".join((*left[:place], "#", *left[place + 1 :])), (left[place], right[place])
