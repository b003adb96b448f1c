"""Whether an accreditation holds on a day and covers a sector. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AccreditationStanding:
    """``holds`` with the reason in words when it does not.

    ``state`` is ``valid``, ``not_started``, ``expired``, ``suspended``, ``withdrawn`` or ``out_of_scope``.
    """

    holds: bool
    why: str = ""
    state: str = "valid"


def standing_on(
    day: date,
    *,
    valid_from: date,
    valid_to: date,
    sectors: Iterable[str],
    measures: Iterable[tuple[str, date]],
    sector: str | None = None,
) -> AccreditationStanding:
    """Standing on ``day``; ``measures`` are (kind, effective_on) in order.

    A suspension takes effect on its notification (Delegated Regulation (EU) 2025/2551, Article 9(6)).
    """
    if day < valid_from:
        return AccreditationStanding(False, f"the accreditation starts only on {valid_from.isoformat()}", "not_started")
    if day >= valid_to:
        return AccreditationStanding(False, f"the accreditation ended before {valid_to.isoformat()}", "expired")
    state = "reinstated"
    for kind, effective_on in measures:
        if effective_on <= day and state != "withdrawn":
            state = kind
    if state != "reinstated":
        return AccreditationStanding(False, f"the accreditation was {state} on that day", state)
    if sector is not None and sector not in set(sectors):
        return AccreditationStanding(False, f"the accreditation does not cover the sector {sector}", "out_of_scope")
    return AccreditationStanding(True)
