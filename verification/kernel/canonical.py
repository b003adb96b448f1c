"""One byte sequence per record, so that a hash means something.

RFC 8785 by the rfc8785 library, restricted to text, whole numbers, booleans, null, lists and
string-keyed objects: decimals travel as strings, floats are refused.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical_bytes(record: Any) -> bytes:
    """Canonical UTF-8 JSON. Raises ``TypeError`` where a float or unknown type is inside."""
    _refuse_floats(record, "$")
    return rfc8785.dumps(record)


def sha256_of(record: Any) -> str:
    """Hex SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical_bytes(record)).hexdigest()


def _refuse_floats(value: Any, path: str) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_floats(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            _refuse_floats(inner, f"{path}[{index}]")
    elif not (value is None or isinstance(value, str | bool | int)):
        raise TypeError(f"{path}: {type(value).__name__} cannot stand in a sealed record; use text.")
