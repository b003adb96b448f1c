"""Questions whose statement is written once in a process; each time only its values are filled in.

The ORM builds the statement of a queryset anew for every request. On a page of twenty questions that takes longer
than the database needs to answer them. A kept question is a queryset as any other, with names where its values go::

    FILES = Kept(lambda: ClaimEvidence.objects.filter(claim=Given("claim")).select_related("file"))

    def files_of(claim: Claim) -> list[ClaimEvidence]:
        return FILES.rows(claim=claim.pk)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, QuerySet

from verification.database.values import as_stored

Row = TypeVar("Row")
PLACEHOLDER = re.compile("%%|%s")
LENGTHS_KEPT = 64


class Given(Expression):
    """Where a value of a kept question goes, by its name. A comparison with ``None`` finds nothing.

    The value is of the type of its column, for no field prepares it: a key is a ``UUID`` or a number, never its text.
    For ``__in`` it is a collection of them; an empty one finds nothing.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [Blank(self.name)]


@dataclass(frozen=True)
class Blank:
    """A parameter of a statement that is not filled in yet."""

    name: str


class Kept(Generic[Row]):
    """A question to the database; ``write`` makes its queryset when it is first asked."""

    def __init__(self, write: Callable[[], QuerySet[Any, Row]]) -> None:
        self._write = write

    def rows(self, **values: Any) -> list[Row]:
        """What is found. Raises ``KeyError`` where a value that the question names is not given."""
        return list(self._written.asked_with(values))

    def first(self, **values: Any) -> Row | None:
        """The first of what is found; how much is read the question says itself."""
        return next(iter(self.rows(**values)), None)

    @cached_property
    def _written(self) -> Written[Row]:
        return Written(self._write())


class Written(Generic[Row]):
    """A queryset with its statement and what else the ORM works out on the way to it."""

    def __init__(self, queryset: QuerySet[Any, Row]) -> None:
        self._queryset = queryset
        self._compiler: Any = queryset.query.get_compiler(queryset.db)
        self._sql, self._parameters = self._compiler.as_sql()
        converters = self._compiler.get_converters([column for column, *_rest in self._compiler.select])
        self._compiler.get_converters = lambda columns: converters
        self._compiler.connection = None
        self._sql_for = lru_cache(LENGTHS_KEPT)(self._with_lengths)

    def asked_with(self, values: Mapping[str, Any]) -> QuerySet[Any, Row]:
        """A queryset of its own for each request: it asks this statement, with these values, on its connection."""
        connection = connections[self._queryset.db]
        parameters: list[Any] = []
        lengths: list[int] = []
        for each in self._parameters:
            if isinstance(each, Blank):
                value = values[each.name]
                many = value if isinstance(value, list | tuple | set | frozenset) else (value,)
                parameters += [as_stored(one, connection) for one in many]
                lengths.append(len(many))
            else:
                parameters.append(each)
                lengths.append(1)
        compiler = copy(self._compiler)
        compiler.connection, compiler.as_sql = connection, lambda: (self._sql_for(tuple(lengths)), parameters)
        query: Any = copy(self._queryset.query)
        query.get_compiler = lambda *_args, **_kwargs: compiler
        asked = self._queryset.__class__(self._queryset.model, query, self._queryset.db)
        for name in ("_iterable_class", "_fields", "_prefetch_related_lookups"):
            setattr(asked, name, getattr(self._queryset, name))
        return asked

    def _with_lengths(self, lengths: tuple[int, ...]) -> str:
        """The statement with as many placeholders for each value as it has; ``NULL`` where a collection is empty."""
        left = iter(lengths)

        def placeholders(found: re.Match[str]) -> str:
            return found[0] if found[0] == "%%" else ", ".join(["%s"] * next(left)) or "NULL"

        return PLACEHOLDER.sub(placeholders, self._sql)
