"""JSON read strictly: no name twice, no number that is not finite, and numbers kept as they are written."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from verification.accounting.exchange.catalogue import problem
from verification.kernel.errors import Problem

LONGEST_NUMBER = 100


class JsonRefused(ValueError):
    """The text is no JSON that can be taken; ``problem`` says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


def parse_json(content: bytes) -> Any:
    """The value, with numbers as text. Raises ``JsonRefused``."""
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_constant,
        )
    except UnicodeDecodeError as error:
        raise JsonRefused(problem("EXC-015", "The file is not UTF-8.", found=f"byte {error.start}")) from None
    except json.JSONDecodeError as error:
        message = f"The file is no JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        raise JsonRefused(problem("EXC-020", message, cell=f"line {error.lineno}")) from None
    except RecursionError:
        raise JsonRefused(problem("EXC-020", "The values are nested too deeply.")) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise JsonRefused(problem("EXC-019", f"The name {twice[:60]!r} is given twice in one object.", found=twice))
    return found


def _number(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        message = f"A number has {len(text)} characters."
        raise JsonRefused(problem("EXC-021", message, found=text[:40], expected=f"at most {LONGEST_NUMBER}"))
    return text


def _constant(text: str) -> NoReturn:
    raise JsonRefused(problem("EXC-021", f"{text} is no number.", found=text, expected="a finite number"))
