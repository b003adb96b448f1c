"""How a typed number is understood: the same amount in the unit that the report keeps."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from portal.producer.entry.fields import unit_words
from verification.accounting.entry.numbers import NotANumber, number_from
from verification.accounting.entry.schema import Field
from verification.accounting.entry.units import UnknownUnit, in_base, units_like
from verification.kernel.quantities import plain


def understood(field: Field, text: str, unit: str, category: str) -> str:
    """For example “= 1500 t” for 1.5 kt; empty where the number is kept just as it was typed."""
    if not text.strip():
        return ""
    try:
        value = number_from(text)
        kept, base = _in_base_of(field, value, unit or (field.units[0] if field.units else ""))
    except (NotANumber, UnknownUnit):
        return ""
    shown = plain(kept)
    if shown == text.strip() and base == (unit or base):
        return ""
    return _("= %(number)s %(unit)s") % {"number": shown, "unit": unit_words(base, category)}


def _in_base_of(field: Field, value: Decimal, unit: str) -> tuple[Decimal, str]:
    for base in field.units:
        if base == unit:
            return value, base
        if base in units_like(unit) or unit in units_like(base):
            return in_base(value, unit, base) if base != "%" else (value, unit)
    return value, unit
