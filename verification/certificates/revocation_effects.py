"""What a revocation would touch: looked at before it is proposed, and again before it is signed. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet, Sum

from verification.certificates.models import Certificate
from verification.claims.enums import BlockState, ClaimKind, ClaimState, ReversalOutcome
from verification.claims.models import AnswerRow, Claim, PricedGood
from verification.claims.workflow import OPEN_STATES
from verification.determination.models import Override, PriceCredit
from verification.determination.selectors import public_overrides_known_at, public_price_credits_known_at
from verification.kernel import clock
from verification.ledger.selectors import account_of

MOST_CLAIMS = 50
Row = TypeVar("Row", Override, PriceCredit)
STANDING_ON = frozenset({ClaimState.DRAFT, ClaimState.APPROVED, ClaimState.EXPIRED}) | OPEN_STATES
"""A claim in one of these states still says something with the values that it took over."""


@dataclass(frozen=True)
class Ending(Generic[Row]):
    """What held from ``holds_from`` to before ``held_to``, and once it is revoked to before ``holds_to``.

    ``holds_to`` is ``None`` where no day is left.
    """

    row: Row
    holds_from: date
    held_to: date | None
    holds_to: date | None


@dataclass(frozen=True)
class LostUnits:
    """Whole tonnes of the claimant's account: ``lost_t`` cannot be drawn any more; what was drawn stays drawn."""

    accepted_t: int
    lost_t: int
    drawn_t: int


@dataclass(frozen=True)
class RevocationEffects:
    values: tuple[Ending[Override], ...]
    credits: tuple[Ending[PriceCredit], ...]
    units: LostUnits | None
    claims: tuple[Claim, ...]
    more_claims: int

    @property
    def is_nothing(self) -> bool:
        return not (self.values or self.credits or self.units or self.claims)


def effects_of_revocation(certificate: Certificate, effective_on: date) -> RevocationEffects:
    """As of now, with effect from a day. The caller has checked that the certificate may be seen."""
    standing = claims_standing_on(certificate)
    claims = tuple(standing[:MOST_CLAIMS])
    return RevocationEffects(
        values=tuple(_ended(_values(certificate), effective_on)),
        credits=tuple(_ended(_credits(certificate), effective_on)),
        units=_units(certificate.claim),
        claims=claims,
        more_claims=max(0, standing.count() - len(claims)),
    )


def claims_standing_on(certificate: Certificate) -> QuerySet[Claim]:
    """Claims that took over values of the certificate, for a bought precursor or a priced good; the newest first."""
    deliveries = AnswerRow.objects.filter(section="deliveries", values__certificate_number=certificate.number)
    goods = PricedGood.objects.filter(certificate_number=certificate.number)
    took_over = Q(pk__in=deliveries.values("claim_id")) | Q(pk__in=goods.values("claim_id"))
    claims = Claim.objects.filter(took_over, state__in=STANDING_ON).exclude(pk=certificate.claim_id)
    return claims.select_related("organisation", "installation").defer("reading").order_by("-created_at", "-pk")


def _values(certificate: Certificate) -> Iterable[Override]:
    if certificate.claim.kind != ClaimKind.EMISSIONS:
        return ()
    known = public_overrides_known_at(
        clock.now(), scheme=certificate.claim.scheme, installation_code=certificate.claim.site.code
    )
    return known.filter(certificate_number=certificate.number)


def _credits(certificate: Certificate) -> Iterable[PriceCredit]:
    return public_price_credits_known_at(clock.now()).filter(certificate_number=certificate.number)


def _ended(rows: Iterable[Row], effective_on: date) -> list[Ending[Row]]:
    """Rows that lose days by it."""
    return [
        Ending(row, row.valid_from, row.valid_to, effective_on if effective_on > row.valid_from else None)
        for row in rows
        if row.valid_to is None or effective_on < row.valid_to
    ]


def _units(claim: Claim) -> LostUnits | None:
    """As the revocation itself reckons: block by block, of what was not struck before, while there is any left."""
    account = account_of(claim.organisation, claim.scheme, claim.period_start)
    if claim.kind != ClaimKind.UNITS or account is None:
        return None
    blocks = claim.blocks.filter(state__in=(BlockState.ACCEPTED, BlockState.SUSPENDED))
    accepted_t = blocks.aggregate(tonnes=Sum("quantity"))["tonnes"] or 0
    struck = claim.reversals.filter(block__in=blocks).exclude(outcome=ReversalOutcome.LIFTED)
    struck_t = struck.aggregate(tonnes=Sum("quantity"))["tonnes"] or 0
    return LostUnits(accepted_t, min(accepted_t - struck_t, account.available_t), account.drawn_t)
