"""Filters that write numbers, codes and dates as the portal shows them.

Available in every template without ``load``. Numbers come as ``Decimal``, ``int`` or decimal
text, never as a float, and are rounded half up only here, for the eye; exports carry every digit.
Groups are parted by a no-break space, minus is U+2212. ``None`` and empty text are shown as an
en dash, "not applicable"; where a value is missing, write the word "none" in the template.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.ui.navigation import address_if_exists
from verification.claims.kinds import address_of
from verification.claims.models import Claim
from verification.kernel.quantities import DEFAULT_VALUE_DECIMALS, SEE_DECIMALS, plain, round_half_up

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
NOT_APPLICABLE = "\u2013"
Number = Decimal | int | str | None


@register.filter
def number(value: Number, decimals: int | None = None) -> str:
    """Grouped digits with ``decimals`` places, or with every digit when none is given.

    Raises ``ValueError`` for a float or for text that is no number.
    """
    if value is None or value == "":
        return NOT_APPLICABLE
    exact = _exact(value)
    digits = plain(exact) if decimals is None else format(round_half_up(exact, decimals), "f")
    sign = MINUS if digits.startswith("-") and digits.strip("-0.") else ""
    whole, _point, fraction = digits.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", NO_BREAK_SPACE)
    return f"{sign}{grouped}.{fraction}" if fraction else f"{sign}{grouped}"


@register.filter
def see(value: Number) -> str:
    """Specific embedded emissions in tCO2e per functional unit, five decimals (2025/2547, Annex II, A.1)."""
    return number(value, SEE_DECIMALS)


@register.filter
def default_value(value: Number) -> str:
    """A default value or benchmark, three decimals as published."""
    return number(value, DEFAULT_VALUE_DECIMALS)


@register.filter
def tonnes(value: Number, decimals: int | None = None) -> str:
    """A mass in tonnes, without the unit."""
    return number(value, decimals)


@register.filter
def money(value: Number, currency: str = "EUR") -> str:
    """An amount with two decimals behind its currency."""
    shown = number(value, 2)
    return shown if shown == NOT_APPLICABLE else f"{currency}{NO_BREAK_SPACE}{shown}"


@register.filter
def currency(unit: str | None) -> str:
    """The currency of a price: ``EUR/tCO2e`` is in EUR."""
    return (unit or "").partition("/")[0]


@register.filter
def amount(value: Number) -> str:
    """An amount with two decimals, for columns whose head names the currency."""
    return number(value, 2)


@register.filter
def percent(share: Number, decimals: int = 1) -> str:
    """A share of one as per cent: ``0.33`` becomes ``33.0 %``."""
    if share is None or share == "":
        return NOT_APPLICABLE
    return f"{number(_exact(share) * 100, decimals)}{NO_BREAK_SPACE}%"


@register.filter
def cn_code(code: str | None) -> str:
    """A customs code in its groups: ``7214 20 00``."""
    if not code:
        return NOT_APPLICABLE
    digits = "".join(str(code).split())
    groups = [digits[:4], *(digits[start : start + 2] for start in range(4, len(digits), 2))]
    return NO_BREAK_SPACE.join(group for group in groups if group)


@register.filter
def day(value: date | None) -> SafeString | str:
    """``3 Mar 2027`` with the ISO date in the attribute."""
    return _time_element(value, "j\u00a0M\u00a0Y")


@register.filter
def day_long(value: date | None) -> SafeString | str:
    """``3 March 2027`` with the ISO date in the attribute."""
    return _time_element(value, "j\u00a0F\u00a0Y")


@register.filter
def instant(value: datetime | None) -> SafeString | str:
    """``3 Mar 2027, 14:31 UTC`` with the ISO instant in the attribute."""
    if not value:
        return NOT_APPLICABLE
    return _instant(value.astimezone(UTC), get_language())


@lru_cache(maxsize=2_000)
def _instant(moment: datetime, _language: str | None) -> SafeString:
    shown = f"{_words(moment, _shape('j M Y'))},{NO_BREAK_SPACE}{_words(moment, 'H:i')} UTC"
    return format_html('<time datetime="{}">{}</time>', moment.strftime("%Y-%m-%dT%H:%M:%SZ"), shown)


@register.filter
def clock_time(value: datetime | None) -> SafeString | str:
    """``12:04`` (UTC), for things that happened today."""
    if not value:
        return NOT_APPLICABLE
    moment = value.astimezone(UTC)
    return format_html('<time datetime="{}">{}</time>', moment.strftime("%Y-%m-%dT%H:%M:%SZ"), _words(moment, "H:i"))


@register.filter
def file_size(size_bytes: int | None) -> str:
    """``1.3 MB``; units of one thousand, as people's file managers show them."""
    if size_bytes is None:
        return NOT_APPLICABLE
    for unit, divisor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= divisor:
            return f"{number(Decimal(size_bytes) / divisor, 1)}{NO_BREAK_SPACE}{unit}"
    return f"{size_bytes}{NO_BREAK_SPACE}bytes"


@register.simple_tag
def url_if_exists(url_name: str) -> str:
    """The address of a named page, or empty text where this site has no such page."""
    return address_if_exists(url_name) or ""


def _exact(value: Decimal | int | str) -> Decimal:
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a float; quantities are Decimal or decimal text.")
    return Decimal(value)


def _time_element(value: date | None, shape: str) -> SafeString | str:
    if not value:
        return NOT_APPLICABLE
    on = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    return _day(on, shape, get_language())


@lru_cache(maxsize=2_000)
def _day(on: date, shape: str, _language: str | None) -> SafeString:
    """Lists and histories name the same few days again and again."""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), format_date(on, _shape(shape)))


def _shape(english: str) -> str:
    """Other languages write a day in their own order."""
    return english if get_language() in (None, "en") else "DATE_FORMAT"


def _words(moment: datetime, shape: str) -> str:
    return format_date(moment, shape).replace(" ", NO_BREAK_SPACE)


@register.filter
def claim_address(claim: Claim) -> str:
    """Where its claimant finds a claim, whatever its kind."""
    return address_of(claim)
