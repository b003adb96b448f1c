"""Country names as workbooks write them, to ISO 3166 alpha-2 codes.

Names are those of ISO, of the United Nations and of the template's drop-down list; codes that
ISO has withdrawn, and the template's mislabelled Antarctica, are left out on purpose.
"""

from __future__ import annotations

import csv
import unicodedata
from functools import cache

from verification.accounting.categories import DATA


def country_code(name_or_code: str) -> str:
    """The alpha-2 code of a name or code, or empty where it is not one."""
    folded = _folded(name_or_code)
    return _codes().get(folded, "")


def country_name(code: str) -> str:
    """A name under which ``country_code`` finds ``code``, or empty."""
    return _names().get(code, "")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).replace("’", "'")
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().split())


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in _rows():
        found[_folded(name)] = found[_folded(code)] = code
    return found


@cache
def _names() -> dict[str, str]:
    return dict(reversed(_rows()))


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["code"], row["name"]) for row in csv.DictReader(file))
