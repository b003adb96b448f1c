"""How officials see each kind of claim: one row per kind. Nothing else on their pages switches on the kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from portal.official.access import sent_claim_or_404
from portal.official.findings import PageOfClaim
from portal.official.numbers import emissions_effect, emissions_panel, emissions_words
from portal.official.price_panel import price_effect, price_panel, price_words
from portal.official.unit_panel import units_effect, units_panel, units_words
from verification.audit.actors import Actor
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim, Snapshot


@dataclass(frozen=True)
class OfficialKind:
    """``about``, ``numbers``, ``decision`` and ``below`` are parts of templates, filled by ``panel`` and ``effect``.

    ``effect`` says what an approval would do: under ``outcomes`` which approvals can be offered, under
    ``fingerprint`` what must not change between reading and signing, under ``done`` what is said afterwards.
    ``words`` fill an approved wording. ``has_reports``: legal reports and a
    computation belong to the kind.
    """

    about: str
    numbers: str
    decision: str
    panel: Callable[[PageOfClaim], dict[str, Any]]
    effect: Callable[[Claim, Mapping[str, Any]], dict[str, Any]]
    words: Callable[[Claim, Snapshot], dict[str, str]]
    below: str = ""
    has_reports: bool = False


KINDS: dict[str, OfficialKind] = {
    ClaimKind.EMISSIONS: OfficialKind(
        about="official/parts/about_emissions.html",
        numbers="official/parts/numbers.html",
        decision="official/parts/decision_emissions.html",
        panel=emissions_panel,
        effect=emissions_effect,
        words=emissions_words,
        has_reports=True,
    ),
    ClaimKind.UNITS: OfficialKind(
        about="official/parts/about_units.html",
        numbers="official/parts/units.html",
        below="official/parts/unit_blocks.html",
        decision="official/parts/decision_units.html",
        panel=units_panel,
        effect=units_effect,
        words=units_words,
    ),
    ClaimKind.CARBON_PRICE: OfficialKind(
        about="official/parts/about_price.html",
        numbers="official/parts/price.html",
        decision="official/parts/decision_price.html",
        panel=price_panel,
        effect=price_effect,
        words=price_words,
    ),
}


def reported_claim_or_404(actor: Actor, pk: object) -> Claim:
    """A sent claim of a kind that has legal reports and a computation; for others those pages do not exist."""
    claim = sent_claim_or_404(actor, pk)
    if not kind_of(claim).has_reports:
        raise Http404
    return claim


def kind_of(claim: Claim) -> OfficialKind:
    """Raises ``LookupError`` for a kind that has no page for officials yet."""
    if claim.kind not in KINDS:
        raise LookupError(f"Claims of the kind {claim.kind} have no page for officials.")
    return KINDS[claim.kind]
