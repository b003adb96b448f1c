"""``python -m tests.mutation ROOM...``: mutants tried one by one, a table of what the tests noticed, an exit code."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.mutation import report, trial
from tests.mutation.mutants import ROOMS, ROOT, Mutant
from tests.mutation.sample import population, sample
from tests.mutation.session import Session

FOLDER = ROOT / "var" / "mutation"
LIMIT = 0.10
LEAST_SECONDS = 30


def main(arguments: list[str]) -> int:
    """1 where ten percent or more of a room's mutants survive."""
    parser = argparse.ArgumentParser(prog="scripts/mutate")
    parser.add_argument("rooms", nargs="*", default=[], help=f"of {', '.join(ROOMS)}; all without any")
    parser.add_argument("--size", type=int, default=610, help="about so many mutants of each room; 0 takes all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="the survivors of the run with this seed once more")
    asked = parser.parse_args(arguments)
    # Every fresh import compiles whatever is not kept.
    sys.dont_write_bytecode = False
    FOLDER.mkdir(parents=True, exist_ok=True)
    return max([_run_room(room, asked) for room in asked.rooms or ROOMS])


def _run_room(room: str, asked: argparse.Namespace) -> int:
    mutants, left_out = population(room)
    chosen = sample(mutants, asked.size or sum(map(len, mutants.values())), asked.seed)
    result = FOLDER / f"{room}-{asked.seed}.jsonl"
    before: list[report.Row] = []
    if asked.again:
        before = _read(result)
        survived = {_identity(row) for row in before if row["outcome"] == "survived"}
        chosen = [mutant for mutant in chosen if (mutant.module, mutant.operator, mutant.occurrence) in survived]
        before = [row for row in before if _identity(row) not in survived]
    print(f"{room}: left out {left_out}; {len(chosen)} mutants are tried", flush=True)
    rows = before + _try_all(room, chosen, asked.workers, result)
    result.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(report.table(mutants, rows))
    print(report.survivors(rows))
    share = sum(row["outcome"] == "survived" for row in rows) / len(rows)
    print(f"{room}: {share:.1%} survived, seed {asked.seed}", flush=True)
    return 0 if share < LIMIT else 1


def _try_all(room: str, chosen: list[Mutant], workers: int, result: Path) -> list[report.Row]:
    """First those that the collected session can try, in a process of its own; then the others."""
    result.write_text("", encoding="utf-8")
    log = FOLDER / f"{room}-session.log"

    def work(here: list[Mutant], seconds: dict[str, float], start: Callable[[Mutant, Path], int]) -> None:
        trials = Trials(room, workers, result, LEAST_SECONDS + 5 * sum(seconds.values()))
        trials.run(here, start)

    began = time.monotonic()
    session = trial.fork(log, lambda: trial.run_pytest(room, Session(room, chosen, FOLDER, work)))
    _, status = os.waitpid(session, 0)
    # 5: pytest itself ran no test, the trials did.
    if os.waitstatus_to_exitcode(status) not in (0, 5):
        raise SystemExit(log.read_text("utf-8", "replace")[-3000:])
    done = {_identity(row) for row in _read(result)}
    print(f"{len(done)} tried on the collected tests in {time.monotonic() - began:.0f} s", flush=True)
    others = [mutant for mutant in chosen if (mutant.module, mutant.operator, mutant.occurrence) not in done]
    trials = Trials(room, workers, result, 4 * LEAST_SECONDS)
    trials.run(others, lambda mutant, log: trial.fork(log, lambda: trial.try_on_fresh_import(room, mutant)))
    print(f"{len(others)} more on fresh imports in {time.monotonic() - began:.0f} s", flush=True)
    return _read(result)


def _read(result: Path) -> list[report.Row]:
    return [json.loads(line) for line in result.read_text("utf-8").splitlines()]


def _identity(row: report.Row) -> tuple[str, str, int]:
    return row["module"], row["operator"], row["occurrence"]


class Trials:
    """Runs trials side by side, each for at most ``limit`` seconds, and writes a line for each."""

    def __init__(self, room: str, workers: int, result: Path, limit: float) -> None:
        self.room, self.workers, self.result, self.limit = room, workers, result, limit
        self.running: dict[int, tuple[Mutant, Path, float]] = {}

    def run(self, mutants: list[Mutant], start: Callable[[Mutant, Path], int]) -> None:
        waiting, seen = list(reversed(mutants)), Counter[str]()
        while waiting or self.running:
            while waiting and len(self.running) < self.workers:
                mutant, log = waiting.pop(), FOLDER / f"{self.room}-{len(waiting)}.log"
                self.running[start(mutant, log)] = (mutant, log, time.monotonic() + self.limit)
            for process, outcome in self._ended():
                mutant, log, _ = self.running.pop(process)
                self._write(mutant, outcome, log)
                seen[outcome] += 1
                if seen.total() % 50 == 0:
                    print(dict(seen), flush=True)
            time.sleep(0.01)

    def _ended(self) -> list[tuple[int, str]]:
        found = []
        for process, (mutant, log, deadline) in self.running.items():
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                found.append((process, _outcome(os.waitstatus_to_exitcode(status), mutant, log)))
            elif time.monotonic() > deadline:
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
                found.append((process, "timed out"))
        return found

    def _write(self, mutant: Mutant, outcome: str, log: Path) -> None:
        lines = log.read_text("utf-8", "replace").splitlines()
        by = next((line for line in lines if line.startswith(("FAILED", "ERROR"))), "")[:200]
        row = asdict(mutant) | {"outcome": outcome, "diff": report.difference(mutant), "by": by}
        with self.result.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        log.unlink()


def _outcome(code: int, mutant: Mutant, log: Path) -> str:
    if code == 0:
        return "survived"
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "timed out"
    # 1: a test failed; 2: the module or a test module could not be imported; below 0: the process broke down.
    if code in (1, 2) or code < 0:
        return "killed"
    raise SystemExit(f"{mutant}: ended with {code}\n{log.read_text('utf-8', 'replace')[-3000:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
