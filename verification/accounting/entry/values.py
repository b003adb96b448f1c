"""One answer, read by the kind of its question."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from verification.accounting.categories import ALL_ROUTES, categories, category_named
from verification.accounting.countries import country_code
from verification.accounting.entry import units
from verification.accounting.entry.numbers import NotANumber, grouped, is_scientific, is_undoubted, number_from
from verification.accounting.entry.schema import Field, Kind
from verification.kernel.quantities import plain

GREATEST = Decimal(10) ** 15
ONLY_DIRECT = "Only direct production"
YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
OTHER_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
MISSING = "nothing"


class Refused(ValueError):
    """An answer that cannot be read; ``value`` is what may be kept of it all the same."""

    def __init__(self, code: str, message: str, expected: str = "", mend: str = "", value: object = None) -> None:
        super().__init__(message)
        self.code, self.message, self.expected, self.mend, self.value = code, message, expected, mend, value


class Quantity(NamedTuple):
    """A number in its base unit; ``echo`` is how a number in powers of ten was understood."""

    value: Decimal | None
    unit: str
    echo: str = ""


def read_text(field: Field, text: str) -> str:
    """Trimmed text. Raises ``Refused`` for one that is too long, in a wrong form or cannot be kept."""
    found = (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip()
    if field.pattern:
        found = "".join(found.split())
    if len(found) > field.longest:
        raise Refused("ENT-028", f"The text has {len(found)} characters.", f"at most {field.longest} characters")
    bad = next((letter for letter in found if _is_unusable(letter)), "")
    if bad:
        raise Refused("ENT-029", f"The text holds the hidden character U+{ord(bad):04X}.", "visible characters")
    if found and field.pattern and not re.fullmatch(field.pattern, found, re.ASCII):
        raise Refused("ENT-036", "The answer is not in the form that is asked.", field.pattern_words)
    return found


def is_plain_text(field: Field, text: str) -> bool:
    """Whether ``read_text`` gives ``text`` back as it is; it may do so for others, too."""
    return (
        not field.pattern
        and len(text) <= field.longest
        and text.isprintable()
        and "\ufffd" not in text
        and text == text.strip()
    )


def _is_unusable(letter: str) -> bool:
    return (
        (letter < " " and letter not in "\t\n")
        or "\x7f" <= letter <= "\x9f"
        or "\ud800" <= letter <= "\udfff"
        or letter in "\ufffd\ufffe\uffff"
    )


def read_quantity(field: Field, text: str, unit_text: str, category: str, decimal_mark: str) -> Quantity:
    """The number in the base unit of the field. Raises ``Refused``.

    A number in a unit of the goods category needs ``category`` only to say whether a spelt-out unit
    such as t belongs to it.
    """
    unit, base = _unit_and_base(field, unit_text, category) if unit_text.strip() else _only_unit(field, text)
    if not text.strip():
        return Quantity(None, base)
    try:
        number = number_from(text, decimal_mark)
    except NotANumber as error:
        raise Refused(error.code, error.message, error.expected, error.mend, Quantity(None, base)) from None
    value = number if unit == base else in_field_base(number, unit, base)
    if not _is_inside(field, value):
        _refuse_outside(field, value, number, unit, base)
    return Quantity(value, base, grouped(number) if is_scientific(text) else "")


def plain_quantity(field: Field, text: str, unit_text: str, decimal_mark: str) -> tuple[Decimal, str] | None:
    """As ``read_quantity``, for a number written without anything special, in a unit of the field and its bounds."""
    if not is_undoubted(text, decimal_mark) or (field.units and unit_text not in field.units):
        return None
    unit, base = _unit_and_base(field, unit_text, "") if field.units else ("", "")
    number = Decimal(text)
    value = number if unit == base else in_field_base(number, unit, base)
    return (value, base) if _is_inside(field, value) else None


def _is_inside(field: Field, value: Decimal) -> bool:
    """False also for the lower bound itself, which wants a closer look."""
    return field.bounds.lowest < value <= field.bounds.highest and -GREATEST <= value <= GREATEST


def in_field_base(number: Decimal, unit: str, base: str) -> Decimal:
    """``number`` of ``unit`` in ``base``, exact as ``units`` says."""
    if unit == base:
        return number
    if base == "%":
        return units.from_base(units.in_base(number, unit)[0], "%")
    return units.in_base(number, unit, base)[0]


def _refuse_outside(field: Field, value: Decimal, number: Decimal, unit: str, base: str) -> None:
    """Raises ``Refused`` where the number is beyond the bounds; the lower one itself may be allowed."""
    bounds, empty = field.bounds, Quantity(None, base)
    beside = f" {unit}" if unit else ""
    if abs(value) > GREATEST:
        raise Refused("ENT-007", "The number is too large for any installation.", f"at most 10^15 {base}", value=empty)
    if bounds.above and value == Decimal(bounds.above) == 0:
        raise Refused("ENT-008", "Zero is not possible here.", "a number above zero", value=empty)
    least, most = bounds.least or bounds.above, bounds.most
    limits = f"from {least} to {most} {base}".strip() if least and most else f"at least {least} {base}".strip()
    if least and (value < Decimal(least) or (bounds.above and value == Decimal(least))):
        reason = "A negative number is not possible here" if number < 0 and least == "0" else "The number is too small"
        raise Refused("ENT-006", f"{reason}: {plain(number)}{beside}.", limits, value=empty)
    if most and value > Decimal(most):
        raise Refused("ENT-007", f"The number is too large: {plain(number)}{beside}.", limits, value=empty)


def base_unit(field: Field, unit: str) -> str:
    """The base in which the report keeps a number given in ``unit``: the field's first unit of the same kind."""
    if not unit:
        return ""
    return next((item for item in field.units if _is_alike(item, unit)), unit)


