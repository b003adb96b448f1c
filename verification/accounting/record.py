"""Frozen dataclasses to plain records and back, without loss.

A record holds only text, whole numbers, booleans, null, lists and string-keyed objects, so that
``kernel.canonical`` can seal it: decimals and dates travel as text.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from verification.kernel.quantities import decimal_from, plain

T = TypeVar("T")
Read = Callable[[Any, str], Any]
"""Takes a record and where it stands."""


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
    annotation: Any = kind
    return _reader(annotation)(record, kind.__name__)


@cache
def _reader(kind: Any) -> Read:
    """What turns a record into ``kind``: the annotation is taken apart once, however often it is read by."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional_reader(_only_alternative(kind))
    if origin is tuple:
        return _tuple_reader(get_args(kind)[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(get_args(kind)[1])
    if is_dataclass(kind):
        return partial(_read_dataclass, kind)
    return _scalar_reader(kind)


def _optional_reader(inner: Any) -> Read:
    read = _reader(inner)
    return lambda record, where: None if record is None else read(record, where)


def _tuple_reader(inner: Any) -> Read:
    read = _reader(inner)

    def read_tuple(record: Any, where: str) -> Any:
        _expect(isinstance(record, list | tuple), "a list", record, where)
        return tuple([read(item, f"{where}[{index}]") for index, item in enumerate(record)])

    return read_tuple


def _mapping_reader(inner: Any) -> Read:
    read = _reader(inner)

    def read_mapping(record: Any, where: str) -> Any:
        _expect(isinstance(record, Mapping), "an object", record, where)
        return {key: read(item, f"{where}.{key}") for key, item in record.items()}

    return read_mapping


def _read_dataclass(kind: Any, record: Any, where: str) -> Any:
    _expect(isinstance(record, Mapping), "an object", record, where)
    readers = _readers(kind)
    values = {}
    for key, item in record.items():
        if key not in readers:
            raise ValueError(f"{where}: unknown key {min(set(record) - set(readers))!r}.")
        values[key] = readers[key](item, f"{where}.{key}")
    return kind(**values)


def _scalar_reader(kind: Any) -> Read:
    if kind is Decimal:
        return _read_decimal
    if kind is date:
        return lambda record, where: record if isinstance(record, date) else date.fromisoformat(record)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda record, where: kind(record)

    def read_plain(record: Any, where: str) -> Any:
        is_of_kind = isinstance(record, kind) and (kind is bool or not isinstance(record, bool))
        _expect(is_of_kind, kind.__name__, record, where)
        return record

    return read_plain


def _read_decimal(record: Any, where: str) -> Decimal:
    _expect(isinstance(record, str | int) and not isinstance(record, bool), "a decimal as text", record, where)
    return decimal_from(record)


def _only_alternative(kind: Any) -> Any:
    (inner,) = [item for item in get_args(kind) if item is not type(None)]
    return inner


def _expect(holds: bool, expected: str, found: Any, where: str) -> None:
    if not holds:
        raise ValueError(f"{where}: expected {expected}, found {found!r}.")


@cache
def _readers(kind: type) -> dict[str, Read]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
