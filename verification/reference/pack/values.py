"""From the text of a pack to typed values. Every function raises ``ValueError`` in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from verification.kernel.quantities import decimal_from

_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_WHOLE = Decimal(100)
Parser = Callable[[str], Any]


class OutOfRange(ValueError):
    """A number that is well written and cannot be meant."""


def text(raw: str) -> str:
    if not raw.strip():
        raise ValueError("Nothing is written here.")
    return raw.strip()


def optional_text(raw: str) -> str:
    return raw.strip()


def number(raw: object) -> Decimal:
    """An exact decimal, not below zero, written plainly: no exponent, no comma, never a float."""
    if not isinstance(raw, str) or not _DECIMAL.fullmatch(raw):
        raise ValueError("This is not a plain decimal number in quotes, such as 0.10.")
    value = decimal_from(raw)
    if value < 0:
        raise ValueError("A number of reference data is not below zero.")
    return value


def optional_number(raw: str) -> Decimal | None:
    return number(raw) if raw else None


def percent(raw: object) -> Decimal:
    """A percentage from 0 to 100. Raises ``OutOfRange`` beyond."""
    value = number(raw)
    if value > _WHOLE:
        raise OutOfRange("A percentage lies between 0 and 100.")
    return value


def optional_percent(raw: str) -> Decimal | None:
    return percent(raw) if raw else None


def whole_number(raw: str) -> int:
    if not _DIGITS.fullmatch(raw):
        raise ValueError("This is not a whole number.")
    return int(raw)


def yes_or_no(raw: str) -> bool:
    if raw not in ("yes", "no"):
        raise ValueError("Write yes or no.")
    return raw == "yes"


def country(raw: str) -> str:
    """An ISO 3166 alpha-2 code."""
    if not _COUNTRY.fullmatch(raw):
        raise ValueError("A country is written with its two capital letters.")
    return raw


def pair(first: str, second: str, parse_second: Parser) -> Parser:
    """``word=number`` as a mapping with the two names; the number stays text, fit for JSON."""

    def parse(raw: str) -> dict[str, str]:
        word, sign, figure = raw.partition("=")
        if not sign or not word.strip():
            raise ValueError("Write a word, an equals sign and a number, such as domestic=50.")
        parse_second(figure)
        return {first: word.strip(), second: figure}

    return parse


def day(raw: object) -> date:
    """An ISO date; YAML may have typed it already."""
    if type(raw) is date:
        return raw
    if not isinstance(raw, str):
        raise ValueError("This is not a date of the form 2026-01-31.")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError("This is not a date of the form 2026-01-31.") from None


def optional_day(raw: object) -> date | None:
    return None if raw in ("", None) else day(raw)


def year(raw: str) -> int:
    if not re.fullmatch(r"20[0-9][0-9]", raw):
        raise ValueError("This is not a year.")
    return int(raw)


def code_of_length(*lengths: int) -> Parser:
    """A code of digits with one of the lengths."""

    def parse(raw: str) -> str:
        if not _DIGITS.fullmatch(raw) or len(raw) not in lengths:
            raise ValueError(f"A code has {' or '.join(str(length) for length in lengths)} digits.")
        return raw

    return parse


def one_of(allowed: Collection[str]) -> Parser:
    """One of the words allowed."""

    def parse(raw: str) -> str:
        if raw not in allowed:
            raise ValueError(f"This is none of: {', '.join(word or '(nothing)' for word in sorted(allowed))}.")
        return raw

    return parse


def list_of(parse_item: Parser) -> Parser:
    """Items between upright bars; nothing is an empty list."""
    return lambda raw: [parse_item(item) for item in raw.split("|")] if raw else []


class _StrictLoader(yaml.SafeLoader):
    """YAML silently keeps the last of two equal keys; in dated law that loses a value."""


def _mapping_without_repeats(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise ValueError(f"The key {key} stands twice (line {key_node.start_mark.line + 1}).")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_repeats)


def yaml_mapping(content: bytes) -> dict[Any, Any]:
    """The mapping in a YAML file. Raises ``ValueError`` where it is broken, repeats a key or is no mapping."""
    try:
        loaded = yaml.load(content, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"This is not readable YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise ValueError("A file of a pack is a mapping at its top.")
    return loaded
