from __future__ import annotations

import json

import pytest

from verification.accounting.entry.sections import SECTIONS
from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_names, example_report
from verification.accounting.exchange import json_schema, write_file

pytestmark = pytest.mark.unit


def test_schema_is_plain_json_and_names_every_question():
    schema = json.loads(json.dumps(json_schema()))
    sections = schema["properties"]["answers"]["properties"]
    assert list(sections) == [section.key for section in SECTIONS]
    for section in SECTIONS:
        part = sections[section.key]
        row = part["properties"]["-"] if "properties" in part else part["additionalProperties"]
        names = [
            name
            for field in section.fields
            for name in (field.name, field.unit_name)
            if name == field.name or field.units
        ]
        assert list(row["properties"]) == names


@pytest.mark.parametrize("name", example_names())
def test_written_file_obeys_the_schema(name, tmp_path):
    path = tmp_path / "claim.json"
    write_file(answers_of(example_report(name)), "json", path)
    assert _broken(json.loads(path.read_text(encoding="utf-8")), json_schema(), "$") == []


def test_schema_refuses_what_is_not_asked():
    document = {
        "format": "importer-verification-portal/claim",
        "version": 1,
        "answers": {"streams": {"S1": {"colour": "x"}}},
    }
    assert _broken(document, json_schema(), "$") == ["$.answers.streams.S1.colour is not allowed"]
    assert _broken(document | {"version": 2, "answers": {}}, json_schema(), "$") == ["$.version is not 1"]


def _broken(value, schema, where):
    """Where ``value`` breaks ``schema``, for the words of JSON Schema that the claim's schema uses."""
    found = []
    if "const" in schema and value != schema["const"]:
        found.append(f"{where} is not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where} is none of the values")
    if schema.get("type") == "string" and not isinstance(value, str):
        found.append(f"{where} is no text")
    if schema.get("type") == "object":
        if not isinstance(value, dict):
            return [*found, f"{where} is no object"]
        found += [f"{where}.{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            inner = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
            if inner is False:
                found.append(f"{where}.{name} is not allowed")
            elif inner is not True:
                found += _broken(item, inner, f"{where}.{name}")
    return found
