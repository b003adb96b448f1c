"""Why no grammar reads a text, said of the part that does not fit."""

from __future__ import annotations

import re
import unicodedata

from verification.units.serials import problems as say
from verification.units.serials.grammars import GRAMMARS, Grammar, Part, candidates, grammars_of
from verification.units.serials.grammars.base import SEPARATORS
from verification.units.serials.model import Family, SerialProblem
from verification.units.serials.suggesting import suggestions_for

_NAMED = tuple(dict.fromkeys(grammar.family for grammar in GRAMMARS))
_BETWEEN_SERIALS = re.compile(r"[,;|]\s*|\s{1,}(?!TO )(?<! TO )")


def why_unread(compact: str, family: Family | None) -> SerialProblem:
    """S-FORMAT with the part that does not fit, the expected form and, where exactly one is near, a suggestion."""
    if not compact:
        return say.not_a_serial(
            "There is no serial on this line.", found="", mend="Enter a serial, or remove the line."
        )
    suggestions = suggestions_for(compact)
    suggestion = suggestions[0] if len(suggestions) == 1 else ""
    strange = next((each for each in compact if not each.isascii() or not each.isprintable()), "")
    if strange:
        name = unicodedata.name(strange, "a control character")
        message = f"The serial holds a character that no registry prints: U+{ord(strange):04X}, {name.lower()}."
        return say.not_a_serial(message, found=compact, suggestion=suggestion)
    if _holds_several(compact):
        message = "The line holds more than one serial."
        return say.not_a_serial(message, found=compact, mend="Write each serial on a line of its own.")
    if len(suggestions) > 1:
        message = f"The text could be read as {len(suggestions)} different serials, so none was taken."
        return say.not_a_serial(message, found=compact, expected=" or ".join(suggestions))
    grammars = _likely(compact, family)
    if not grammars:
        names = ", ".join(each.label for each in _NAMED)
        message = f"No registry known here prints serials like this. Known are: {names}."
        return say.not_a_serial(message, found=compact, suggestion=suggestion)
    grammar = max(grammars, key=lambda each: _place_of_misfit(compact, each))
    message = f"{grammar.name}: {_misfit(compact, grammar)}"
    return say.not_a_serial(message, found=compact, expected=grammar.example, suggestion=suggestion)


def _likely(compact: str, family: Family | None) -> tuple[Grammar, ...]:
    """What the person chose; else by the beginning of the text."""
    return (grammars_of(family) if family else ()) or candidates(compact)


def _holds_several(compact: str) -> bool:
    pieces = [piece for piece in _BETWEEN_SERIALS.split(compact) if piece]
    known = (grammar.match(piece) for piece in pieces[:4] for grammar in candidates(piece))
    return len(pieces) > 1 and sum(1 for match in known if match) > 1


def _parts_for(tokens: list[str], grammar: Grammar) -> tuple[Part, ...]:
    """The parts once, or twice where a block is printed as two serials and the text is longer than one."""
    is_double = grammar.is_pair and len(tokens) > len(grammar.parts)
    return grammar.parts * 2 if is_double else grammar.parts


def _place_of_misfit(compact: str, grammar: Grammar) -> int:
    """How many parts fit before the first that does not."""
    tokens = _tokens(compact)
    parts = _parts_for(tokens, grammar)
    for place, (token, part) in enumerate(zip(tokens, parts, strict=False)):
        if not re.fullmatch(_own(part.before) + f"(?:{part.pattern})", token):
            return place
    return min(len(tokens), len(parts))


def _misfit(compact: str, grammar: Grammar) -> str:
    tokens, place = _tokens(compact), _place_of_misfit(compact, grammar)
    parts = _parts_for(tokens, grammar)
    if place < min(len(tokens), len(parts)):
        part = parts[place]
        return f"part {place + 1} is “{say.shown(tokens[place])}”, but {part.words} ({part.shape}) must stand there."
    if len(tokens) > len(parts):
        return f"“{say.shown(tokens[len(parts)])}” stands after {parts[-1].words}, where the serial ends."
    if len(tokens) < len(parts):
        return f"{parts[len(tokens)].words} is missing (part {len(tokens) + 1} of {len(parts)})."
    return "every part fits, but the marks between them do not."


def _tokens(compact: str) -> list[str]:
    """The parts; underscores part only the identifiers of registries that use them."""
    return compact.split("_", 1) if compact[3:4] == "_" else [each for each in SEPARATORS.split(compact) if each]


def _own(before: str) -> str:
    """What of the mark between two parts belongs to the second, such as GS before a project."""
    return before.strip("-_ ").removeprefix("TO")
