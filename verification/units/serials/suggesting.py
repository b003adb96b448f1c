"""What a serial that no grammar reads was probably meant to be. A person confirms a suggestion; it is never assumed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from verification.units.serials.grammars import candidates

_LONGEST_NEAR = 150
"""Characters. No real serial is longer, so nothing longer is near to one."""

_LIKE_DIGITS = str.maketrans("OIL", "011")
_LIKE_LETTERS = str.maketrans("01", "OI")
_SEPARATED = re.compile(r"([-_ ])")
_DIGITS_LIKELY = re.compile(r"(?=.*[0-9])[0-9OIL]+|[OIL]")
_PREFIXED = re.compile(r"(GS|CA)([0-9OIL]+)")
_COUNTRY_LIKELY = re.compile(r"[A-Z][01]|[01][A-Z]")
_GROUPS = re.compile(r"(?<=[0-9])[ .'’](?=[0-9]{3}(?![0-9]))")
_BLOCK_AT_END = re.compile(r"(?<=[0-9])-([0-9]+)$")
# Letters of other alphabets that look like a capital Latin letter, and come in where a keyboard is switched.
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЅавекмнорстхуіѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXYISABEKMHOPCTXYISABEZHIKMNOPTYXO"
)


def suggestions_for(compact: str) -> tuple[str, ...]:
    """Printed forms of whole serials that ``compact`` comes near to, without doubles; usually one or none."""
    found: dict[str, None] = {}
    for text in dict.fromkeys(_variants(compact)) if len(compact) <= _LONGEST_NEAR else ():
        for grammar in candidates(text):
            match = grammar.match(text)
            if match:
                serial, _ = grammar.reader(match, text)
                found[serial.normalised] = None
    return tuple(found)


def _variants(compact: str) -> Iterator[str]:
    """Readings from the nearest to the furthest; each keeps the changes of the ones before it apart."""
    latin = _in_latin(compact)
    for letters in dict.fromkeys((compact, latin)):
        for shape in _shapes(letters):
            for text in (shape, _with_digits(shape), _with_letters(shape), _with_letters(_with_digits(shape))):
                if text != compact:
                    yield text


def _in_latin(text: str) -> str:
    """Letters of other alphabets and digits of other scripts, by what they look like or count."""
    text = text.translate(_LOOK_ALIKES)
    return "".join(
        str(unicodedata.digit(each)) if not each.isascii() and unicodedata.category(each) == "Nd" else each
        for each in text
    )


def _shapes(text: str) -> Iterator[str]:
    """The text with other marks between its parts: groups of thousands, slashes, spaces, a hyphen for “to”."""
    ungrouped = _GROUPS.sub("", text)
    hyphened = re.sub(r"[/\\]|(?<! TO) (?!TO )", "-", ungrouped)
    for shape in dict.fromkeys((text, ungrouped, hyphened, hyphened.replace("_", "-"))):
        yield shape
        yield _BLOCK_AT_END.sub(r" TO \1", shape)
        yield shape.replace(" TO ", "-")


def _with_digits(text: str) -> str:
    return "".join(_digits(each) for each in _SEPARATED.split(text))


def _digits(token: str) -> str:
    prefixed = _PREFIXED.fullmatch(token)
    if prefixed:
        return prefixed[1] + prefixed[2].translate(_LIKE_DIGITS)
    return token.translate(_LIKE_DIGITS) if _DIGITS_LIKELY.fullmatch(token) else token


def _with_letters(text: str) -> str:
    """A country such as C0 or 1D."""
    tokens = _SEPARATED.split(text)
    return "".join(each.translate(_LIKE_LETTERS) if _COUNTRY_LIKELY.fullmatch(each) else each for each in tokens)
