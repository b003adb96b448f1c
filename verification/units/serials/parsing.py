"""From what a person pastes to serials, each with everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verification.units.blocks import conflicts
from verification.units.serials import problems as say
from verification.units.serials.diagnosing import why_unread
from verification.units.serials.grammars import candidates
from verification.units.serials.grammars.base import Reading
from verification.units.serials.grammars.open_form import read_article_6_4
from verification.units.serials.model import Family, ParsedSerial, Serial, SerialProblem
from verification.units.serials.normalising import compact, spaced
from verification.units.serials.stated import quantity_from, read_line

LONGEST_SERIAL = 300
"""Characters. The longest real serials, Kyoto pairs, have under a hundred."""

_LINES = re.compile(r"\r\n|\r|\n")
_BESIDE = re.compile(r"[\t;()\"']")


def parse_serial(
    text: str, *, family: Family | None = None, quantity: int | None = None, line: int = 1
) -> ParsedSerial:
    """One block as typed: what it says and everything wrong with it. Never raises for bad text.

    ``family`` is the registry that the person chose; ``quantity`` the number of tonnes stated beside the serial.
    Checks S-FORMAT, S-RANGE, S-QTY, S-PAIR and S-DATE. A text that several grammars read gives none of them.
    """
    if len(text) > LONGEST_SERIAL:
        message = f"The text has {len(text)} characters; no serial has more than {LONGEST_SERIAL}."
        return ParsedSerial(line, text, "", None, (say.not_a_serial(message, found=text),))
    normal = compact(text)
    read = _read(normal, text, family)
    if isinstance(read, SerialProblem):
        return ParsedSerial(line, text, normal.replace(" TO ", " to "), None, (read,))
    serial, found = read
    if family is not None and serial.family is not family:
        found = (say.other_registry(family, serial.family, serial.normalised), *found)
    if quantity is not None or (serial.quantity is None and serial.start is None):
        serial, quantity_problems = _with_stated(serial, quantity)
        found = (*found, *quantity_problems)
    if "," in text and serial.family is not Family.ECOREGISTRY:
        unclear = _unclear_comma(text, serial)
        if unclear is not None:
            return ParsedSerial(line, text, serial.normalised, None, (unclear,))
        found = (*found, say.commas_read(text.strip(), serial.normalised))
    return ParsedSerial(line, text, serial.normalised, serial, found)


def parse_serials(text: str, *, family: Family | None = None) -> list[ParsedSerial]:
    """Every line of a pasted text as ``parse_serial`` reads it; ``line`` counts from one, empty lines are left out.

    A quantity after a tab, after a semicolon or in brackets is the stated quantity of the block before it.
    """
    return [
        parse_line(each, family=family, line=number)
        for number, each in enumerate(_LINES.split(text), 1)
        if each.strip()
    ]


def with_overlaps(parsed: Sequence[ParsedSerial]) -> list[ParsedSerial]:
    """The same lines, with D-INTERNAL on every one that shares units with another; one other line is named."""
    placed = [(place, each.serial.block) for place, each in enumerate(parsed) if each.serial]
    known = [(place, block) for place, block in placed if block is not None]
    lines = list(parsed)
    for own, (other, common) in conflicts([block for _, block in known]).items():
        place, other_line = known[own][0], parsed[known[other][0]].line
        problem = say.used_twice(common.start, common.end, other_line)
        lines[place] = replace(lines[place], problems=(*lines[place].problems, problem))
    return lines


def parse_line(text: str, *, family: Family | None = None, line: int = 1) -> ParsedSerial:
    """One line: a serial and, where it stands beside it, its stated quantity. ``raw`` is the line as typed."""
    if len(text) > LONGEST_SERIAL:
        return parse_serial(text, family=family, line=line)
    if _BESIDE.search(text) is None:
        return parse_serial(text, family=family, line=line)
    stated = read_line(text)
    parsed = parse_serial(stated.serial, family=family, quantity=stated.quantity, line=line)
    if stated.problem is not None:
        parsed = replace(parsed, problems=(*parsed.problems, stated.problem))
    return parsed if stated.serial == text else replace(parsed, raw=text)


def _read(normal: str, raw: str, family: Family | None) -> Reading | SerialProblem:
    """The one reading of a serial, or why there is none."""
    readings = []
    for grammar in candidates(normal):
        match = grammar.pattern.fullmatch(normal)
        if match is not None:
            readings.append((grammar, match))
    if len(readings) == 1:
        grammar, match = readings[0]
        return grammar.reader(match, raw)
    if readings:
        names = ", ".join(grammar.name for grammar, _ in readings)
        message = f"The text fits the serials of several registries: {names}."
        return say.not_a_serial(message, found=normal, mend="Say which registry issued the units.")
    if family is Family.ARTICLE_6_4:
        reading = read_article_6_4(spaced(raw), raw)
        if reading is not None:
            return reading
    return why_unread(normal, family)


def _unclear_comma(text: str, serial: Serial) -> SerialProblem | None:
    """A problem where the text up to its last comma is a serial, too, and holds as many units as stand behind it."""
    before, _, behind = text.rpartition(",")
    quantity = quantity_from(behind)
    read = _read(compact(before), before, serial.family)
    if quantity is None or isinstance(read, SerialProblem) or read[0].quantity != quantity:
        return None
    return say.comma_unclear(text.strip(), serial.normalised, read[0].normalised, quantity)


def _with_stated(serial: Serial, quantity: int | None) -> tuple[Serial, tuple[SerialProblem, ...]]:
    """S-QTY: the stated quantity beside the block's own; where the serial holds no numbers it is taken as stated."""
    if serial.start is not None and serial.end is not None:
        if quantity is None or serial.quantity is None or quantity == serial.quantity:
            return serial, ()
        return serial, (say.quantity_differs(quantity, serial.quantity, serial.start, serial.end),)
    if quantity is None:
        return serial, () if serial.family is Family.ECOREGISTRY else (say.quantity_not_stated(),)
    if quantity < 1:
        return serial, (say.quantity_impossible(quantity),)
    return replace(serial, quantity=quantity), ()
