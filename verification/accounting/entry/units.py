"""Units in which a number may be given, and their exact relation to the base unit of the report.

A factor is a fraction, so that 3.6 and its inverse are both exact. A converted number is exact wherever
its decimals end. Where they do not (a factor per MWh is 1/3.6 of one per GJ), it is carried to the forty
digits of the kernel, and the way back is rounded to ``RETURN_DIGITS``: that gives the typed number again,
as long as it has no more digits than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from verification.kernel.quantities import PRECISION, exact

RETURN_DIGITS = 36

CATEGORY_UNIT = "category unit"
THOUSAND_UNITS = "thousand units"


class UnknownUnit(LookupError):
    """No such unit, or one that measures something else."""


@dataclass(frozen=True)
class Unit:
    """One ``symbol`` is ``factor`` times one ``base``."""

    symbol: str
    base: str
    factor: Fraction


# One kWh is 3.6 MJ; one kilocalorie (international table) is 4.1868 kJ, ISO 80000-5.
_FACTORS: dict[str, dict[str, str]] = {
    "t": {"kg": "1/1000", "kt": "1000"},
    "1000Nm3": {"Nm3": "1/1000", "million Nm3": "1000"},
    "GJ/t": {"MJ/kg": "1", "TJ/Gg": "1", "TJ/t": "1000", "kcal/kg": "41868/10000000"},
    "GJ/1000Nm3": {"MJ/Nm3": "1", "kWh/Nm3": "36/10"},
    "tCO2/TJ": {"kgCO2/GJ": "1", "kgCO2/MWh": "10/36"},
    "tCO2/t": {"kgCO2/t": "1/1000"},
    "tCO2/1000Nm3": {"kgCO2/Nm3": "1"},
    "tC/t": {"% C": "1/100"},
    "tC/1000Nm3": {},
    "share of 1": {"%": "1/100"},
    "TJ": {"GJ": "1/1000", "MWh": "36/10000", "GWh": "36/10"},
    "MWh": {"GWh": "1000", "kWh": "1/1000", "TJ": "10000/36", "GJ": "10/36"},
    "tCO2e/MWh": {"kgCO2e/MWh": "1/1000", "gCO2e/kWh": "1/1000"},
    "tCO2/MWh": {"kgCO2/MWh": "1/1000", "gCO2/kWh": "1/1000"},
    "t CO2e": {"kt CO2e": "1000"},
    "g/Nm3": {"mg/Nm3": "1/1000", "kg/Nm3": "1000"},
    "1000Nm3/h": {"Nm3/h": "1/1000"},
    "h": {},
    "mV": {},
    "°": {},
    CATEGORY_UNIT: {THOUSAND_UNITS: "1000"},
    "t CO2e/unit": {"kg CO2e/unit": "1/1000"},
    "MWh/unit": {"kWh/unit": "1/1000"},
}


@cache
def _families() -> dict[str, dict[str, Unit]]:
    """By base, then by symbol. A symbol such as MWh belongs to more than one family."""
    return {
        base: {base: Unit(base, base, Fraction(1))}
        | {symbol: Unit(symbol, base, Fraction(factor)) for symbol, factor in others.items()}
        for base, others in _FACTORS.items()
    }


@cache
def unit_named(symbol: str, base: str = "") -> Unit:
    """The unit ``symbol``, measured in ``base`` where that is given. Raises ``UnknownUnit``.

    Without ``base`` a symbol that is a base of its own stands for itself.
    """
    families = _families()
    if base:
        if base not in families or symbol not in families[base]:
            raise UnknownUnit(f"{symbol!r} is no unit that can be converted to {base!r}.")
        return families[base][symbol]
    if symbol in families:
        return families[symbol][symbol]
    for units in families.values():
        if symbol in units:
            return units[symbol]
    raise UnknownUnit(f"{symbol!r} is no known unit.")


def units_like(symbol: str) -> tuple[str, ...]:
    """All units of what ``symbol`` measures, the base first. Raises ``UnknownUnit``."""
    return tuple(_families()[unit_named(symbol).base])


def in_base(value: Decimal, symbol: str, base: str = "") -> tuple[Decimal, str]:
    """``value`` of ``symbol`` in the base unit, and that unit. Raises ``UnknownUnit``."""
    unit = unit_named(symbol, base)
    return _times(value, unit.factor, PRECISION), unit.base


def from_base(value: Decimal, symbol: str, base: str = "") -> Decimal:
    """``value`` in the base unit as a number of ``symbol``. Raises ``UnknownUnit``."""
    factor = unit_named(symbol, base).factor
    return _times(value, 1 / factor, PRECISION if _ends(factor) else RETURN_DIGITS)


def _times(value: Decimal, factor: Fraction, digits: int) -> Decimal:
    """``value`` × ``factor``: exact where it fits into ``digits``, else rounded half up."""
    if factor == 1:
        return value
    if not value:
        return Decimal(0)
    with exact() as context:
        context.prec = len(value.as_tuple().digits) + PRECISION
        product = value * factor.numerator
        context.prec = digits
        return (product / factor.denominator).normalize()


def _ends(factor: Fraction) -> bool:
    """Whether the decimals of ``factor`` come to an end."""
    rest = factor.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1
