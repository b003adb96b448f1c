"""A declared question becomes a form field: its widget, its choices, its units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portal.producer.entry.steps import row_label
from portal.ui.choices import country_choices
from portal.ui.forms import DayInput
from verification.accounting.categories import ALL_ROUTES, categories, category_named, unit_of
from verification.accounting.entry.answers import Answers, RowAnswers
from verification.accounting.entry.schema import Field, Kind, Section
from verification.accounting.entry.sections import section_named
from verification.accounting.entry.units import CATEGORY_UNIT, THOUSAND_UNITS

Choices = list[tuple[str, str]]
NOTHING: tuple[str, str] = ("", "–")


def form_field(field: Field, section: Section, values: RowAnswers, answers: Answers) -> forms.Field:
    """The input for one answer. It refuses nothing itself: rules are said by the interpretation."""
    label, hint = _(field.label), _(field.hint) if field.hint else ""
    common: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    choices = _choices(field, section, values, answers)
    if field.kind in (Kind.CATEGORIES, Kind.ROUTES):
        made: forms.Field = AnyOf(choices=choices or [], widget=forms.CheckboxSelectMultiple, **common)
    elif choices is not None:
        made = OneOf(choices=[NOTHING, *choices], **common)
    elif field.kind is Kind.DATE:
        made = forms.CharField(widget=DayInput(), **common)
    elif field.kind is Kind.LONG_TEXT:
        made = forms.CharField(widget=forms.Textarea({"rows": 4}), **common)
    elif field.kind in (Kind.NUMBER, Kind.WHOLE_NUMBER):
        made = forms.CharField(widget=NumberInput(), **common)
    else:
        made = forms.CharField(**common)
    made.is_needed = field.is_required  # type: ignore[attr-defined]
    if field.example:
        made.help_text = f"{hint} {_('For example %(example)s.') % {'example': field.example}}".strip()
    return made


def unit_field(field: Field, category: str) -> forms.ChoiceField:
    """Units that may be chosen for a number, as words of the row's category."""
    words = {symbol: unit_words(symbol, category) for symbol in field.units}
    made = OneOf(choices=list(words.items()), label=_("Unit of %(what)s") % {"what": _(field.label)}, required=False)
    made.is_needed = True  # type: ignore[attr-defined]
    return made


def unit_words(symbol: str, category: str) -> str:
    """``symbol`` as people read it; the unit of a category is its own, tonnes for most."""
    unit = unit_of(category) or _("unit")
    named = {CATEGORY_UNIT: unit, THOUSAND_UNITS: _("thousand %(unit)s") % {"unit": unit}}
    return named.get(symbol, symbol.replace("/unit", f"/{unit}").replace("CO2", "CO₂"))


def category_of(section: Section, values: RowAnswers, answers: Answers) -> str:
    """The goods category that a row is about: its own, or that of what it belongs to."""
    if values.get("category"):
        return values["category"]
    for name in ("process", "supplier", "precursor", "good"):
        linked = values.get(name, "")
        for target in ("processes", "precursors", "goods"):
            row = answers.get(target, {}).get(linked)
            if row is not None:
                return category_of(section_named(target), row, answers)
    return ""


class NumberInput(forms.TextInput):
    """Text, so that what was typed is kept as it was; phones show digits."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "decimal", "class": "num", "autocomplete": "off", "spellcheck": "false"})


class OneOf(forms.ChoiceField):
    """Keeps a value that is no longer among the choices: the interpretation says what is wrong with it."""

    def valid_value(self, value: str) -> bool:
        return True


class AnyOf(forms.MultipleChoiceField):
    """Several values; they travel as lines of one text."""

    def valid_value(self, value: str) -> bool:
        return True


def link_choices(sections: Sequence[str], answers: Answers, but: str = "") -> Choices:
    """Rows that a field may name, by the words that people gave them."""
    found = []
    for key in sections:
        section = section_named(key)
        found += [(row, row_label(section, row, answers)) for row in answers.get(key, {}) if row != but]
    return found


def route_choices(category: str) -> Choices:
    known = category_named(category)
    return [(route, route) for route in (known.routes if known else (ALL_ROUTES,))]


def parameter_choices(field: Field, category: str) -> Choices:
    """What the goods category demands; everything where the category is not known yet."""
    known = category_named(category)
    return [(name, _(words)) for name, words in field.choices if known is None or name in known.parameters]


def _choices(field: Field, section: Section, values: RowAnswers, answers: Answers) -> Choices | None:
    if field.kind is Kind.CHOICE:
        return [(value, _(words)) for value, words in field.choices]
    if field.kind is Kind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    if field.kind is Kind.LINK:
        return link_choices(field.links, answers)
    if field.kind is Kind.COUNTRY:
        return [(code, str(name)) for code, name in country_choices() if code]
    if field.kind in (Kind.CATEGORY, Kind.CATEGORIES):
        return [(category.name, category.name) for category in categories()]
    if field.kind in (Kind.ROUTE, Kind.ROUTES):
        return route_choices(category_of(section, values, answers))
    if field.kind is Kind.PARAMETER:
        return parameter_choices(field, category_of(section, values, answers))
    return None
