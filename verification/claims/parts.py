"""Approving some goods of an emissions claim and not others. What is left out stays on its default value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from verification.claims.enums import ClaimKind, RecommendationKind
from verification.claims.models import Claim, Snapshot
from verification.kernel.errors import InvalidInput, Problem

KEY = ("cn", "route", "variant", "process")


def key_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in KEY)


def left_out_of(
    claim: Claim, snapshot: Snapshot, kind: RecommendationKind, left_out: Sequence[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """The goods left out, each with its reason, as they are kept.

    Raises ``InvalidInput`` where a partial approval of an emissions claim leaves out nothing or everything, a good
    is not sealed in ``snapshot``, or a reason is missing; and where goods are left out of anything else.
    """
    is_partial = claim.kind == ClaimKind.EMISSIONS and kind == RecommendationKind.IN_PART
    if not is_partial:
        if left_out or (kind == RecommendationKind.IN_PART and claim.kind == ClaimKind.CARBON_PRICE):
            raise InvalidInput("Nothing can be left out here.", [_problem("Only goods of an emissions claim can be.")])
        return []
    sealed = {key_of(row) for row in json.loads(snapshot.content)["reading"]["goods"]}
    problems = []
    for row in left_out:
        if key_of(row) not in sealed:
            problems.append(_problem(f"{row.get('cn')} by this route is not in the sealed numbers."))
        elif not str(row.get("reason") or "").strip():
            problems.append(_problem(f"Say why {row['cn']} is not approved.", f"reason_{row['cn']}"))
    chosen = {key_of(row) for row in left_out}
    if not chosen:
        problems.append(_problem("Choose the goods that are not approved."))
    elif chosen == sealed:
        problems.append(_problem("Every good is left out: refuse the claim instead."))
    if problems:
        raise InvalidInput("The partial approval is not complete.", problems)
    return [{name: str(row.get(name) or "") for name in (*KEY, "reason")} for row in left_out]


def without(content: Mapping[str, Any], left_out: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Sealed content with the approved goods alone."""
    gone = {key_of(row) for row in left_out}
    reading = content["reading"]
    goods = [row for row in reading["goods"] if key_of(row) not in gone]
    return {**content, "reading": {**reading, "goods": goods}}


def _problem(message: str, field: str = "left_out") -> Problem:
    return Problem("block", "REV-021", message, "Correct the choice of goods.", field=field)
