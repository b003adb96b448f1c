"""The declaration against the model: every attribute is asked somewhere, and every question fills one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import get_args

import pytest

from verification.accounting import model
from verification.accounting.entry.plans import PARAMETER, groups, hints, targets
from verification.accounting.entry.schema import Kind, Shape
from verification.accounting.entry.sections import SECTIONS, section_named
from verification.accounting.entry.sections.goods import PARAMETERS, PARAMETERS_ABOVE_ONE
from verification.accounting.template import layout

pytestmark = pytest.mark.unit

# A waste gas comes from a process, never from a heat source, so nobody is asked for its source.
NOT_ASKED = {"waste_gas.import_source", "waste_gas.export_source"}
MADE = sorted({section.makes for section in SECTIONS if section.makes != PARAMETER})


@pytest.mark.parametrize("name", MADE)
def test_every_attribute_of_the_model_is_asked(name):
    kind = getattr(model, name)
    asked: set[str] = set()
    for section in SECTIONS:
        if section.makes == name:
            for target in targets(section):
                asked |= {target.path} | ({target.field.unit_path} if target.field.unit_path else set())
    collections = {section.collection for section in SECTIONS if section.parent}
    wanted = {
        f"{item.name}.{inner.name}" if is_dataclass(hints(kind)[item.name]) else item.name
        for item in fields(kind)
        for inner in (fields(hints(kind)[item.name]) if is_dataclass(hints(kind)[item.name]) else (item,))
    }
    assert wanted - asked - {"id"} - NOT_ASKED == wanted & collections


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_choices_are_those_of_the_model(section):
    if section.makes == PARAMETER:
        return
    for target in targets(section):
        if target.field.kind is Kind.CHOICE and target.choice_type:
            assert sorted(value for value, _ in target.field.choices) == sorted(target.choice_type)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_links_conditions_and_parents_name_what_there_is(section):
    for field in section.fields:
        assert [section_named(link).key for link in field.links] == list(field.links)
        if field.only_for:
            chosen = section.field(field.only_for[0])
            offered = {"yes", "no"} if chosen.kind is Kind.YES_NO else {value for value, _ in chosen.choices}
            assert set(field.only_for[1]) <= offered | {""}
    named = {field.name for field in section.fields}
    assert {section.parent, section.across} - {""} <= named
    assert (section.shape is Shape.CROSS) == bool(section.across)


def test_keys_of_sections_and_names_of_fields_are_used_once():
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)
    for section in SECTIONS:
        names = [name for field in section.fields for name in (field.name, field.unit_name)]
        assert len(set(names)) == len(names)


def test_parameters_of_composition_are_those_of_the_template():
    assert [value for value, _ in PARAMETERS] == list(layout.PRODUCT_PARAMETERS)
    assert PARAMETERS_ABOVE_ONE == layout.PARAMETERS_ABOVE_ONE


def test_inner_objects_are_known_by_their_attribute():
    assert {name: kind.__name__ for name, kind in groups(section_named("energy_use")).items()} == {
        "heat": "EnergyFlow",
        "waste_gas": "EnergyFlow",
    }
    assert issubclass(get_args(hints(model.SourceStream)["method"])[0], StrEnum)
