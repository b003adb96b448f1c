"""Modules and functions stay small; what does not is listed, with its reason, in a decision page."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules_of, name_of, tree_of

pytestmark = pytest.mark.unit

MODULE_LINES, FUNCTION_LINES = 400, 60
PAGE = ROOT / "docs" / "decisions" / "0018-size-of-modules.md"


def test_modules_are_small_or_listed():
    found = {name for name, lines in _modules().items() if lines > MODULE_LINES}
    assert found == {name for name in _listed() if "::" not in name}


def test_functions_are_small_or_listed():
    found = {name for name, lines in _functions().items() if lines > FUNCTION_LINES}
    assert found == {name for name in _listed() if "::" in name}


def _modules() -> dict[str, int]:
    paths = [*modules_of("portal", "verification", "tests"), *_scripts()]
    return {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}


def _functions() -> dict[str, int]:
    python = [path for path in _scripts() if path.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3")]
    return {
        f"{name_of(path)}::{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in [*modules_of("portal", "verification"), *python]
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _scripts() -> list[Path]:
    return sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file())


def _listed() -> set[str]:
    """Entries of the page: lines such as ``- `path/module.py::function` – reason``."""
    return set(re.findall(r"^- `([^`]+)` – \S", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE))
