"""Goods of a carbon price claim, taken from the values that were approved for its installation."""

from __future__ import annotations

from django.db import transaction

from verification.audit.actors import Actor
from verification.claims.enums import ValueBasis
from verification.claims.models import Claim
from verification.claims.services.prices import save_price_row
from verification.determination.models import Override
from verification.determination.selectors import public_overrides_known_at
from verification.kernel import clock
from verification.reference.selectors import known_goods


def approved_goods(claim: Claim) -> list[Override]:
    """Approved values of the installation for the claim's period whose goods the claim does not name yet."""
    named = set(claim.pricedgood_rows.values_list("code", flat=True))
    known = public_overrides_known_at(
        clock.now(), scheme=claim.scheme, installation_code=claim.site.code, legal_date=claim.period_start
    )
    return [row for row in known if row.good_code and row.good_code not in named]


@transaction.atomic
def take_approved_goods(claim: Claim, *, actor: Actor) -> int:
    """Add a row for each approved value, with its certificate; what the installation paid for stays to be said.

    A good that is made by several routes comes once, with the highest value: the price then never counts for more
    emissions than any of the goods has.
    """
    highest: dict[str, Override] = {}
    for row in approved_goods(claim):
        standing = highest.get(row.good_code)
        if standing is None or row.see_total > standing.see_total:
            highest[row.good_code] = row
    words = known_goods(claim.scheme, claim.period_start)
    for code, row in sorted(highest.items()):
        values = {
            "code": code,
            "description": words.get(code, "")[:300],
            "quantity_t": row.verified_quantity_t,
            "see_tco2e_per_t": row.see_total,
            "basis": ValueBasis.ACTUAL,
            "certificate_number": row.certificate_number or "",
        }
        save_price_row(claim, "goods", actor=actor, values=values)
    return len(highest)
