"""Paging by key: the next page starts after the last row seen, however long the list grows."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

PAGE_SIZE = 50


@dataclass(frozen=True)
class KeysetPage:
    """Rows of one page; ``next_cursor`` is empty on the last page, ``is_later`` false on the first."""

    rows: list[Any]
    next_cursor: str
    is_later: bool

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet[Any],
    *,
    order: tuple[str, ...] = ("-created_at", "-id"),
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> KeysetPage:
    """The page of ``queryset`` after ``cursor``, ordered by ``order`` and sized ``size``.

    ``order`` names fields that are never null and together unique. A cursor that cannot be read,
    as after an address was cut, gives the first page.
    """
    ordered = queryset.order_by(*order)
    rows_after = _rows_after(ordered, order, cursor)
    found = list((ordered if rows_after is None else rows_after)[: size + 1])
    rows = found[:size]
    next_cursor = _encoded(rows[-1], order) if len(found) > size else ""
    return KeysetPage(rows, next_cursor, is_later=rows_after is not None)


def _rows_after(ordered: QuerySet[Any], order: tuple[str, ...], cursor: str) -> QuerySet[Any] | None:
    """Rows after the cursor, or ``None`` where the cursor is empty or is none of this list."""
    key = _decoded(cursor, len(order))
    if key is None:
        return None
    try:
        return ordered.filter(_after(order, key))
    except (ValidationError, ValueError):
        return None


def _after(order: tuple[str, ...], key: list[Any]) -> Q:
    """Rows after ``key``: first field beyond, or equal and the next field beyond, and so on.

    That the first field is not before the key follows from this; said by itself, it lets an index begin there.
    """
    first = order[0].lstrip("-")
    bound = Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": key[0]})
    condition = Q()
    equal_so_far = Q()
    for name, value in zip(order, key, strict=True):
        field = name.lstrip("-")
        beyond = "lt" if name.startswith("-") else "gt"
        condition |= equal_so_far & Q(**{f"{field}__{beyond}": value})
        equal_so_far &= Q(**{field: value})
    return bound & condition


def _encoded(row: Model, order: tuple[str, ...]) -> str:
    key = [_as_text(_value_of(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(key, separators=(",", ":")).encode()).decode().rstrip("=")


def _value_of(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _as_text(value: object) -> str | int:
    if isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _decoded(cursor: str, length: int) -> list[Any] | None:
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        return None
    is_key = isinstance(key, list) and len(key) == length and all(isinstance(part, str | int) for part in key)
    return key if is_key else None
