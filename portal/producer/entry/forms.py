"""The form of one row of answers, and of the pairs that are asked with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.producer.entry.conversion import understood
from portal.producer.entry.fields import (
    category_of,
    form_field,
    link_choices,
    parameter_choices,
    route_choices,
    unit_field,
    unit_words,
)
from portal.producer.entry.steps import Place, crosses_of
from portal.ui.forms import PortalForm
from verification.accounting.entry.answers import Answers, RowAnswers, pair_key
from verification.accounting.entry.gaps import GAP_CODE
from verification.accounting.entry.schema import Field, Kind, Section
from verification.checks.model import Severity

LIST_KINDS = (Kind.CATEGORIES, Kind.ROUTES)
LATER = (GAP_CODE,)
"""Codes of problems that may only mean that another page was not filled in yet."""
Placed = tuple[Place, Mapping[str, Any]]
Rows = dict[tuple[str, str], RowAnswers | None]


@dataclass(frozen=True)
class Pair:
    """One number of a ``CROSS`` section on the page of its parent: ``name`` is the form's field."""

    section: Section
    across: str
    label: str
    name: str

    @property
    def number(self) -> Field:
        return next(field for field in self.section.fields if field.kind is Kind.NUMBER)


class RowForm(PortalForm, forms.Form):
    """One row as it was typed. ``rows`` are the answers to keep, pairs included; ``None`` takes a pair out."""

    shows_errors_elsewhere = True

    def __init__(self, data: QueryDict | None = None, *, section: Section, key: str, answers: Answers) -> None:
        self.section, self.key, self.answers = section, key, answers
        self.stored = answers.get(section.key, {}).get(key, {})
        self.pairs = list(_pairs(section, key, answers))
        self.data: QueryDict
        if data is None and self.stored_anything:
            data = self._stored_data()
        super().__init__(data)
        self.category = category_of(section, self._context(), answers)
        for field in section.fields:
            self._add(field.name, field, form_field(field, section, self._context(), answers))
        for pair in self.pairs:
            number = form_field(pair.number, pair.section, {}, answers)
            number.label, number.help_text, number.is_needed = pair.label, "", True  # type: ignore[attr-defined]
            self._add(pair.name, pair.number, number)

    def _context(self) -> RowAnswers:
        """The row together with the one that it extends."""
        return {**self.answers.get(self.section.extends, {}).get(self.key, {}), **self.stored}

    def _add(self, name: str, field: Field, made: forms.Field) -> None:
        self.fields[name] = made
        if len(field.units) > 1:
            self.fields[f"{name}.unit"] = unit_field(field, self.category)

    @property
    def stored_anything(self) -> bool:
        """Whether the row was filled in before, so that what is wrong with it is shown."""
        has_own = any(text.strip() for text in self.stored.values())
        return has_own or any(self._stored_pair(pair) for pair in self.pairs)

    def rows(self) -> Rows:
        """What is to be kept, by section and row."""
        found: Rows = {(self.section.key, self.key): self._row_values()}
        for pair in self.pairs:
            field = pair.number
            text = self.data.get(pair.name, "").strip()
            values = {
                pair.section.parent: self.key,
                pair.section.across: pair.across,
                field.name: text,
                field.unit_name: self.data.get(f"{pair.name}.unit", ""),
            }
            if text:
                found[pair.section.key, pair_key(self.key, pair.across)] = values
            elif self._stored_pair(pair):
                found[pair.section.key, pair_key(self.key, pair.across)] = None
        return found

    def errors_among(self, problems: Sequence[Placed]) -> list[Placed]:
        """Problems with what was typed here. What is only missing so far is for the page to say, not an error."""
        return [
            (place, problem)
            for place, problem in problems
            if problem["severity"] == Severity.BLOCK and (problem["code"] not in LATER or self._was_typed(place))
        ]

    def show_problems(self, problems: Sequence[Placed]) -> None:
        """Every one beside its field, or on top where the page has no field for it."""
        for place, problem in problems:
            own = self._name_of(place)
            message = f"{problem['message']} {problem['mend']}".strip()
            if own in self.fields:
                message = message.removeprefix(f"{self.fields[own].label}: ")
            self.add_error(own if own in self.fields else None, ValidationError(message))

    def _name_of(self, place: Place) -> str | None:
        if place.section == self.section.key:
            return place.name
        by_pair = {(pair.section.key, pair_key(self.key, pair.across)): pair.name for pair in self.pairs}
        return by_pair.get((place.section, place.row))

    def _was_typed(self, place: Place) -> bool:
        """Whether the field has an answer, or, for a pair that is not told apart, any pair of its kind."""
        own = self._name_of(place)
        names = [own] if own else [pair.name for pair in self.pairs if pair.section.key == place.section]
        return any(self.data.get(name, "").strip() for name in names)

    def layout(self) -> list[LayoutObject | str]:
        """The row's own questions, then each kind of pair under a heading."""
        parts: list[LayoutObject | str] = [self._asked(field.name, field) for field in self.section.fields]
        for cross in crosses_of(self.section):
            asked = [self._asked(pair.name, pair.number) for pair in self.pairs if pair.section is cross]
            lead = format_html('<p class="text-measure">{}</p>', _(cross.intro)) if cross.intro else ""
            nothing = format_html('<p class="muted">{}</p>', _("Nothing to choose from yet."))
            parts.append(Fieldset(_(cross.title), HTML(lead), *(asked or [HTML(nothing)]), css_class="form-section"))
        return parts

    def understood_as(self, name: str, field: Field) -> str:
        """How the number typed for ``name`` was understood, where that is not just as typed."""
        return understood(field, self.data.get(name, ""), self.data.get(f"{name}.unit", ""), self.category)

    def all_understood(self) -> dict[str, str]:
        """The same for every number that was sent, by field name. An answer may have brought up more, which the page
        shows when it is loaded again."""
        own = [(field.name, field) for field in self.section.fields]
        asked = own + [(pair.name, pair.number) for pair in self.pairs]
        return {name: self.understood_as(name, field) for name, field in asked if field.units and name in self.data}

    def _asked(self, name: str, field: Field) -> LayoutObject | str:
        if not field.units:
            return Div(name, **self._hidden_unless(field)) if field.only_for else name
        said = format_html(
            '<span class="understood" id="base-{}">{}</span>', slugify(name), self.understood_as(name, field)
        )
        if len(field.units) > 1:
            return Div(name, f"{name}.unit", HTML(said), css_class="with-unit", **self._hidden_unless(field))
        suffix = format_html('<span class="unit-fixed">{}</span>', unit_words(field.units[0], self.category))
        return Div(name, HTML(suffix), HTML(said), css_class="with-unit", **self._hidden_unless(field))

    @staticmethod
    def _hidden_unless(field: Field) -> dict[str, str]:
        """What the script needs to hide questions that do not apply; without it all are shown."""
        if field.only_for is None:
            return {}
        name, values = field.only_for
        return {"data_only_for": name, "data_only_values": " ".join(values)}

    def _row_values(self) -> RowAnswers:
        values: dict[str, str] = {}
        for field in self.section.fields:
            if field.kind in LIST_KINDS:
                values[field.name] = "\n".join(self.data.getlist(field.name))
            else:
                values[field.name] = self.data.get(field.name, "").replace("\r\n", "\n")
            if len(field.units) > 1:
                values[field.unit_name] = self.data.get(field.unit_name, "")
        return values

    def _stored_pair(self, pair: Pair) -> RowAnswers:
        return self.answers.get(pair.section.key, {}).get(pair_key(self.key, pair.across), {})

    def _stored_data(self) -> QueryDict:
        data = _as_posted(self.stored, self.section)
        for pair in self.pairs:
            values = self._stored_pair(pair)
            data[pair.name] = values.get(pair.number.name, "")
            data[f"{pair.name}.unit"] = values.get(pair.number.unit_name, "")
        return data


