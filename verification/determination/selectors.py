"""Reading approved values. The register of approved values is public; drafts never reach this room."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from verification.determination.models import Override, PriceCredit
from verification.determination.tables import ApprovedOverride, Overrides
from verification.kernel.spans import Span


def quantity_left(override: Override) -> Decimal | None:
    """Tonnes that the verified quantity still covers; ``None`` where no quantity was verified.

    Drawings come with importers' declarations; until there are any, everything is left.
    """
    return override.verified_quantity_t


def public_overrides_known_at(
    instant: datetime, *, scheme: str = "", installation_code: str = "", legal_date: date | None = None
) -> QuerySet[Override]:
    """Approved values that the authority held to be in force at the instant."""
    found = Override.objects.filter(Q(known_to=None) | Q(known_to__gt=instant), known_from__lte=instant)
    if scheme:
        found = found.filter(scheme__code=scheme)
    if installation_code:
        found = found.filter(installation_id=installation_code)
    if legal_date:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gt=legal_date), valid_from__lte=legal_date)
    return found.order_by("installation_id", "good_code", "valid_from")


def public_history_of(installation_code: str) -> QuerySet[Override]:
    """Everything ever held about an installation, in the order in which it became known."""
    return Override.objects.filter(installation_id=installation_code).order_by("known_from", "valid_from")


def overrides_for_engine(scheme: str, installation_codes: list[str]) -> Overrides:
    """All approved values of the installations, past ones too: the engine judges the two times itself."""
    found: dict[str, list[ApprovedOverride]] = defaultdict(list)
    rows = Override.objects.filter(scheme__code=scheme, installation_id__in=installation_codes)
    for row in rows.order_by("known_from", "pk"):
        found[row.installation_code].append(for_engine(row))
    return {code: tuple(overrides) for code, overrides in found.items()}


def for_engine(row: Override) -> ApprovedOverride:
    return ApprovedOverride(
        id=str(row.pk),
        installation=row.installation_code,
        good_code=row.good_code,
        category=row.category,
        route=row.route,
        variant=row.variant,
        span=Span(row.valid_from, row.valid_to),
        known_from=row.known_from,
        known_to=row.known_to,
        see_direct=row.see_direct,
        see_indirect=row.see_indirect,
        see_total=row.see_total,
        unit=row.unit,
        verified_quantity_t=row.verified_quantity_t,
        quantity_left_t=quantity_left(row),
        certificate=row.certificate_number or "",
        reference=row.reference,
    )


def public_price_credits_known_at(
    instant: datetime, *, scheme: str = "", installation_code: str = "", legal_date: date | None = None
) -> QuerySet[PriceCredit]:
    """Carbon price credits that the authority held to be in force at the instant."""
    found = PriceCredit.objects.filter(Q(known_to=None) | Q(known_to__gt=instant), known_from__lte=instant)
    if scheme:
        found = found.filter(scheme__code=scheme)
    if installation_code:
        found = found.filter(installation_id=installation_code)
    if legal_date:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gt=legal_date), valid_from__lte=legal_date)
    return found.order_by("installation_id", "good_code", "instrument", "valid_from")
