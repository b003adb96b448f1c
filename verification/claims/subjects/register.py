"""What the scheme's reference data say about the goods and precursors of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from verification.checks.model import PrecursorPart, ReportPart
from verification.claims.models import Claim
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import DEFAULT_VALUE_DECIMALS, exact, round_half_up
from verification.reference.enums import OTHER_COUNTRIES
from verification.reference.models import DefaultValue
from verification.reference.selectors import (
    countries,
    goods,
    kept_by_release,
    public_default_values,
    year_factors,
)

ZERO_RATED = ("domestic", "exempt")
LIST_DIGITS = 8


def list_categories(claim: Claim, codes: Sequence[str]) -> dict[str, str]:
    """Category codes under which the scheme's list has the goods on the last day of the period."""
    digits = frozenset(code[:LIST_DIGITS] for code in codes)
    return dict(_list_categories(claim.scheme, _last_day(claim), digits))


@kept_by_release
def _list_categories(scheme: str, day: date, digits: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(goods(scheme, day).filter(cn_code__in=digits).values_list("cn_code", "category__code"))


def zero_rated_countries(claim: Claim) -> frozenset[str]:
    """Countries whose goods carry the scheme's carbon price already, or are exempt from it."""
    return _zero_rated_countries(claim.scheme, _last_day(claim))


@kept_by_release
def _zero_rated_countries(scheme: str, day: date) -> frozenset[str]:
    return frozenset(countries(scheme, day).filter(standing__in=ZERO_RATED).values_list("iso2", flat=True))


def precursor_defaults(claim: Claim, report: ReportPart) -> dict[str, tuple[Decimal, ...]]:
    """By precursor: default values of the table that may stand for it, with and without mark-up.

    The act prints totals and, for information, direct values; either may have been used. A precursor
    without code or country, and one for which the table has nothing, is left out.
    """
    asked = [item for item in report.precursors if item.see_direct_source == "default" and item.cn and item.country]
    found = {item.id: _defaults(claim, item) for item in asked}
    return {name: values for name, values in found.items() if values}


def _defaults(claim: Claim, precursor: PrecursorPart) -> tuple[Decimal, ...]:
    row = _row(claim, precursor)
    if row is None:
        return ()
    mark_up = _mark_up(claim, precursor.cn)
    bases = [value for value in (row.total, row.direct) if value is not None]
    with exact():
        marked = [round_half_up(base * (1 + mark_up), DEFAULT_VALUE_DECIMALS) for base in bases] if mark_up else []
    return tuple(dict.fromkeys([*bases, *marked]))


def _row(claim: Claim, precursor: PrecursorPart) -> DefaultValue | None:
    """The row with the longest code for the country, else for other countries."""
    for country in (precursor.country, OTHER_COUNTRIES):
        try:
            rows = public_default_values(
                claim.scheme, _last_day(claim), country=country, code=precursor.cn, values_only=True
            )
            above = [row for row in rows if precursor.cn.startswith(row.cn_prefix)]
        except MissingReference:
            return None
        if above:
            return max(above, key=lambda row: len(row.cn_prefix))
    return None


def _mark_up(claim: Claim, code: str) -> Decimal | None:
    good = goods(claim.scheme, _last_day(claim)).filter(cn_code=code[:LIST_DIGITS]).first()
    if good is None:
        return None
    try:
        parameter = year_factors(claim.scheme, claim.period_start.year).mark_up_by_sector.get(good.category.sector)
    except MissingReference:
        return None
    return parameter.value if parameter else None


def _last_day(claim: Claim) -> date:
    return claim.period_end - timedelta(days=1)
