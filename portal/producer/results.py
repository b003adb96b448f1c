"""What a reading says, good by good: parts, value, default, difference, worth. Exact numbers, rounded by templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ui.charts import NOT_COUNTED, Part, value_against_default_chart
from portal.ui.templatetags.ui import cn_code, default_value, money, percent, see
from verification.claims.content import decimal_or_none
from verification.claims.models import Claim
from verification.determination.gains import gain_of_verified_value
from verification.determination.obligation import Gain
from verification.determination.services import question_for
from verification.kernel.errors import MissingReference
from verification.kernel.quantities import exact
from verification.reference.selectors import certificate_price

ZERO = Decimal(0)
TONNE = "t"


@dataclass(frozen=True)
class GoodResult:
    """One good of a reading. Specific embedded emissions in tCO2e per ``unit``; ``None`` where not computable.

    ``precursors`` is the part of the direct emissions that came with precursors, made here or bought.
    """

    code: str
    name: str
    process: str
    route: str
    unit: str
    quantity: Decimal | None
    own: Decimal | None
    precursors: Decimal | None
    indirect: Decimal | None
    is_indirect_counted: bool
    value: Decimal | None
    stated: Decimal | None
    stated_difference: Decimal | None
    default: Mapping[str, Any] | None
    default_value: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """The own value less the default; below zero is the better."""
        if self.value is None or self.default_value is None:
            return None
        with exact():
            return self.value - self.default_value

    @property
    def share_below(self) -> Decimal | None:
        """How far below the default, as a share of it."""
        if self.difference is None or not self.default_value:
            return None
        with exact():
            return -self.difference / self.default_value

    @property
    def is_lower(self) -> bool:
        return self.difference is not None and self.difference < 0

    @property
    def unit_label(self) -> str:
        return f"tCO₂e/{self.unit}"


@dataclass(frozen=True)
class Worth:
    """Money per tonne of good after free allocation; ``why`` where there is no amount, or a limit of it."""

    gain: Gain | None = None
    is_at_least: bool = False
    why: str = ""

    @property
    def has_amount(self) -> bool:
        return self.gain is not None and not self.why


def good_results(reading: Mapping[str, Any]) -> list[GoodResult]:
    return [_good(row) for row in reading["goods"]]


def heading_of(goods: Sequence[GoodResult]) -> str:
    """The answer in one line."""
    compared = [good for good in goods if good.difference is not None]
    lower = sum(good.is_lower for good in compared)
    if not any(good.value is not None for good in goods):
        return _("Your value cannot be computed yet")
    if not compared:
        return _("There is no default to compare your value with")
    if len(compared) == 1:
        good = compared[0]
        if good.difference == 0:
            return _("Your value equals the default")
        return _("Your value is lower than the default") if lower else _("Your value is higher than the default")
    if lower == len(compared):
        return _("Your values are lower than the defaults")
    if lower == 0:
        return _("Your values are not lower than the defaults")
    return _("Your value is lower than the default for %(lower)s of %(all)s goods") % {
        "lower": lower,
        "all": len(compared),
    }


def lead_of(good: GoodResult) -> str:
    """The chosen good in one sentence."""
    if good.value is None:
        return _("For %(good)s a number is missing or wrong in the workbook; see the checks below.") % {
            "good": good.name
        }
    reached = _("For %(good)s you reach %(value)s tonnes of CO₂ equivalent per %(unit)s.") % {
        "good": good.name,
        "value": see(good.value),
        "unit": _("tonne") if good.unit == TONNE else good.unit,
    }
    if good.default is None or good.default_value is None:
        return reached
    return f"{reached} " + _("The default (%(place)s) is %(value)s.") % {
        "place": good.default["geography"],
        "value": default_value(good.default_value),
    }


def worth_of(claim: Claim, good: GoodResult) -> Worth:
    """What the value saves an importer per tonne, at the last price published for the period.

    The free allocation that comes with precursors (Implementing Regulation (EU) 2025/2620) is not
    in the workbook. Where the good has any, the amount is a lower limit, and shown as such.
    """
    if good.value is None or good.unit != TONNE:
        return Worth(why=_("There is no value per tonne yet."))
    on = _day_with_price(claim)
    if on is None:
        return Worth(
            why=_("No price of certificates has been published for %(year)s.") % {"year": claim.period_start.year}
        )
    try:
        question = question_for(claim.scheme, good.code, claim.installation.country, legal_date=on)
        gain = gain_of_verified_value(question, good.value)
    except MissingReference as missing:
        return Worth(why=str(missing))
    if _brings_no_precursors(gain):
        return Worth(gain)
    if gain.gain_per_t > 0:
        return Worth(gain, is_at_least=True)
    return Worth(
        gain,
        why=_(
            "The free allocation of this good’s precursors counts too, and the workbook does not hold it; "
            "without it the amount cannot be told."
        ),
    )


def chart_of(good: GoodResult, worth: Worth) -> dict[str, Any] | None:
    """The own value in its parts against default and benchmark; ``None`` where there is nothing to draw."""
    if good.value is None or good.own is None:
        return None
    parts: list[Part] = [(_("Direct, this process"), good.own, "k-1")]
    if good.precursors:
        parts.append((_("Precursors, made here or bought"), good.precursors, "k-3"))
    if good.indirect:
        parts.append(
            (_("Indirect"), good.indirect, "k-2")
            if good.is_indirect_counted
            else (_("Indirect, not counted"), good.indirect, NOT_COUNTED)
        )
    references: list[Part] = []
    mark_up = None
    if good.default_value is not None and good.default is not None:
        references.append((_("Default with mark-up"), good.default_value, "k-4"))
        mark_up = good.default_value - Decimal(good.default["base"])
        if worth.gain and worth.gain.default.benchmark:
            references.append((_("Benchmark with the default"), worth.gain.default.benchmark.value, "k-4"))
        if worth.gain and worth.has_amount and not worth.is_at_least:
            references.append((_("Free allocation with your value"), worth.gain.verified.allocation_per_t, "k-1"))
    values = [value for _label, value, _css in [*parts, *references]]
    if min(values) < 0 or max(values) == 0:
        return None
    return value_against_default_chart(
        parts=parts,
        references=references,
        unit=good.unit_label,
        title=_("Your value beside the default: %(code)s") % {"code": cn_code(good.code)},
        summary=_summary(good),
        mark_up=mark_up,
    )


def figures_of(claim: Claim, good: GoodResult, worth: Worth) -> list[dict[str, str]]:
    """The deciding numbers of the chosen good."""
    figures = [
        {
            "label": _("Your value"),
            "value": see(good.value),
            "unit": good.unit_label if good.value is not None else "",
        },
        {
            "label": _("Default with mark-up %(year)s") % {"year": claim.period_start.year},
            "value": default_value(good.default_value),
            "unit": good.unit_label if good.default_value is not None else "",
        },
        {
            "label": _("Difference"),
            "value": see(good.difference),
            "unit": good.unit_label if good.difference is not None else "",
            "note": _("%(share)s below the default") % {"share": percent(good.share_below)} if good.is_lower else "",
        },
    ]
    if worth.gain and worth.has_amount:
        figures.append(
            {
                "label": _("Worth to importers, at least") if worth.is_at_least else _("Worth to importers"),
                "value": money(worth.gain.gain_per_t),
                "unit": _("per t"),
                "note": _("After free allocation, at %(price)s per tonne of CO₂")
                % {"price": money(worth.gain.price.value)},
            }
        )
    return figures


def problem_count_words(count: int) -> str:
    return ngettext("%(count)s thing stops you from sending", "%(count)s things stop you from sending", count) % {
        "count": count
    }


def _good(row: Mapping[str, Any]) -> GoodResult:
    is_direct_only = row["scope"] == "direct"
    key = "see_direct" if is_direct_only else "see_total"
    direct, own = decimal_or_none(row["see_direct"]), decimal_or_none(row["see_direct_own"])
    with exact():
        precursors = direct - own if direct is not None and own is not None else None
    default = row["default"]
    return GoodResult(
        code=row["cn"],
        name=row["name"] or row["description"],
        process=row["process"],
        route=row["route"],
        unit=row["unit"],
        quantity=decimal_or_none(row["quantity"]),
        own=own,
        precursors=precursors,
        indirect=decimal_or_none(row["see_indirect"]),
        is_indirect_counted=not is_direct_only,
        value=decimal_or_none(row["see_applicable"]),
        stated=decimal_or_none(row["stated"].get(key)),
        stated_difference=decimal_or_none(row["difference"].get(key)),
        default=default,
        default_value=Decimal(default["value"]) if default else None,
    )


def _day_with_price(claim: Claim) -> date | None:
    """The last day of the reporting period for which a price has been published; prices come by quarter."""
    day = claim.period_end - timedelta(days=1)
    while day >= claim.period_start:
        try:
            certificate_price(claim.scheme, day)
        except MissingReference:
            first_of_quarter = day.replace(month=day.month - (day.month - 1) % 3, day=1)
            day = first_of_quarter - timedelta(days=1)
        else:
            return day
    return None


def _brings_no_precursors(gain: Gain) -> bool:
    """Columns A and B give the same benchmark: nothing of it belongs to a precursor."""
    own, whole = gain.verified.benchmark, gain.default.benchmark
    return own is None or whole is None or own.value == whole.value


def _summary(good: GoodResult) -> str:
    if good.difference is None:
        sentence = _("%(good)s reaches %(value)s %(unit)s.") % {
            "good": good.name, "value": see(good.value), "unit": good.unit_label,
        }  # fmt: skip
    else:
        words = _("below") if good.is_lower else _("above")
        share = abs(good.share_below) if good.share_below is not None else ZERO
        sentence = _("%(good)s reaches %(value)s %(unit)s, %(share)s %(words)s the default of %(default)s.") % {
            "good": good.name, "value": see(good.value), "unit": good.unit_label, "share": percent(share),
            "words": words, "default": default_value(good.default_value),
        }  # fmt: skip
    if good.indirect and not good.is_indirect_counted:
        sentence += " " + _("Indirect emissions are recorded and not counted for this good.")
    return sentence
