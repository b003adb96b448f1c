"""What import-linter cannot say: packages of third parties and calls that have no place in the domain."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import ROOT, calls_of, imports_of, modules_of, name_of

pytestmark = pytest.mark.unit

OF_THE_WEB = ("django.http", "django.forms", "django.shortcuts", "crispy_forms", "ninja", "rest_framework")
CLOCK = "verification/kernel/clock.py"
TIME_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time"}


def test_domain_imports_nothing_of_the_web():
    found = [
        f"{name_of(path)}: {imported}"
        for path in modules_of("verification")
        for imported in imports_of(path)
        if any(imported == banned or imported.startswith(f"{banned}.") for banned in OF_THE_WEB)
    ]
    assert found == []


def test_domain_asks_only_its_clock_for_the_time():
    found = [
        f"{name_of(path)}:{call.lineno} {ast.unparse(call.func)}"
        for path in modules_of("verification")
        if name_of(path) != CLOCK
        for call in calls_of(path)
        if ".".join(ast.unparse(call.func).split(".")[-2:]) in TIME_CALLS
    ]
    assert found == []


def test_clock_is_where_the_test_looks_for_it():
    calls = {ast.unparse(call.func) for call in calls_of(ROOT / CLOCK)}
    assert "datetime.now" in calls
