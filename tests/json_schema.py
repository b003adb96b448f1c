"""Checks a value against the part of JSON Schema 2020-12 that the published schemas use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

TYPES = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "type", "const", "enum", "pattern", "required", "properties",
    "additionalProperties", "items", "prefixItems", "minItems", "maxItems",
}  # fmt: skip


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, at: str = "$") -> list[str]:
    """Everything that breaks the schema, by path. Raises ``ValueError`` for a key word that is not known here."""
    return list(_problems(value, schema, root or schema, at))


def _problems(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    if unknown := set(schema) - KNOWN:
        raise ValueError(f"{at}: the schema uses {unknown}")
    if "$ref" in schema:
        yield from _problems(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    allowed = schema.get("type", [])
    if allowed and not any(TYPES[name](value) for name in ([allowed] if isinstance(allowed, str) else allowed)):
        yield f"{at}: {value!r} is no {allowed}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"
    if isinstance(value, dict):
        yield from _of_object(value, schema, root, at)
    if isinstance(value, list):
        yield from _of_array(value, schema, root, at)


def _of_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    named, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    yield from (f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value)
    for name, part in value.items():
        if name in named:
            yield from _problems(part, named[name], root, f"{at}.{name}")
        elif others is False:
            yield f"{at}.{name} is not foreseen"
        elif isinstance(others, dict):
            yield from _problems(part, others, root, f"{at}.{name}")


def _of_array(value: list[Any], schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: {len(value)} items"
    prefix = schema.get("prefixItems", [])
    for index, part in enumerate(value):
        rule = prefix[index] if index < len(prefix) else schema.get("items", {})
        yield from _problems(part, rule, root, f"{at}[{index}]")
