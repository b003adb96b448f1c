"""The background work of this room."""

from __future__ import annotations

from typing import Any

from verification.disclosure.services import tell_of_revocation
from verification.jobs.handlers import handles


@handles("disclosure.tell_of_revocation")
def tell(payload: dict[str, Any]) -> dict[str, Any]:
    return {"told": tell_of_revocation(payload["claim"])}
