"""Collects what one item says, what it lacks, and why it may say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from verification.accounting.entry.sections import section_named
from verification.accounting.tree import shown
from verification.disclosure.documents.shape import Column, Field, Item, Kind, Missing, Table, Value

REGISTER = "register"
REFERENCE = "reference"
_OUTSIDE_THE_FORM = {
    REGISTER: "Registration of the installation",
    REFERENCE: "Worked out by the portal from the benchmarks of the scheme",
}
Given = Decimal | date | str | bool | None


class Draft:
    """One item on its way; ``lack`` is called by itself where a mandatory value is not there."""

    def __init__(self, number: str, title: str, reference: str) -> None:
        self.number, self.title, self.reference = number, title, reference
        self._fields: list[Field] = []
        self._tables: list[Table] = []
        self._missing: dict[Missing, None] = {}
        self._notes: list[str] = []
        self._not_applicable = ""

    def say(
        self, key: str, label: str, value: Given, *, kind: Kind | None = None, unit: str = "",
        decimals: int | None = None, section: str = "",
    ) -> None:  # fmt: skip
        """A datum. With a ``section`` it is mandatory: where it is not given, it is missing there."""
        if section and value in (None, ""):
            self.lack(label, section)
        self._fields.append(Field(key, label, plain_value(value), kind or _kind_of(value), unit, decimals))

    def table(self, key: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Given]]) -> None:
        if rows:
            plain = tuple(tuple(plain_value(cell) for cell in row) for row in rows)
            self._tables.append(Table(key, title, tuple(columns), plain))

    def lack(self, what: str, section: str) -> None:
        """A mandatory datum that is not there, and the section of the form that asks for it."""
        where = _OUTSIDE_THE_FORM.get(section) or str(section_named(section).title)
        outside = section in _OUTSIDE_THE_FORM
        self._missing[Missing(self.number, what, "" if outside else section, where)] = None

    def note(self, text: str) -> None:
        if text and text not in self._notes:
            self._notes.append(text)

    def does_not_apply(self, why: str) -> Item:
        """The item, with nothing but the reason why it asks nothing here."""
        self._not_applicable = why
        return self.done()

    def done(self) -> Item:
        return Item(
            self.number,
            self.title,
            self.reference,
            tuple(self._fields),
            tuple(self._tables),
            tuple(self._missing),
            tuple(self._notes),
            self._not_applicable,
        )


def plain_value(value: Given) -> Value:
    """As the record carries it: decimals as text of at most twelve places, days in ISO, empty text as nothing."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, date):
        return value.isoformat()
    return value or None


def _kind_of(value: Given) -> Kind:
    if isinstance(value, bool):
        return Kind.YES_NO
    if isinstance(value, Decimal):
        return Kind.NUMBER
    return Kind.DATE if isinstance(value, date) else Kind.TEXT
