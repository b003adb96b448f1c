"""Exact decimal quantities. No float enters the domain.

Rounding: the law gives no mode (2023/956, 2025/2547), so half up is used, and only where a
value is shown or issued: specific embedded emissions to five decimals, period totals to
whole tonnes (2025/2547 Annex II, A.1), published defaults to three.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext

PRECISION = 40
SEE_DECIMALS = 5
DEFAULT_VALUE_DECIMALS = 3


def exact() -> AbstractContextManager[Context]:
    """Context manager: arithmetic with forty digits, half up."""
    return localcontext(Context(prec=PRECISION, rounding=ROUND_HALF_UP))


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """``value`` with ``decimals`` places, halves away from zero."""
    with exact():
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimal_from(raw: object) -> Decimal:
    """A finite Decimal from an int, a decimal string or a spreadsheet float.

    A float is taken by its shortest decimal text, as the spreadsheet shows it. Raises
    ``ValueError`` for anything else, NaN and infinity included.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError(f"{raw!r} is not a number.")
    try:
        value = Decimal(repr(raw) if isinstance(raw, float) else raw)
    except InvalidOperation:
        raise ValueError(f"{raw!r} is not a number.") from None
    if not value.is_finite():
        raise ValueError(f"{raw!r} is not a finite number.")
    return value


def plain(value: Decimal) -> str:
    """Every digit, never in scientific notation, no trailing zeros after the point."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
