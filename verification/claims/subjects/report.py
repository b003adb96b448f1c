"""From the plain record of a report to the parts that checks look at.

The parts bear the field names of the record, so one walk along their annotations fills them all.
Keys that no part asks for are left alone; keys that are missing leave the part's default.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from verification.accounting.categories import ALL_ROUTES, category_named
from verification.checks.model import ProcessPart, ReportPart
from verification.kernel.quantities import decimal_from

Part = TypeVar("Part")
Read = Callable[[Any, str], Any]


def report_part(record: Mapping[str, Any] | None) -> ReportPart:
    """The report's parts; empty where there is no record. Raises ``ValueError`` for a number that is none."""
    if not record:
        return ReportPart()
    report = part_of(ReportPart, record)
    return replace(report, processes=tuple(_with_routes(process) for process in report.processes))


def report_sealed_as(digest: str, record: Mapping[str, Any] | None) -> ReportPart:
    """The report's parts of the content with the digest, read once in a process."""
    return _sealed(_Sealed(digest, record))


@dataclass(frozen=True)
class _Sealed:
    digest: str
    record: Mapping[str, Any] | None = field(compare=False)


@lru_cache(maxsize=64)
def _sealed(sealed: _Sealed) -> ReportPart:
    return report_part(sealed.record)


def part_of(kind: type[Part], record: Mapping[str, Any], path: str = "") -> Part:
    """``record`` as a part of that kind, which stands at ``path``."""
    plain_kind: Any = kind
    values = {
        name: read(record[name], f"{path}.{name}" if path else name)
        for name, read in _readers(plain_kind).items()
        if record.get(name) is not None
    }
    if "path" in _names(plain_kind):
        values["path"] = path
    return kind(**values)


def _with_routes(process: ProcessPart) -> ProcessPart:
    known = [found for found in map(category_named, process.categories) if found]
    if not known:
        return process
    routes = dict.fromkeys(route for category in known for route in category.routes)
    return replace(process, allowed_routes=(*routes, *(() if ALL_ROUTES in routes else (ALL_ROUTES,))))


@cache
def _names(kind: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))


@cache
def _readers(kind: type) -> dict[str, Read]:
    hints = get_type_hints(kind)
    return {name: _reader(hint) for name, hint in hints.items() if name in _names(kind) and name != "path"}


def _reader(hint: Any) -> Read:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = [item for item in get_args(hint) if item is not type(None)]
        return _reader(inner)
    if origin is tuple:
        return _tuple_reader(get_args(hint)[0])
    if origin is not None and issubclass(origin, Mapping):
        read_value = _reader(get_args(hint)[1])
        return lambda raw, path: {key: read_value(value, path) for key, value in raw.items()}
    if is_dataclass(hint):
        return lambda raw, path: part_of(hint, raw, path)  # type: ignore[arg-type]
    if hint is Decimal:
        return lambda raw, path: decimal_from(raw)
    if hint is date:
        return lambda raw, path: date.fromisoformat(raw)
    return lambda raw, path: raw


def _tuple_reader(inner: Any) -> Read:
    read = _reader(inner)
    return lambda raw, path: tuple(read(item, f"{path}.{index}") for index, item in enumerate(raw))
