"""Frozen dataclasses to plain records and back, without loss.

A record holds only text, whole numbers, booleans, null, lists and string-keyed objects, so that
``kernel.canonical`` can seal it: decimals and dates travel as text.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from verification.kernel.quantities import decimal_from, plain

T = TypeVar("T")


def as_record(value: Any) -> Any:
    """``value`` as a sealable record. Raises ``TypeError`` for a type that has no plain form."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: as_record(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_record(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): as_record(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no plain form.")


def from_record(kind: type[T], record: Any) -> T:
    """The ``kind`` that ``as_record`` made ``record`` from; keys left out take their defaults.

    Raises ``ValueError`` for an unknown key or a value that is not of the declared type.
    """
    return _build(kind, record, kind.__name__)


def _build(kind: Any, record: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if record is None else _build(_only_alternative(kind), record, where)
    if origin is tuple:
        _expect(isinstance(record, list | tuple), "a list", record, where)
        inner = get_args(kind)[0]
        return tuple(_build(inner, item, f"{where}[{index}]") for index, item in enumerate(record))
    if origin is not None and issubclass(origin, Mapping):
        _expect(isinstance(record, Mapping), "an object", record, where)
        inner = get_args(kind)[1]
        return {key: _build(inner, item, f"{where}.{key}") for key, item in record.items()}
    if is_dataclass(kind):
        return _build_dataclass(kind, record, where)
    return _build_scalar(kind, record, where)


def _build_dataclass(kind: Any, record: Any, where: str) -> Any:
    _expect(isinstance(record, Mapping), "an object", record, where)
    hints = _hints(kind)
    unknown = sorted(set(record) - set(hints))
    if unknown:
        raise ValueError(f"{where}: unknown key {unknown[0]!r}.")
    return kind(**{key: _build(hints[key], item, f"{where}.{key}") for key, item in record.items()})


def _build_scalar(kind: Any, record: Any, where: str) -> Any:
    if kind is Decimal:
        _expect(isinstance(record, str | int) and not isinstance(record, bool), "a decimal as text", record, where)
        return decimal_from(record)
    if kind is date:
        return record if isinstance(record, date) else date.fromisoformat(record)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(record)
    _expect(isinstance(record, kind) and (kind is bool or not isinstance(record, bool)), kind.__name__, record, where)
    return record


def _only_alternative(kind: Any) -> Any:
    (inner,) = [item for item in get_args(kind) if item is not type(None)]
    return inner


def _expect(holds: bool, expected: str, found: Any, where: str) -> None:
    if not holds:
        raise ValueError(f"{where}: expected {expected}, found {found!r}.")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