@cache
def _is_alike(first: str, second: str) -> bool:
    return first == second or second in units.units_like(first)


def _only_unit(field: Field, text: str) -> tuple[str, str]:
    if len(field.units) <= 1:
        unit = field.units[0] if field.units else ""
        return unit, unit
    if not text.strip():
        return "", ""
    raise Refused("ENT-010", "The number has no unit.", ", ".join(field.units), value=Quantity(None, ""))


@lru_cache(maxsize=4096)
def _unit_and_base(field: Field, text: str, category: str) -> tuple[str, str]:
    unit = _unit(field, text, category)
    return unit, base_unit(field, unit)


def _unit(field: Field, text: str, category: str) -> str:
    known = _spellings(field.units).get(_squeezed(text))
    if known:
        return known
    goods_unit = category_unit(category)
    if units.CATEGORY_UNIT in field.units and goods_unit:
        thousand = {"t": "kt", "MWh": "GWh"}.get(goods_unit, "")
        spelt = {_squeezed(goods_unit): units.CATEGORY_UNIT, _squeezed(thousand): units.THOUSAND_UNITS}
        if _squeezed(text) in spelt:
            return spelt[_squeezed(text)]
        message = f"Goods of the category {category} are counted in {goods_unit}, not in {text.strip()[:40]}."
        raise Refused("ENT-012", message, f"{goods_unit} or {thousand}", value=Quantity(None, ""))
    if any(unit.endswith("/unit") for unit in field.units) and goods_unit:
        for unit in field.units:
            if _squeezed(unit.removesuffix("unit") + goods_unit) == _squeezed(text):
                return unit
    expected = ", ".join(field.units) or "no unit"
    raise Refused("ENT-011", "The field does not know this unit.", expected, value=Quantity(None, text.strip()[:40]))


def category_unit(category: str) -> str:
    """Unit of goods of ``category``, or empty where the category is not known."""
    known = category_named(category)
    return known.unit if known else ""


@cache
def _spellings(symbols: tuple[str, ...]) -> dict[str, str]:
    return {_squeezed(symbol): symbol for symbol in reversed(symbols)}


@cache
def _squeezed(text: str) -> str:
    """``t CO₂ / TJ`` and ``tCO2/TJ`` are one."""
    return "".join(unicodedata.normalize("NFKC", text[:80]).split()).casefold()


