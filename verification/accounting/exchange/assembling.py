"""Tables of several sections put together to answers: keys of rows, names of links, values of choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from verification.accounting.entry import values
from verification.accounting.entry.context import PAIR_MARK, SINGLE_KEY, Context
from verification.accounting.entry.schema import Field, Kind, Section, Shape
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.entry.values import Refused
from verification.accounting.entry.writing import Written
from verification.accounting.exchange.reading import Places, TablePlace
from verification.accounting.exchange.tables import KEY, Table, letters
from verification.kernel.errors import Problem

SAME_PAIR_MARK = "#"


def put_together(tables: Iterable[Table]) -> tuple[Written, Places, tuple[Problem, ...]]:
    """Answers of all ``tables``, where each stands, and what was wrong with the tables.

    Rows of a list without key get a new one. Choices, countries and links may be told by their names;
    they become the values that answers carry. What is not known stays as it was typed.
    """
    by_section = {table.section.key: table for table in tables}
    answers: Written = {}
    numbers: dict[str, dict[str, int]] = {}
    for shape in (Shape.SINGLE, Shape.LIST, Shape.EXTENSION, Shape.CROSS):
        for section in SECTIONS:
            table = by_section.get(section.key)
            if table is not None and section.shape is shape:
                answers[section.key], numbers[section.key] = _keyed(table, Context(answers))
    context = Context(answers)
    for key, rows in answers.items():
        _settle(by_section[key].section, rows, context)
    places = {
        key: TablePlace(
            by_section[key].sheet,
            {name: letters(index) for index, name in by_section[key].columns.items()},
            numbers[key],
        )
        for key in answers
    }
    ordered = {section.key: answers[section.key] for section in SECTIONS if answers.get(section.key)}
    return ordered, Places(places), tuple(item for table in by_section.values() for item in table.problems)


@dataclass
class _Keys:
    """Keys of one table: those given to rows so far, and those that the file states anywhere."""

    table: Table
    context: Context
    stated: set[str]
    given: dict[str, int]
    count: int = 0

    def note(self, code: str, message: str, number: int, found: str = "", expected: str = "") -> None:
        self.table.note(code, message, f"A{number}", found, expected)

    def new(self) -> str:
        while True:
            self.count += 1
            key = f"{self.table.section.prefix}{self.count}"
            if key not in self.stated and key not in self.given:
                return key


def _keyed(table: Table, context: Context) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """Rows by key, and the number in the file of each."""
    stated = {texts[KEY].strip() for _, texts in table.rows if texts.get(KEY)}
    keys = _Keys(table, context, stated, {})
    make = _MAKERS[table.section.shape]
    rows: dict[str, dict[str, str]] = {}
    for number, texts in table.rows:
        key = make(keys, number, texts)
        if key:
            texts.pop(KEY, None)
            rows[key] = texts
            keys.given[key] = number
    return rows, keys.given


def _single_key(keys: _Keys, number: int, texts: dict[str, str]) -> str:
    if SINGLE_KEY in keys.given:
        keys.note("EXC-026", "This part has one row only; this further one was not read.", number)
        return ""
    return SINGLE_KEY


def _list_key(keys: _Keys, number: int, texts: dict[str, str]) -> str:
    key = texts.get(KEY, "").strip()
    if key and key not in keys.given:
        return key
    if key:
        message = f"The key {key[:60]!r} was given to an earlier row; this one got another."
        keys.note("EXC-018", message, number, key, "a key of its own")
    return keys.new()


def _extension_key(keys: _Keys, number: int, texts: dict[str, str]) -> str:
    text = texts.get(KEY, "").strip()
    if not text:
        keys.note("EXC-022", "The row does not say which row it belongs to.", number, "", "a key")
        return ""
    try:
        key = keys.context.row_named((keys.table.section.extends,), text)[1]
    except Refused:
        key = text  # interpreting the answers tells that there is no such row
    if key in keys.given:
        keys.note("EXC-018", f"There are two rows for {key[:60]!r}; the first was read.", number, key, "one row")
        return ""
    return key


def _cross_key(keys: _Keys, number: int, texts: dict[str, str]) -> str:
    section = keys.table.section
    ends = [
        _settled(section.field(name), texts.get(name, ""), keys.context) for name in (section.parent, section.across)
    ]
    pair = PAIR_MARK.join(ends)
    if pair not in keys.given:
        return pair
    # The row number makes the key unique; interpreting the answers tells that the pair is there twice.
    return f"{pair}{SAME_PAIR_MARK}{number}"


_MAKERS: dict[Shape, Callable[[_Keys, int, dict[str, str]], str]] = {
    Shape.SINGLE: _single_key,
    Shape.LIST: _list_key,
    Shape.EXTENSION: _extension_key,
    Shape.CROSS: _cross_key,
}


def _settle(section: Section, rows: dict[str, dict[str, str]], context: Context) -> None:
    """Puts the values that answers carry in the place of the names that people wrote."""
    for item in section.fields:
        if item.kind not in _SETTLED and item.kind is not Kind.LINK:
            continue
        known: dict[str, str] = {}
        for row in rows.values():
            text = row.get(item.name)
            if text:
                settled = known.get(text)
                if settled is None:
                    settled = known[text] = _settled(item, text, context)
                row[item.name] = settled


def _settled(item: Field, text: str, context: Context) -> str:
    found = text.strip()
    if not found:
        return ""
    try:
        return context.row_named(item.links, found)[1] if item.kind is Kind.LINK else _SETTLED[item.kind](item, found)
    except (Refused, KeyError):
        return found


_SETTLED: dict[Kind, Callable[[Field, str], str]] = {
    Kind.CHOICE: values.read_choice,
    Kind.PARAMETER: values.read_choice,
    Kind.YES_NO: lambda _, text: "yes" if values.read_yes_no(text) else "no",
    Kind.COUNTRY: lambda _, text: values.read_country(text),
    Kind.CATEGORY: lambda _, text: values.read_category(text),
}
