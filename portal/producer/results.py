"""What a reading says, good by good: parts, value, default, difference, worth. Exact numbers, rounded by templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ui.goods import TONNE, ReadGood
from portal.ui.pictures import comparison_picture
from portal.ui.references import Reference
from portal.ui.templatetags.ui import cn_code, currency, default_value, money, percent, see
from verification.claims.models import Claim
from verification.determination.gains import gain_of_verified_value
from verification.determination.obligation import Gain
from verification.determination.services import question_for
from verification.determination.snapshot import Snapshot, snapshot_of
from verification.kernel.errors import InvalidInput, MissingReference
from verification.reference.selectors import certificate_price, published_release


@dataclass(frozen=True)
class Worth:
    """Money per tonne of good after free allocation; ``why`` where there is no amount, or a limit of it."""

    gain: Gain | None = None
    is_at_least: bool = False
    why: str = ""

    @property
    def has_amount(self) -> bool:
        return self.gain is not None and not self.why


def heading_of(goods: Sequence[ReadGood]) -> str:
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


def lead_of(good: ReadGood) -> str:
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


def worths_of(claim: Claim, goods: Sequence[ReadGood]) -> list[Worth]:
    """What each value saves an importer per tonne, at the last price published for the period.

    The free allocation that comes with precursors (Implementing Regulation (EU) 2025/2620) is not
    in the workbook. Where the good has any, the amount is a lower limit, and shown as such.
    """
    on = _day_with_price(claim)
    if on is None:
        words = _("No price of certificates has been published for %(year)s.") % {"year": claim.period_start.year}
        return [Worth(why=words if _has_value_per_tonne(good) else _no_value()) for good in goods]
    snapshot = snapshot_of(published_release(claim.scheme))
    return [_worth_on(claim, good, on, snapshot) for good in goods]


def _worth_on(claim: Claim, good: ReadGood, on: date, snapshot: Snapshot) -> Worth:
    if good.value is None or not _has_value_per_tonne(good):
        return Worth(why=_no_value())
    try:
        question = question_for(claim.scheme, good.code, claim.site.country, legal_date=on)
        gain = gain_of_verified_value(question, good.value, snapshot=snapshot)
    except (MissingReference, InvalidInput) as reason:
        return Worth(why=str(reason))
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


def _has_value_per_tonne(good: ReadGood) -> bool:
    return good.value is not None and good.unit == TONNE


def _no_value() -> str:
    return _("There is no value per tonne yet.")


def chart_of(good: ReadGood, references: Sequence[Reference]) -> dict[str, Any] | None:
    """The own value in its parts against default and benchmarks; ``None`` where there is nothing to draw."""
    return comparison_picture(
        good,
        references,
        title=_("Your value beside the default: %(code)s") % {"code": cn_code(good.code)},
        value_label=_("Your value"),
        summary=_summary(good),
        chart_id="chart",
    )


def figures_of(claim: Claim, good: ReadGood, worth: Worth) -> list[dict[str, str]]:
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
                "value": money(worth.gain.gain_per_t, currency(worth.gain.price.unit)),
                "unit": _("per t"),
                "note": _("After free allocation, at %(price)s per tonne of CO₂")
                % {"price": money(worth.gain.price.value, currency(worth.gain.price.unit))},
            }
        )
    return figures


def problem_count_words(count: int) -> str:
    return ngettext("%(count)s thing stops you from sending", "%(count)s things stop you from sending", count) % {
        "count": count
    }


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


def _summary(good: ReadGood) -> str:
    if good.difference is None:
        sentence = _("%(good)s reaches %(value)s %(unit)s.") % {
            "good": good.name, "value": see(good.value), "unit": good.unit_label,
        }  # fmt: skip
    else:
        words = _("below") if good.is_lower else _("above")
        share = abs(good.share_below) if good.share_below is not None else Decimal(0)
        sentence = _("%(good)s reaches %(value)s %(unit)s, %(share)s %(words)s the default of %(default)s.") % {
            "good": good.name, "value": see(good.value), "unit": good.unit_label, "share": percent(share),
            "words": words, "default": default_value(good.default_value),
        }  # fmt: skip
    if good.indirect_not_counted and not good.is_indirect_counted:
        sentence += " " + _("Indirect emissions are recorded and not counted for this good.")
    elif good.indirect_not_counted:
        sentence += " " + _("Indirect emissions count in part, by the scope of each precursor.")
    return sentence
