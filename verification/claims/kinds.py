"""One manifest per kind of claim. Nothing else in the room switches on the kind.

What follows an approval stands in higher rooms: overrides, the units' ledger, the certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from verification.checks.catalogue import AnySubject
from verification.claims.comparison import Change, changes_between, changes_of_any
from verification.claims.content import emissions_content
from verification.claims.enums import ClaimKind
from verification.claims.models import Claim, VerificationStatement
from verification.claims.price_content import price_content, price_gaps
from verification.claims.subjects.emissions import subject_of
from verification.claims.subjects.price import price_subject
from verification.claims.subjects.sealed import SealedContent
from verification.claims.subjects.units import unit_subject
from verification.claims.unit_comparison import unit_changes
from verification.claims.unit_content import unit_content
from verification.evidence.enums import Purpose
from verification.kernel.errors import Problem


def _no_gaps(claim: Claim) -> list[Problem]:
    """Whatever such a claim lacks, its checks say."""
    return []


@dataclass(frozen=True)
class KindManifest:
    """``needs_verifier``: numbers are sealed for a verifier and sent once it has confirmed them; without, sending
    seals. ``holds_blocks``: serials are reserved while the claim is examined. ``page`` names the producer's page.
    ``changes`` tells two sealed contents of the kind apart; ``gaps`` what else keeps a claim from being sent,
    beside the checks."""

    kind: ClaimKind
    number_prefix: str
    content: Callable[[Claim], dict[str, Any]]
    subject: Callable[[Claim, SealedContent, VerificationStatement | None], AnySubject]
    purposes: tuple[Purpose, ...]
    page: str
    needs_verifier: bool = False
    holds_blocks: bool = False
    changes: Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[Change, ...]] = changes_between
    gaps: Callable[[Claim], list[Problem]] = _no_gaps


_OF_UNITS = (Purpose.RETIREMENT_CERTIFICATE, Purpose.LETTER_OF_AUTHORISATION, Purpose.REGISTRY_EXPORT)
_OF_PRICES = (Purpose.PRICE_RECEIPTS, Purpose.PRICE_CERTIFICATION, Purpose.REBATE_PROOF)
_OF_EMISSIONS = tuple(purpose for purpose in Purpose if purpose not in (*_OF_UNITS, *_OF_PRICES))
_PRICE_PURPOSES = (
    *_OF_PRICES,
    Purpose.RETIREMENT_CERTIFICATE,
    Purpose.PRECURSOR_CERTIFICATE,
    Purpose.TRANSLATION,
    Purpose.OTHER,
)
_UNIT_PURPOSES = (*_OF_UNITS, Purpose.TRANSLATION, Purpose.OTHER)

MANIFESTS: dict[str, KindManifest] = {
    manifest.kind: manifest
    for manifest in (
        KindManifest(
            ClaimKind.EMISSIONS,
            "EC",
            emissions_content,
            subject_of,
            _OF_EMISSIONS,
            "/producer/claims/",
            needs_verifier=True,
        ),
        KindManifest(
            ClaimKind.UNITS,
            "UC",
            unit_content,
            unit_subject,
            _UNIT_PURPOSES,
            "/units/claims/",
            holds_blocks=True,
            changes=unit_changes,
        ),
        KindManifest(
            ClaimKind.CARBON_PRICE,
            "PC",
            price_content,
            price_subject,
            _PRICE_PURPOSES,
            "/producer/prices/",
            holds_blocks=True,
            gaps=price_gaps,
            changes=changes_of_any,
        ),
    )
}


def manifest_of(claim: Claim) -> KindManifest:
    """Raises ``LookupError`` for a kind that the portal does not take yet."""
    if claim.kind not in MANIFESTS:
        raise LookupError(f"Claims of the kind {claim.kind} have no manifest.")
    return MANIFESTS[claim.kind]


def content_of(claim: Claim) -> dict[str, Any]:
    """The record to seal: who, what, when, and everything that the decision is about."""
    return manifest_of(claim).content(claim)


def address_of(claim: Claim) -> str:
    """Where its claimant finds it."""
    return f"{manifest_of(claim).page}{claim.pk}/"
