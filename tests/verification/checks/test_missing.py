"""No rule breaks over a number that is missing or zero, and an empty row does not hide the row below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, get_type_hints

import pytest

from tests.verification.checks.builders import CLEAN, good
from tests.verification.checks.cases import CASES
from tests.verification.checks.price_builders import CLEAN_PRICE
from tests.verification.checks.unit_builders import CLEAN_UNITS
from verification.checks import catalogue
from verification.checks.catalogue import AnySubject, run_check
from verification.checks.model import Subject

pytestmark = pytest.mark.unit
EMPTY_GOOD = good(
    code="99999999", process="", process_id="", category="", list_category="", quantity=None, default_value=None,
    direct=None, indirect=None, total=None, applicable=None, default_share=None, parameters={},
)  # fmt: skip
RULES = {rule.code: rule for rule in catalogue()}


@cache
def optional_fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """Fields that may be missing, and whether they are numbers."""
    hints = {name: str(hint) for name, hint in get_type_hints(kind).items()}
    return tuple(
        (name, "Decimal" in hint)
        for name, hint in hints.items()
        if hint.endswith("| None") or hint.startswith("typing.Optional")
    )


def with_one_missing(part: Any) -> Iterator[Any]:
    """``part`` with one of its values taken away or made zero, at any depth."""
    for name, is_number in optional_fields(type(part)):
        if getattr(part, name) is not None and not is_dataclass(getattr(part, name)):
            yield replace(part, **{name: None})
            if is_number:
                yield replace(part, **{name: Decimal(0)})
    for each in fields(part):
        value = getattr(part, each.name)
        if is_dataclass(value):
            yield from (replace(part, **{each.name: less}) for less in with_one_missing(value))
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if is_dataclass(item):
                    for less in with_one_missing(item):
                        yield replace(part, **{each.name: (*value[:place], less, *value[place + 1 :])})


@pytest.mark.parametrize("clean", [CLEAN, CLEAN_UNITS, CLEAN_PRICE], ids=["emissions", "units", "price"])
def test_clean_claim_has_many_values_that_may_be_missing(clean):
    assert len(list(with_one_missing(clean))) > 20


@pytest.mark.parametrize("code", sorted(CASES))
def test_rule_does_not_break_over_a_missing_number(code):
    for less in with_one_missing(CASES[code].fails):
        assert {finding.code for finding in run_check(RULES[code], less)} <= {code}


def empty_row(row: Any) -> Any:
    """A row of the same kind in which nothing was filled in."""
    given = {each.name: "" for each in fields(row) if each.default is MISSING and each.default_factory is MISSING}
    return type(row)(**{**given, **{name: "row.9" for name in given if name in ("path", "id")}})


def with_empty_rows(looked_at: AnySubject) -> Iterator[AnySubject]:
    if not isinstance(looked_at, Subject):
        yield from _with_an_empty_row(looked_at)
        return
    yield replace(looked_at, goods=(EMPTY_GOOD, *looked_at.goods))
    yield from (replace(looked_at, report=report) for report in _with_an_empty_row(looked_at.report))


def _with_an_empty_row(part: Any) -> Iterator[Any]:
    for each in fields(part):
        rows = getattr(part, each.name)
        if isinstance(rows, tuple) and rows and is_dataclass(rows[0]):
            yield replace(part, **{each.name: (empty_row(rows[0]), *rows)})


@pytest.mark.parametrize("code", sorted(CASES))
def test_empty_row_does_not_hide_the_next(code):
    before = {finding.key for finding in run_check(RULES[code], CASES[code].fails)}
    for longer in with_empty_rows(CASES[code].fails):
        assert before - {finding.key for finding in run_check(RULES[code], longer)} == set()