def read_whole_number(field: Field, text: str, decimal_mark: str) -> Quantity:
    found = read_quantity(field, text, "", "", decimal_mark)
    if found.value is not None and found.value != found.value.to_integral_value():
        raise Refused("ENT-009", "The number has decimals.", "a whole number", value=Quantity(None, ""))
    return found


def read_choice(field: Field, text: str) -> str:
    """The value of the choice that ``text`` is, by its value or by its label. Raises ``Refused``."""
    found = _choices(field.choices).get(_squeezed(text))
    if found is None:
        raise Refused("ENT-013", "This is none of the choices.", "; ".join(label for _, label in field.choices))
    return found


@cache
def _choices(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {_squeezed(label): value for value, label in choices} | {_squeezed(value): value for value, _ in choices}


def read_yes_no(text: str) -> bool:
    folded = text.strip().casefold()
    if folded in YES or folded in NO:
        return folded in YES
    raise Refused("ENT-014", "This is neither yes nor no.", "yes or no")


def read_day(text: str) -> date:
    """A day, written year first, or in another order where only one reading is possible."""
    found = text.strip()
    match = ISO_DATE.fullmatch(found)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = OTHER_DATE.fullmatch(found)
    if match is None:
        raise Refused("ENT-015", "This is no date.", "a date such as 2026-12-31")
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if first == second or second > 12:
        return _day(year, first, second)
    if first > 12 or "." in found:
        return _day(year, second, first)
    choices = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
    raise Refused("ENT-016", f"Is this {choices}?", choices)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("ENT-015", "The calendar has no such day.", "a date such as 2026-12-31") from None


def read_country(text: str) -> str:
    code = country_code(text)
    if not code:
        raise Refused("ENT-017", "This is no country of ISO 3166.", "a country, or its two letters", value="")
    return code


def read_category(text: str) -> str:
    known = category_named(text)
    if known is None:
        raise Refused("ENT-018", "This is no aggregated goods category.", "a goods category of the list", value="")
    return known.name


def read_categories(text: str) -> tuple[str, ...]:
    """Goods categories, one a line; the words for none of them are kept, as workbooks carry them."""
    found = []
    for line in lines(text):
        known = category_named(line)
        if known is None and line.casefold() != ONLY_DIRECT.casefold():
            expected = f"goods categories, or {ONLY_DIRECT!r}"
            raise Refused("ENT-018", f"{line[:80]!r} is no aggregated goods category.", expected, value=())
        found.append(known.name if known else ONLY_DIRECT)
    return tuple(found)


def read_route(text: str, category: str) -> str:
    """The route's official name. Raises ``Refused`` where the category has no such route; the text is kept."""
    try:
        return _read_routes((text.strip(),), category)[0]
    except Refused as error:
        raise Refused(error.code, str(error), error.expected, value=text.strip()) from None


def read_routes(text: str, category: str) -> tuple[str, ...]:
    return _read_routes(lines(text), category)


def _read_routes(texts: tuple[str, ...], category: str) -> tuple[str, ...]:
    known = _routes(category)
    found = tuple(known.get(text.casefold(), text) for text in texts)
    foreign = next((text for text in texts if text.casefold() not in known), None)
    if foreign is not None:
        names = ", ".join(_routes_of(category)) if category else "a production route"
        message = f"{category or 'The goods category'} has no production route {foreign[:80]!r}."
        raise Refused("ENT-019", message, names, value=found)
    return found


@cache
def _routes(category: str) -> dict[str, str]:
    return {route.casefold(): route for route in (*_routes_of(category), ALL_ROUTES)}


def _routes_of(category: str) -> tuple[str, ...]:
    """Routes of the category; of all of them where it is not known, since its own problem is told there."""
    known = category_named(category)
    return known.routes if known else tuple(dict.fromkeys(route for item in categories() for route in item.routes))


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


TEXTS = (Kind.TEXT, Kind.LONG_TEXT)
