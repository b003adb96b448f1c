"""The published JSON Schema of a claim, made from the declaration of what is asked."""

from __future__ import annotations

from typing import Any

from verification.accounting.categories import categories
from verification.accounting.entry.schema import Field, Kind, Section, Shape
from verification.accounting.entry.sections import SECTIONS
from verification.accounting.exchange.tables import MAX_ROWS
from verification.accounting.exchange.workbook_writer import FORMAT, VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KEY_PATTERN = r"^[^~/\s][^~/]{0,59}$"


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the file. Answers are text; a number may also be written as a number."""
    return {
        "$schema": DIALECT,
        "title": "Claim of the Importer Verification Portal",
        "type": "object",
        "required": ["format", "version"],
        "oneOf": [{"required": ["answers"]}, {"required": ["report"]}],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": int(VERSION)},
            "decimal_mark": {"enum": [".", ","], "default": "."},
            "report": {"type": "object", "description": "The record of a whole report, as a sealed claim carries it."},
            "answers": {
                "type": "object",
                "additionalProperties": False,
                "properties": {section.key: _section(section) for section in SECTIONS},
            },
        },
    }


def _section(section: Section) -> dict[str, Any]:
    row = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: found for item in section.fields for name, found in _properties(item).items()},
    }
    found: dict[str, Any] = {"title": section.title, "type": "object", "maxProperties": MAX_ROWS}
    if section.intro:
        found["description"] = section.intro
    if section.reference:
        found["$comment"] = section.reference
    if section.shape is Shape.SINGLE:
        return found | {"additionalProperties": False, "properties": {"-": row}}
    if section.shape is Shape.CROSS:
        return found | {"additionalProperties": row}
    return found | {"propertyNames": {"pattern": KEY_PATTERN}, "additionalProperties": row}


def _properties(item: Field) -> dict[str, Any]:
    found: dict[str, Any] = {item.name: {"title": item.label} | _answer(item)}
    if item.hint:
        found[item.name]["description"] = item.hint
    if item.example:
        found[item.name]["examples"] = [item.example]
    if item.units:
        found[item.unit_name] = {"title": f"{item.label}: unit", "examples": list(item.units), "type": "string"}
    return found


def _answer(item: Field) -> dict[str, Any]:
    if item.kind in (Kind.NUMBER, Kind.WHOLE_NUMBER):
        return {"type": ["string", "number"], "maxLength": 100}
    if item.kind in (Kind.CHOICE, Kind.PARAMETER):
        return {"enum": ["", *(value for value, _ in item.choices)]}
    if item.kind is Kind.YES_NO:
        return {"enum": ["yes", "no", "", True, False]}
    if item.kind is Kind.DATE:
        return {"type": "string", "anyOf": [{"format": "date"}, {"const": ""}]}
    if item.kind is Kind.CATEGORY:
        return {"enum": ["", *(known.name for known in categories())]}
    if item.kind in (Kind.CATEGORIES, Kind.ROUTES):
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    return {"type": "string", "maxLength": item.longest}
