"""How a claim is told in small answers: sections of rows of fields.

One declaration serves every way in but the Commission's workbook: the pages' forms, the project's own
spreadsheet and comma-separated files, pasting, and JSON. Answers are text as people write it; see
``interpretation`` for what becomes of them.

A section is one subject. ``LIST`` sections hold rows that a person adds; ``SINGLE`` sections hold one row;
``EXTENSION`` sections say more about each row of another section, under the same row key; ``CROSS``
sections hold one number per pair, such as the percentage of each stream in each process.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


def _(text: str) -> str:
    """Marks ``text`` for translation; the pages translate where they show it."""
    return text


class Kind(StrEnum):
    """What an answer is, and so how it is asked for and read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    WHOLE_NUMBER = "whole_number"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DATE = "date"
    COUNTRY = "country"
    CATEGORY = "category"
    CATEGORIES = "categories"
    ROUTE = "route"
    ROUTES = "routes"
    PARAMETER = "parameter"
    LINK = "link"


class Shape(StrEnum):
    LIST = "list"
    SINGLE = "single"
    EXTENSION = "extension"
    CROSS = "cross"


@dataclass(frozen=True)
class Bounds:
    """Limits of a number in its base unit, as decimal text; ``above`` excludes its own value."""

    least: str = ""
    above: str = ""
    most: str = ""

    @cached_property
    def lowest(self) -> Decimal:
        """What is above this needs no closer look at the lower end."""
        return Decimal(self.least or self.above or "-Infinity")

    @cached_property
    def highest(self) -> Decimal:
        return Decimal(self.most or "Infinity")


@dataclass(frozen=True, eq=False)
class Field:
    """One question. ``path`` is the attribute it fills in the section's object, ``name`` where empty.

    ``units`` are the symbols that may be chosen, the usual one first; where they belong to several bases
    (tonnes or 1000 Nm3), ``unit_path`` is the attribute that keeps the base of the one chosen. ``links``
    are the sections whose rows may be named. ``only_for`` is a field of the same row and the values of it
    with which this question is asked. ``pattern`` is what the text must match once its blanks are gone, and
    ``pattern_words`` says the same to people. ``is_yearly`` marks what must be answered anew for another year.
    """

    name: str
    label: str
    kind: Kind
    path: str = ""
    is_required: bool = False
    units: tuple[str, ...] = ()
    unit_path: str = ""
    bounds: Bounds = Bounds()
    choices: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    only_for: tuple[str, tuple[str, ...]] | None = None
    hint: str = ""
    example: str = ""
    reference: str = ""
    longest: int = 200
    pattern: str = ""
    pattern_words: str = ""
    is_yearly: bool = False

    @property
    def target(self) -> str:
        return self.path or self.name

    @cached_property
    def unit_name(self) -> str:
        """Key of the chosen unit beside the answer."""
        return f"{self.name}.unit"


@dataclass(frozen=True, eq=False)
class Section:
    """One subject. ``collection`` is the attribute of the report, or of the parent's object, that it fills.

    ``makes`` names the class of the model. ``parent`` is the field that links a row to the object it belongs
    to, ``across`` the field that runs over the columns of a ``CROSS`` section. ``extends`` is the section
    whose rows an ``EXTENSION`` says more about. ``prefix`` begins the keys of new rows. ``is_yearly`` marks a
    section whose rows are of one year only, such as gaps in its data.
    """

    key: str
    title: str
    row_title: str
    shape: Shape
    collection: str
    makes: str
    fields: tuple[Field, ...]
    intro: str = ""
    reference: str = ""
    prefix: str = ""
    parent: str = ""
    across: str = ""
    extends: str = ""
    is_in_form: bool = True
    is_yearly: bool = False

    def field(self, name: str) -> Field:
        """Raises ``LookupError`` for a name that the section does not ask."""
        for item in self.fields:
            if item.name == name:
                return item
        raise LookupError(f"The section {self.key} asks no {name!r}.")


def text(name: str, label: str, **more: object) -> Field:
    return Field(name, label, Kind.TEXT, **more)  # type: ignore[arg-type]


def number(
    name: str,
    label: str,
    *units: str,
    least: str = "0",
    above: str = "",
    most: str = "",
    is_yearly: bool = True,
    **more: object,
) -> Field:
    """A number of the year that is not negative, unless ``least`` is given empty."""
    bounds = Bounds(least="" if above else least, above=above, most=most)
    return Field(name, label, Kind.NUMBER, units=units, bounds=bounds, is_yearly=is_yearly, **more)  # type: ignore[arg-type]


def choice(name: str, label: str, *choices: tuple[str, str], **more: object) -> Field:
    return Field(name, label, Kind.CHOICE, choices=choices, **more)  # type: ignore[arg-type]


def yes_no(name: str, label: str, **more: object) -> Field:
    return Field(name, label, Kind.YES_NO, **more)  # type: ignore[arg-type]


def link(name: str, label: str, *links: str, **more: object) -> Field:
    return Field(name, label, Kind.LINK, links=links, **more)  # type: ignore[arg-type]


def day(name: str, label: str, *, is_yearly: bool = True, **more: object) -> Field:
    return Field(name, label, Kind.DATE, is_yearly=is_yearly, **more)  # type: ignore[arg-type]
