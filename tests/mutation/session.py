"""A pytest session that collects a room's tests once and then tries mutants instead of running them."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mutation import trial
from tests.mutation.mutants import ROOT, Function, Mutant, Shape
from tests.mutation.recorder import Calls, Watch, record


class Session:
    """``work`` gets the mutants that can be tried here with a function that starts a trial."""

    def __init__(self, room: str, mutants: list[Mutant], folder: Path, work: Callable[..., None]) -> None:
        self.room, self.mutants, self.folder, self.work = room, mutants, folder, work
        self.watch = Watch(room)
        self.shapes: dict[str, Shape] = {}
        self.items: list[pytest.Item] = []

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        session.config.pluginmanager.register(self.watch)
        self.watch.start()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.collecting = self.watch.stop()
        self.items = list(session.items)

    def pytest_runtestloop(self) -> bool:
        self.calls = self._record()
        here = [mutant for mutant in self.mutants if self._may_be_tried_here(mutant)]
        self.work(here, self.calls.seconds, self._start)
        return True

    def _record(self) -> Calls:
        path, log = self.folder / f"{self.room}-calls.pickle", self.folder / f"{self.room}-calls.log"

        def work() -> int:
            path.write_bytes(pickle.dumps(record(self.items, self.watch)))
            return 0

        _, status = os.waitpid(trial.fork(log, work), 0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"The tests do not pass on the code as it is:\n{log.read_text('utf-8')[-3000:]}")
        return pickle.loads(path.read_bytes())  # noqa: S301

    def _function(self, mutant: Mutant) -> Function | None:
        if mutant.module not in self.shapes:
            self.shapes[mutant.module] = Shape((ROOT / mutant.module).read_text("utf-8"))
        return self.shapes[mutant.module].function_around(mutant)

    def _may_be_tried_here(self, mutant: Mutant) -> bool:
        function = self._function(mutant)
        return function is not None and (mutant.module, function.first) not in self.collecting

    def _start(self, mutant: Mutant, log: Path) -> int:
        function = self._function(mutant)
        assert function is not None
        place = (mutant.module, function.first)
        first = sorted(
            (item for item in self.items if place in self.calls.tests[item.nodeid]),
            key=lambda item: self.calls.seconds[item.nodeid],
        )
        if place in self.calls.shared or not first:
            first += [item for item in self.items if item not in first]
        return trial.fork(log, lambda: trial.try_on_collected(mutant, function, first))
