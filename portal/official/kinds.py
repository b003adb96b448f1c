"""How officials see each kind of claim: one row per kind. Nothing else on their pages switches on the kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from portal.official.forms import DecisionForm
from portal.official.goods_panel import emissions_decision, emissions_numbers
from portal.official.rows import FindingRow
from portal.official.unit_changes import changes_of_units
from portal.official.unit_panel import units_decision, units_numbers
from verification.claims.comparison import Change, changes_between
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim


@dataclass(frozen=True)
class PageOfClaim:
    """What the panels of a claim's page are made from."""

    request: HttpRequest
    claim: Claim
    content: Mapping[str, Any]
    findings: Sequence[FindingRow]
    may_judge: bool


@dataclass(frozen=True)
class OfficialKind:
    """``about``, ``numbers`` and ``decision`` are parts of templates; the functions fill them.

    ``effect`` is what an approval would do, ``outcomes`` the decisions that can be offered then. ``changes`` compares
    two sealed contents. ``has_reports``: legal reports and a computation belong to the kind.
    """

    about: str
    numbers: str
    decision: str
    panel: Callable[[PageOfClaim], dict[str, Any]]
    effect: Callable[[Claim, Mapping[str, Any]], dict[str, Any]]
    changes: Callable[[Mapping[str, Any], Mapping[str, Any]], Sequence[Change]]
    has_reports: bool = False


KINDS: dict[str, OfficialKind] = {
    ClaimKind.EMISSIONS: OfficialKind(
        "official/parts/about_emissions.html",
        "official/parts/numbers.html",
        "official/parts/decision_emissions.html",
        emissions_numbers,
        emissions_decision,
        changes_between,
        has_reports=True,
    ),
    ClaimKind.UNITS: OfficialKind(
        "official/parts/about_units.html",
        "official/parts/units.html",
        "official/parts/decision_units.html",
        units_numbers,
        units_decision,
        changes_of_units,
    ),
}


def kind_of(claim: Claim) -> OfficialKind:
    """Raises ``LookupError`` for a kind that has no page for officials yet."""
    if claim.kind not in KINDS:
        raise LookupError(f"Claims of the kind {claim.kind} have no page for officials.")
    return KINDS[claim.kind]
