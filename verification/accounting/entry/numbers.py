"""Numbers as people write them, read without guessing.

Full-width and other Unicode digits, typographic minus signs, spaces and apostrophes between groups of
three, and the Indian groups of two are understood. Where a text could mean two numbers, such as ``1,500``
from someone whose decimal mark is the point, it is refused and both are named.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from verification.kernel.quantities import PRECISION, plain

LONGEST = 100
GREATEST_EXPONENT = 60
MINUS = "−－﹣–"
# What needs no second look; most numbers are like that, and there may be many of them.
_UNDOUBTED = {
    ".": re.compile(r"-?[1-9][0-9]{0,17}(\.[0-9]{1,20})?|0(\.[0-9]{1,20})?"),
    ",": re.compile(r"-?[1-9][0-9]{0,17}|0"),
}
SPACES = "\u0020\u00a0\u2007\u2009\u202f\u3000"
APOSTROPHES = "'’ʼ＇"
SHAPE = re.compile(r"(?P<sign>[+-]?)(?P<body>[\d., ']*\d[\d., ']*)(?:[eE](?P<exponent>[+-]?\d{1,9}))?")
NUMBER_THEN_WORD = re.compile(r"[+-]?\d[\d., ']*\s*[^\d\s.,'].*")


class NotANumber(ValueError):
    """The text is no single clear number; ``code`` is of the catalogue, ``mend`` says what to do."""

    def __init__(self, code: str, message: str, mend: str = "", expected: str = "a number") -> None:
        super().__init__(message)
        self.code, self.message, self.mend, self.expected = code, message, mend, expected


def number_from(text: str, decimal_mark: str = ".") -> Decimal:
    """The exact number that ``text`` says, ``decimal_mark`` being the writer's, a point or a comma.

    Raises ``NotANumber`` for anything else, an empty text included, and ``KeyError`` for another mark.
    """
    if is_undoubted(text, decimal_mark):
        return Decimal(text)
    if len(text) > LONGEST:
        raise NotANumber("ENT-004", f"The number is {len(text)} characters long.", expected=f"at most {LONGEST}")
    clean = _plain_characters(text)
    match = SHAPE.fullmatch(clean)
    if match is None:
        raise _refusal(clean)
    digits = _without_groups(match["body"], decimal_mark)
    whole, _, decimals = digits.partition(".")
    significant = (whole + decimals).strip("0")
    if len(significant) > PRECISION:
        raise NotANumber("ENT-004", f"The number has {len(significant)} digits.", expected=f"at most {PRECISION}")
    exponent = int(match["exponent"] or 0)
    if abs(exponent) > GREATEST_EXPONENT:
        raise NotANumber("ENT-004", f"The power of ten, {exponent}, is beyond any quantity.")
    sign = "-" if match["sign"] == "-" and significant else ""
    return Decimal(f"{sign}{whole or '0'}.{decimals or '0'}e{exponent}")


def is_undoubted(text: str, decimal_mark: str) -> bool:
    """Whether ``text`` is a number written in the plainest way, which ``Decimal`` reads as it stands."""
    return _UNDOUBTED[decimal_mark].fullmatch(text) is not None


def is_scientific(text: str) -> bool:
    """Whether ``text`` counts in powers of ten, such as 1e9."""
    if "e" not in text and "E" not in text:
        return False
    match = SHAPE.fullmatch(_plain_characters(text[:LONGEST]))
    return bool(match and match["exponent"])


def grouped(value: Decimal) -> str:
    """Every digit of ``value``, in groups of three before the point: the form that is read back to people."""
    whole, _, decimals = plain(value).lstrip("-").partition(".")
    spaced = f"{int(whole):,}".replace(",", " ")
    return ("-" if value < 0 else "") + spaced + (f".{decimals}" if decimals else "")


def _plain_characters(text: str) -> str:
    """ASCII digits and signs; marks of direction and of zero width are left out."""
    found = []
    for letter in text.strip():
        digit = unicodedata.decimal(letter, None)
        if digit is not None:
            found.append(str(digit))
        elif letter in MINUS:
            found.append("-")
        elif letter in SPACES:
            found.append(" ")
        elif letter in APOSTROPHES:
            found.append("'")
        elif unicodedata.category(letter) != "Cf":
            found.append({"٫": ",", "٬": "'", "，": ",", "．": ".", "＋": "+", "％": "%"}.get(letter, letter))
    joined = "".join(found).strip()
    return joined[0] + joined[1:].lstrip() if joined[:1] in ("-", "+") else joined


def _without_groups(body: str, mark: str) -> str:
    """``body`` with a point as decimal mark and nothing else but digits."""
    other = "," if mark == "." else "."
    inner = [letter for letter in body if not letter.isdigit()]
    separators = [letter for letter in inner if letter in ".,"]
    if " " in inner or "'" in inner:
        return _spaced(body, separators)
    if not separators:
        return body
    if len(set(separators)) == 2:
        last = separators[-1]
        if separators.count(last) > 1:
            raise _misplaced(body)
        whole, decimals = body.split(last)
        return f"{_ungrouped(whole, separators[0], body)}.{decimals}"
    if len(separators) > 1:
        return _ungrouped(body, separators[0], body)
    whole, decimals = body.split(separators[0])
    if separators[0] == other and len(decimals) == 3 and 1 <= len(whole) <= 3 and whole.strip("0"):
        fraction = decimals.rstrip("0") or "0"
        choices = f"{whole}{decimals} or {whole}{mark}{fraction}"
        raise NotANumber("ENT-003", f"Is this {choices}?", f"Write {choices}.", choices)
    return f"{whole}.{decimals}"


def _spaced(body: str, separators: list[str]) -> str:
    """Groups parted by spaces or apostrophes; a point or comma can then only be the decimal mark."""
    if len(separators) > 1:
        raise _misplaced(body)
    whole, decimals = body.split(separators[0]) if separators else (body, "")
    part = " " if " " in whole else "'"
    if not decimals.isdigit() and decimals:
        raise _misplaced(body)
    return f"{_ungrouped(whole, part, body)}.{decimals}"


def _ungrouped(whole: str, separator: str, body: str) -> str:
    groups = whole.split(separator)
    first, *rest = groups
    is_by_three = all(len(group) == 3 for group in rest)
    is_indian = len(rest) > 1 and len(rest[-1]) == 3 and all(len(group) == 2 for group in rest[:-1])
    if not all(group.isdigit() for group in groups) or not (is_by_three or (is_indian and len(first) <= 2)):
        raise _misplaced(body)
    if rest and len(first) > 3:
        raise _misplaced(body)
    return "".join(groups)


def _misplaced(body: str) -> NotANumber:
    return NotANumber(
        "ENT-002",
        f"The separators in {body[:40]} stand where no number has them.",
        "Write the number without separators between the groups of digits.",
    )


def _refusal(text: str) -> NotANumber:
    if not text:
        return NotANumber("ENT-001", "No number is given.")
    if text.lstrip("+-").casefold() in ("nan", "inf", "infinity", "∞"):
        return NotANumber("ENT-002", "This is no finite number.", "Enter the real number, or leave the field empty.")
    if text.startswith("#"):
        return NotANumber(
            "ENT-002", "This is an error of a spreadsheet.", "Correct the formula, then enter the number."
        )
    if text.endswith("%"):
        mend = "Leave the sign out, and choose % as the unit beside the number."
        return NotANumber("ENT-002", "The number carries a percent sign.", mend)
    if text.startswith("(") and text.endswith(")"):
        return NotANumber("ENT-002", "The number stands in brackets.", "Write a negative number with a minus sign.")
    if text.startswith("="):
        return NotANumber("ENT-002", "This is a formula.", "Enter the number that the formula gives.")
    if text[:1] in "<>~≈≥≤±":
        return NotANumber("ENT-002", "This is a limit or an estimate, no number.", "Enter one number, without a sign.")
    if NUMBER_THEN_WORD.fullmatch(text):
        mend = "Enter the number alone, and choose its unit beside it."
        return NotANumber("ENT-002", "The number has words or a unit behind it.", mend)
    return NotANumber("ENT-002", "This is no number.", "Enter digits, such as 1234.5.")
