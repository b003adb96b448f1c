"""One run of a room's tests in a forked process, with a mutant in place of its module.

The changed source is handed to the import system; no file is touched, so runs beside each other do not meet.
The parent has imported the libraries but nothing of the rooms: every trial imports them afresh.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, NoReturn

import hypothesis
import pytest

from tests.mutation.mutants import ROOT, Mutant

MEMORY_BYTES = 3 * 1024**3
PROCESSOR_SECONDS = 90
TESTS = {
    "accounting": [
        *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/verification/accounting/test_*.py")),
        "tests/properties/test_accounting_laws.py",
        "tests/mutation/reference_sample.py",
    ],
    "checks": ["tests/verification/checks"],
}
OPTIONS = ["-q", "-x", "--tb=line", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:xdist"]


class Replacement(importlib.abc.MetaPathFinder):
    """Imports the module of ``mutant`` from its changed source."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = mutant.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self.path = str(ROOT / mutant.module)
        self.code = compile(mutant.source(), self.path, "exec", dont_inherit=True)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=_Loader(self.code, fullname, self.path))


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, code: CodeType, name: str, path: str) -> None:
        super().__init__(name, path)
        self.changed = code

    def get_code(self, fullname: str) -> CodeType:
        return self.changed


class Order:
    """Puts the tests that pass through the mutant first, the quickest of them in front; leaves none out."""

    def __init__(self, first: dict[str, float]) -> None:
        self.first = first

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.first.get(item.nodeid, 1e9))


class Recorder:
    """Notes the duration of every test, and which functions of ``room`` it calls."""

    def __init__(self, room: str, result: Path) -> None:
        self.folder, self.result = str(ROOT / "verification" / room), result
        self.calls: dict[str, Any] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Any:
        called: set[tuple[str, int]] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and frame.f_code.co_filename.startswith(self.folder):
                called.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

        began = time.perf_counter()
        sys.setprofile(note)
        yield
        sys.setprofile(None)
        places = sorted(f"{os.path.relpath(path, ROOT)}:{line}" for path, line in called)
        self.calls[item.nodeid] = {"seconds": time.perf_counter() - began, "calls": places}

    def pytest_sessionfinish(self) -> None:
        self.result.write_text(json.dumps(self.calls), encoding="utf-8")


def start(room: str, log: Path, plugins: list[object], mutant: Mutant | None = None) -> int:
    """Fork a trial and return its process id; it ends with the exit code of pytest."""
    process = os.fork()
    if process == 0:
        _run(room, log, plugins, mutant)
    return process


def _run(room: str, log: Path, plugins: list[object], mutant: Mutant | None) -> NoReturn:
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))
        with log.open("wb") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        hypothesis.settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
        hypothesis.settings.load_profile("mutation")
        if mutant is not None:
            sys.meta_path.insert(0, Replacement(mutant))
        tests = TESTS[room]
        confines = os.path.dirname(tests[0]) if tests[0].endswith(".py") else tests[0]
        code = int(pytest.main([*OPTIONS, f"--confcutdir={confines}", *tests], plugins=plugins))
    finally:
        sys.stdout.flush()
        os._exit(code)
