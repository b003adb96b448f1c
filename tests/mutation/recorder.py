"""Which functions of a room every test calls: a mutant is tried on those tests, the quickest first."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import pytest

from tests.mutation.mutants import ROOT

Place = tuple[str, int]
"""Module as a path from the root, and the first line of a function."""


@dataclass
class Calls:
    """``shared`` ran while tests were collected or under a cache: there a test may see it without calling it."""

    collecting: set[Place] = field(default_factory=set)
    shared: set[Place] = field(default_factory=set)
    tests: dict[str, set[Place]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class Watch:
    """Notes the functions of ``room`` that are called between ``start`` and ``stop``."""

    def __init__(self, room: str) -> None:
        self.folder = f"{ROOT}/verification/{room}/"
        self.cached = _cached_functions(Path(self.folder))
        self.called: set[Place] = set()
        self.under_cache: set[Place] = set()
        self.depth = 0
        self.fixtures: dict[str, set[Place]] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef) -> Iterator[None]:
        """What a fixture calls belongs to every test that asks for it, not only to the first."""
        before, self.called = self.called, set()
        yield
        self.fixtures.setdefault(fixturedef.argname, set()).update(self.called)
        self.called |= before

    def start(self) -> None:
        self.called, self.depth = set(), 0
        sys.setprofile(self._note)

    def stop(self) -> set[Place]:
        sys.setprofile(None)
        return self.called

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event not in ("call", "return") or not frame.f_code.co_filename.startswith(self.folder):
            return
        place = (frame.f_code.co_filename[len(str(ROOT)) + 1 :], frame.f_code.co_firstlineno)
        if event == "return":
            self.depth -= place in self.cached
            return
        self.depth += place in self.cached
        self.called.add(place)
        if self.depth > 0:
            self.under_cache.add(place)


def record(items: list[pytest.Item], watch: Watch) -> Calls:
    """Runs every test on the code as it is. Raises ``RuntimeError`` where one fails."""
    calls = Calls()
    for item, following in zip(items, [*items[1:], None], strict=True):
        began = time.perf_counter()
        watch.start()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        calls.tests[item.nodeid] = watch.stop()
        calls.seconds[item.nodeid] = time.perf_counter() - began
        if item.session.testsfailed:
            raise RuntimeError(f"{item.nodeid} fails on the code as it is.")
    for item in items:
        for name in getattr(item, "fixturenames", ()):
            calls.tests[item.nodeid] |= watch.fixtures.get(name, set())
    calls.shared = watch.under_cache
    return calls


def _cached_functions(folder: Path) -> set[Place]:
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(each) for each in node.decorator_list):
                found.add((str(path.relative_to(ROOT)), min(each.lineno for each in node.decorator_list)))
    return found
