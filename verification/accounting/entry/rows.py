"""One row of answers, read into values for the attributes of the report."""

from __future__ import annotations

from functools import cache
from typing import Any

from verification.accounting.entry import values
from verification.accounting.entry.catalogue import problem
from verification.accounting.entry.context import Context, Row
from verification.accounting.entry.plans import Target, targets
from verification.accounting.entry.schema import Field, Kind, Section
from verification.accounting.entry.values import Quantity, Refused
from verification.kernel.errors import Problem

PARENT = "parent"
"""Under this name a row's values keep section and key of the row that it belongs to."""

EMPTY: dict[Kind, Any] = {
    Kind.NUMBER: None,
    Kind.WHOLE_NUMBER: None,
    Kind.YES_NO: None,
    Kind.DATE: None,
    Kind.CATEGORIES: (),
    Kind.ROUTES: (),
}


class RowReader:
    """Reads rows within ``context`` and gathers the problems met."""

    def __init__(self, context: Context, decimal_mark: str) -> None:
        self.context = context
        self.decimal_mark = decimal_mark
        self.problems: list[Problem] = []

    def note(
        self,
        code: str,
        section: Section,
        key: str,
        name: str,
        message: str,
        found: object = "",
        expected: str = "",
        mend: str = "",
        severity: str = "",
    ) -> None:
        self.problems.append(
            problem(
                code,
                message,
                field=f"{section.key}/{key}/{name}",
                found=found,
                expected=expected,
                mend=mend,
                severity=severity,
            )
        )

    def read(self, section: Section, key: str, row: Row) -> dict[str, Any]:
        """Values by path of the attribute; ``PARENT`` where the section belongs to another's rows."""
        self._unknown_fields(section, key, row)
        category = self.context.category(section, key, row) if needs_category(section) else ""
        found: dict[str, Any] = {}
        if section.parent:
            found[PARENT] = self._parent(section, key, row)
        for target in targets(section):
            found[target.path], unit = self._answer(section, key, row, target, category)
            if target.field.unit_path:
                found[target.field.unit_path] = unit
        return found

    def clear_answer(self, section: Section, row: Row, target: Target) -> tuple[Any, str] | None:
        """Value and unit of an answer with which nothing is wrong, in a section that knows no goods category."""
        field, text = target.field, row.get(target.field.name, "")
        if text and (field.only_for is None or _is_asked(field, row)):
            if field.kind is Kind.NUMBER:
                quantity = values.plain_quantity(field, text, row.get(field.unit_name, ""), self.decimal_mark)
                if quantity:
                    return quantity
            elif field.kind is Kind.TEXT and values.is_plain_text(field, text):
                return text, ""
        count = len(self.problems)
        answer = self._answer(section, "", row, target, "")
        if len(self.problems) == count:
            return answer
        del self.problems[count:]
        return None

    def _answer(self, section: Section, key: str, row: Row, target: Target, category: str) -> tuple[Any, str]:
        field = target.field
        text = self.context.text(section, key, row, field.name)
        unit_text = row.get(field.unit_name, "") if field.units else ""
        is_asked = field.only_for is None or _is_asked(field, row)
        if not text:
            if field.is_required and is_asked:
                self.note(
                    "ENT-001", section, key, field.name, f"{field.label}: no answer.", values.MISSING, "an answer"
                )
            if not field.unit_path or not unit_text.strip():
                return _empty(target), ""
        elif not is_asked:
            self._note_not_asked(section, key, row, field, text)
        try:
            value = self._value(field, text, unit_text, category)
        except Refused as error:
            found = f"{text} {unit_text}".strip() if error.code in ("ENT-010", "ENT-011", "ENT-012") else text
            self.note(
                error.code, section, key, field.name, f"{field.label}: {error}", found, error.expected, error.mend
            )
            value = _empty(target) if error.value is None else error.value
        if type(value) is Quantity:
            number, unit, echo = value
            if echo:
                message = f"{field.label}: {text} is read as {echo}."
                self.note("ENT-005", section, key, field.name, message, text, echo)
            return (int(number) if number is not None and field.kind is Kind.WHOLE_NUMBER else number), unit
        return (target.choice_type(value) if target.choice_type and value else value), ""

    def _value(self, field: Field, text: str, unit_text: str, category: str) -> Any:
        kind = field.kind
        if kind is Kind.NUMBER:
            return values.read_quantity(field, text, unit_text, category, self.decimal_mark)
        if kind is Kind.TEXT or kind is Kind.LONG_TEXT:
            return values.read_text(field, text)
        if kind is Kind.CHOICE or kind is Kind.PARAMETER:
            return values.read_choice(field, text)
        if kind is Kind.LINK:
            return self.context.row_named(field.links, text)[1]
        if kind is Kind.ROUTE:
            return values.read_route(text, category)
        if kind is Kind.ROUTES:
            return values.read_routes(text, category)
        if kind is Kind.WHOLE_NUMBER:
            return values.read_whole_number(field, text, self.decimal_mark)
        return _READERS[kind](text)

    def _parent(self, section: Section, key: str, row: Row) -> tuple[str, str] | None:
        field = section.field(section.parent)
        text = self.context.text(section, key, row, field.name)
        if not text:
            self.note("ENT-001", section, key, field.name, f"{field.label}: no answer.", values.MISSING, "an answer")
            return None
        try:
            return self.context.row_named(field.links, text)
        except Refused as error:
            self.note(error.code, section, key, field.name, f"{field.label}: {error}", text, error.expected, error.mend)
            return None

    def _note_not_asked(self, section: Section, key: str, row: Row, field: Field, text: str) -> None:
        depends_on = section.field(field.only_for[0]) if field.only_for else field
        labels = dict(depends_on.choices)
        expected = ", ".join(labels.get(value, value) for value in (field.only_for or ("", ()))[1])
        message = f"{field.label}: not asked where {depends_on.label} is {row.get(depends_on.name, '')[:60]}."
        self.note("ENT-026", section, key, field.name, message, text, f"only for: {expected}")

    def _unknown_fields(self, section: Section, key: str, row: Row) -> None:
        known = known_names(section)
        if row.keys() <= known:
            return
        for name in sorted(row.keys() - known):
            if row[name].strip():
                self.note(
                    "ENT-031", section, key, name[:60], f"This part asks no {name[:60]!r}.", row[name], severity="warn"
                )


def _is_asked(field: Field, row: Row) -> bool:
    """Where the choice that a question depends on is not made yet, the question counts as asked."""
    if field.only_for is None:
        return True
    name, wanted = field.only_for
    chosen = row.get(name, "").strip()
    return not chosen or chosen in wanted


def _empty(target: Target) -> Any:
    return None if target.choice_type else EMPTY.get(target.field.kind, "")


@cache
def known_names(section: Section) -> frozenset[str]:
    return frozenset(name for field in section.fields for name in (field.name, field.unit_name))


_CATEGORY_KINDS = (Kind.ROUTE, Kind.ROUTES)


@cache
def needs_category(section: Section) -> bool:
    return any(
        field.kind in _CATEGORY_KINDS or any("unit" in symbol for symbol in field.units) for field in section.fields
    )


_READERS: dict[Kind, Any] = {
    Kind.YES_NO: values.read_yes_no,
    Kind.DATE: values.read_day,
    Kind.COUNTRY: values.read_country,
    Kind.CATEGORY: values.read_category,
    Kind.CATEGORIES: values.read_categories,
}
