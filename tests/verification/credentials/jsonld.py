"""JSON-LD expansion as a strict reader does it: a term without meaning is an error, nothing is fetched."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld

from tests.verification.credentials import untp

DATA = Path(__file__).parents[2] / "data" / "credentials"
RELATIVE = "https://relative.invalid/"
"""What a name without a meaning of its own is resolved against."""
V2_ADDRESS = "https://www.w3.org/ns/credentials/v2"


class UndefinedTerm(ValueError):
    """A property was dropped, or a name stayed relative."""


@cache
def _contexts() -> dict[str, Any]:
    return {V2_ADDRESS: json.loads((DATA / "credentials-v2.jsonld").read_text()), untp.CONTEXT_ADDRESS: untp.context()}


def expand(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Raises ``UndefinedTerm``; ``JsonLdError`` for a context that is not at hand."""

    def dropped(name: Any) -> None:
        raise UndefinedTerm(f"{name} has no meaning")

    expanded = jsonld.expand(document, {"documentLoader": _load, "base": RELATIVE}, dropped)
    _demand_absolute(expanded)
    return expanded


def _load(address: str, options: Any = None) -> dict[str, Any]:
    return {
        "contextUrl": None,
        "documentUrl": address,
        "contentType": "application/ld+json",
        "document": _contexts()[address],
    }


def _demand_absolute(expanded: list[dict[str, Any]]) -> None:
    found = json.dumps(expanded)
    if RELATIVE in found:
        name = found.partition(RELATIVE)[2].partition('"')[0]
        raise UndefinedTerm(f"{name} is a relative name")
