"""Runs of a room's tests on a mutant, each in a forked process.

A mutant inside a function that only tests call is tried on modules and tests that are imported already: the
function gets its changed code. Any other mutant (module level, heads of functions, what runs while tests are
collected) is tried on a fresh import, with the changed source in place of its module. No file is touched.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NoReturn

import hypothesis
import pytest

from tests.mutation.mutants import ROOT, Function, Mutant

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
WITHOUT = ("cacheprovider", "django", "xdist", "playwright", "base_url", "anyio", "factoryboy", "faker")
OPTIONS = ["-q", "-x", "-s", "--tb=line", *(word for name in WITHOUT for word in ("-p", f"no:{name}"))]
BROKEN_OFF = 70


def fork(log: Path, work: Callable[[], int]) -> int:
    """Process id of a child that does ``work``, writes to ``log`` and ends with the code that ``work`` returns."""
    process = os.fork()
    if process == 0:
        _in_child(log, work)
    return process


def _in_child(log: Path, work: Callable[[], int]) -> NoReturn:
    code = BROKEN_OFF
    try:
        with log.open("wb") as output:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
        code = work()
    except Exception:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def bound() -> None:
    """A mutant may ask for endless digits or loops."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 5))


def run_pytest(room: str, plugin: object) -> int:
    """Exit code of pytest on the room's tests, without Django and the fixtures of the whole project."""
    hypothesis.settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
    hypothesis.settings.load_profile("mutation")
    tests = TESTS[room]
    confines = os.path.dirname(tests[0]) if tests[0].endswith(".py") else tests[0]
    return int(pytest.main([*OPTIONS, f"--confcutdir={confines}", *tests], plugins=[plugin]))


def try_on_fresh_import(room: str, mutant: Mutant) -> int:
    """Exit code of pytest with the changed source; 2 where it cannot be imported."""
    bound()
    sys.meta_path.insert(0, Replacement(mutant))
    return run_pytest(room, object())


def try_on_collected(mutant: Mutant, function: Function, items: Sequence[pytest.Item]) -> int:
    """1 at the first of ``items`` that fails with the changed function, else 0."""
    bound()
    # A collection would write to every page that is shared with the parent.
    gc.disable()
    change(mutant, function)
    session = items[0].session
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            print(f"\nFAILED {item.nodeid}")
            return 1
    return 0


def change(mutant: Mutant, function: Function) -> None:
    """Gives the function its changed code, wherever it is held. Raises ``RuntimeError`` where it is not found."""
    path = str(ROOT / mutant.module)
    module = compile(mutant.source(), path, "exec", dont_inherit=True)
    changed = [
        code for code in _codes(module) if (code.co_name, code.co_firstlineno) == (function.name, function.first)
    ]
    held = [
        each
        for each in gc.get_objects()
        if isinstance(each, FunctionType)
        and each.__code__.co_filename == path
        and (each.__code__.co_name, each.__code__.co_firstlineno) == (function.name, function.first)
    ]
    if len(changed) != 1 or not held:
        raise RuntimeError(f"{mutant}: {len(changed)} new and {len(held)} old functions {function}")
    for each in held:
        each.__code__ = changed[0]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


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
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=_Loader(self.code, fullname, self.path)
        )


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, code: CodeType, name: str, path: str) -> None:
        super().__init__(name, path)
        self.changed = code

    def get_code(self, fullname: str) -> CodeType:
        return self.changed
