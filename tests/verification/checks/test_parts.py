"""What rules look at and what they say cannot be changed by another rule on the way."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

import verification.checks
from verification.checks.model import Check, Finding, Hit, Severity

pytestmark = pytest.mark.unit
MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(verification.checks.__path__, "verification.checks.")
]
PARTS = sorted(
    {
        part
        for module in MODULES
        for part in vars(module).values()
        if isinstance(part, type) and is_dataclass(part) and part.__module__ == module.__name__
    },
    key=lambda part: part.__name__,
)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_part_cannot_be_changed(part):
    empty = object.__new__(part)
    with pytest.raises(AttributeError, match="cannot assign"):
        setattr(empty, fields(part)[0].name, None)


def test_version_of_a_rule_and_of_its_finding_begins_at_one():
    rule = Check("COM-001", Severity.INFO, "T", "T.", "M.", "R", lambda _: [])
    assert (rule.version, Finding("COM-001", "info", "T", "T.", "M.", "R").rule_version) == (1, 1)


def test_inputs_are_kept_as_text():
    hit = Hit(inputs={"number": Decimal("0.125"), "missing": None, "word": "t"})
    assert hit.inputs_as_text() == {"number": "0.125", "missing": "none", "word": "t"}
