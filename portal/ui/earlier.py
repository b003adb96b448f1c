"""Values approved before for the same installation and customs code, year by year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.ui.charts.years import YearValue
from portal.ui.goods import ReadGood, goods_of
from portal.ui.templatetags.ui import percent
from verification.claims.enums import ClaimState
from verification.claims.models import Claim, Decision
from verification.database.kept import Given, Kept
from verification.kernel.quantities import exact, round_half_up

MOST_YEARS = 8
SHARE_DECIMALS = 3


@dataclass(frozen=True)
class EarlierGoods:
    """What was approved for one period: the goods of the snapshot that was decided on."""

    year: int
    claim_number: str
    goods: Sequence[ReadGood]


def approved_before(claim: Claim) -> list[EarlierGoods]:
    """The oldest period first, of each the claim decided last; the caller may see ``claim``.

    An approval of the claim's own period counts where this claim amends or replaces it. A claim of another
    organisation is never shown, also where the installation was its own once.
    """
    decisions = DECISIONS_BEFORE.rows(
        claim=claim.pk,
        amends=claim.amends_id,
        installation=claim.site.pk,
        organisation=claim.organisation_id,
        scheme=claim.scheme,
        starts_on=claim.period_start,
    )
    last_by_period = {start: (number, content) for start, number, content in decisions}
    return [
        EarlierGoods(start.year, number, goods_of(json.loads(content)["reading"]))
        for start, (number, content) in sorted(last_by_period.items())[-MOST_YEARS:]
    ]


DECISIONS_BEFORE = Kept(
    lambda: (
        Decision.objects.filter(
            claim__installation_id=Given("installation"),
            claim__organisation_id=Given("organisation"),
            claim__scheme=Given("scheme"),
            claim__state__in=(ClaimState.APPROVED, ClaimState.EXPIRED, ClaimState.SUPERSEDED),
        )
        .filter(Q(claim__period_start__lt=Given("starts_on")) | Q(claim_id=Given("amends")))
        .exclude(claim_id=Given("claim"))
        .order_by("decided_at", "pk")
        .values_list("claim__period_start", "claim__number", "snapshot__content")
    )
)


def years_of(claim: Claim, good: ReadGood, earlier: Sequence[EarlierGoods]) -> list[YearValue]:
    """The good's values, this claim's own last. Years in which it was not among the goods are left out."""
    found = []
    for before in earlier:
        same = same_good(good, before.goods)
        if same is None or same.value is None:
            continue
        label = (
            str(before.year)
            if before.year != claim.period_start.year
            else _("%(year)s, approved before") % {"year": before.year}
        )
        found.append(YearValue(label, same.value, same.default_value, before.claim_number))
    if good.value is not None:
        found.append(YearValue(str(claim.period_start.year), good.value, good.default_value, claim.number, is_now=True))
    return found


def same_good(good: ReadGood, others: Sequence[ReadGood]) -> ReadGood | None:
    """The good of the same code and unit; where several have it, the one of the same process, or none."""
    alike = [other for other in others if (other.code, other.unit) == (good.code, good.unit)]
    if len(alike) > 1:
        alike = [other for other in alike if other.process == good.process]
    return alike[0] if len(alike) == 1 else None


def change_in_words(years: Sequence[YearValue]) -> str:
    """How the last value stands to the one before: "6.0 % lower than 2026"; empty where there is none before."""
    if len(years) < 2 or not years[-1].is_now:
        return ""
    before, now = years[-2], years[-1]
    if before.value == now.value:
        return _("The same as %(year)s.") % {"year": before.label}
    if not before.value:
        return _("Higher than %(year)s, when it was zero.") % {"year": before.label}
    with exact():
        change = (now.value - before.value) / before.value
    share = abs(change)
    if not round_half_up(share, SHARE_DECIMALS):
        words = (
            _("Less than 0.1 %% lower than %(year)s.") if change < 0 else _("Less than 0.1 %% higher than %(year)s.")
        )
        return words % {"year": before.label}
    words = _("%(share)s lower than %(year)s.") if change < 0 else _("%(share)s higher than %(year)s.")
    return words % {"share": percent(share), "year": before.label}