def _as_posted(stored: RowAnswers, section: Section) -> QueryDict:
    """Stored answers in the shape in which the browser would send them."""
    data = QueryDict(mutable=True)
    for field in section.fields:
        text = stored.get(field.name, "")
        data.setlist(field.name, text.split("\n") if field.kind in LIST_KINDS and text else [text])
        data[field.unit_name] = stored.get(field.unit_name, "")
    return data


def _pairs(section: Section, key: str, answers: Answers) -> Iterator[Pair]:
    for cross in crosses_of(section):
        for number, (value, label) in enumerate(_across(cross, section, key, answers)):
            yield Pair(cross, value, label, f"{cross.key}:{number}")


def _across(cross: Section, section: Section, key: str, answers: Answers) -> list[tuple[str, str]]:
    field = cross.field(cross.across)
    values = answers.get(section.extends or section.key, {}).get(key, {})
    category = category_of(section, values, answers)
    if field.kind is Kind.ROUTE:
        offered = route_choices(category)
    elif field.kind is Kind.PARAMETER:
        offered = parameter_choices(field, category)
    else:
        offered = link_choices(field.links, answers, but=key)
    kept = {row.get(cross.across, "") for row in answers.get(cross.key, {}).values() if row.get(cross.parent) == key}
    missing = sorted(kept - {value for value, _words in offered} - {""})
    return offered + [(value, value) for value in missing]
