"""``python -m tests.mutation ROOM...``: mutants tried one by one, a table of what the tests noticed, an exit code."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import yaml

from tests.mutation import trial
from tests.mutation.mutants import ROOMS, ROOT, Mutant, Shape
from tests.mutation.sample import population, sample

FOLDER = ROOT / "var" / "mutation"
LIMIT = 0.10
OUTCOMES = ("killed", "timed out", "survived")
EQUIVALENTS = yaml.safe_load(Path(__file__).with_name("equivalents.yaml").read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """1 where ten percent or more of a room's mutants survive."""
    parser = argparse.ArgumentParser(prog="scripts/mutate")
    parser.add_argument("rooms", nargs="*", default=[], help=f"of {', '.join(ROOMS)}; all without any")
    parser.add_argument("--size", type=int, default=700, help="mutants for each room; 0 takes all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", type=Path, help="result file: try only the survivors in it")
    asked = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    return max([_run_room(room, asked) for room in asked.rooms or ROOMS])


def _run_room(room: str, asked: argparse.Namespace) -> int:
    mutants, left_out = population(room)
    whole = sum(map(len, mutants.values()))
    chosen = sample(mutants, asked.size or whole, asked.seed)
    if asked.again:
        rows = [json.loads(line) for line in asked.again.read_text("utf-8").splitlines()]
        survivors = {(row["module"], row["operator"], row["occurrence"]) for row in rows if row["outcome"] == "survived"}
        chosen = [each for found in mutants.values() for each in found
                  if (each.module, each.operator, each.occurrence) in survivors]  # fmt: skip
    print(f"{room}: {whole} mutants, left out: {left_out}; {len(chosen)} are tried", flush=True)
    calls, limit = _record(room)
    result = FOLDER / f"{room}-{asked.seed}{'-again' if asked.again else ''}.jsonl"
    rows = _try_all(room, chosen, calls, limit, asked.workers, result)
    print(_table(mutants, rows))
    print("\n".join(_words(row) for row in rows if row["outcome"] == "survived"))
    survived = sum(row["outcome"] == "survived" for row in rows)
    return 0 if survived < LIMIT * len(rows) else 1


def _record(room: str) -> tuple[dict, float]:
    """Calls of every test on the code as it is, and how long a trial may take. The tests must pass."""
    path, log = FOLDER / f"{room}-calls.json", FOLDER / f"{room}-calls.log"
    began = time.monotonic()
    _, status = os.waitpid(trial.start(room, log, [trial.Recorder(room, path)]), 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"The tests of {room} do not pass on the code as it is:\n{log.read_text('utf-8')[-3000:]}")
    return json.loads(path.read_text("utf-8")), 20 + 3 * (time.monotonic() - began)


def _try_all(room: str, chosen: list[Mutant], calls: dict, limit: float, workers: int, result: Path) -> list[dict]:
    waiting, running, rows = list(reversed(chosen)), {}, []
    began = time.monotonic()
    with result.open("w", encoding="utf-8") as file:
        while waiting or running:
            while waiting and len(running) < workers:
                mutant = waiting.pop()
                log = FOLDER / f"{room}-{len(waiting)}.log"
                process = trial.start(room, log, [trial.Order(_first(mutant, calls))], mutant)
                running[process] = (mutant, log, time.monotonic() + limit)
            for process, outcome in _ended(running):
                mutant, log, _ = running.pop(process)
                row = asdict(mutant) | {"outcome": outcome, "diff": _difference(mutant), "by": _last_words(log)}
                log.unlink()
                rows.append(row)
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
                if len(rows) % 50 == 0:
                    seen = Counter(each["outcome"] for each in rows)
                    print(f"{len(rows):5} {time.monotonic() - began:6.0f} s {dict(seen)}", flush=True)
            time.sleep(0.02)
    return rows


def _ended(running: dict) -> list[tuple[int, str]]:
    found = []
    for process, (mutant, log, deadline) in running.items():
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            found.append((process, _outcome(os.waitstatus_to_exitcode(status), mutant, log)))
        elif time.monotonic() > deadline:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            found.append((process, "timed out"))
    return found


def _outcome(code: int, mutant: Mutant, log: Path) -> str:
    if code == 0:
        return "survived"
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "timed out"
    # 1: a test failed; 2: the module or a test module could not be imported; below 0: the process broke down.
    if code in (1, 2) or code < 0:
        return "killed"
    raise SystemExit(f"{mutant}: pytest ended with {code}\n{log.read_text('utf-8', 'replace')[-3000:]}")


def _first(mutant: Mutant, calls: dict) -> dict[str, float]:
    around = Shape((ROOT / mutant.module).read_text("utf-8")).function_around(mutant.line)
    place = f"{mutant.module}:{around}"
    return {test: seen["seconds"] for test, seen in calls.items() if place in seen["calls"]}


def _difference(mutant: Mutant) -> list[str]:
    before, after = (ROOT / mutant.module).read_text("utf-8").splitlines(), mutant.source().splitlines()
    lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    return [line for line in lines if not line.startswith("@@")]


def _last_words(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").splitlines()
    return next((line for line in lines if line.startswith(("FAILED", "ERROR"))), "")[:200]


def is_equivalent(row: dict) -> bool:
    """Whether an argument is written down why no test can notice it."""
    told = [line[1:].strip() for line in row["diff"]]
    return any(each["module"] == row["module"] and [each["before"], each["after"]] == told for each in EQUIVALENTS)


def _words(row: dict) -> str:
    mark = "equivalent" if is_equivalent(row) else "survived"
    return f"{mark} {row['module']}:{row['line']} {row['operator']} {row['occurrence']}\n  " + "\n  ".join(row["diff"])


def _table(mutants: dict[str, list[Mutant]], rows: list[dict]) -> str:
    lines = ["| module | mutants | tried | killed | timed out | survived | of these equivalent |", "|---|---|---|---|---|---|---|"]
    for module in [*mutants, None]:
        mine = [row for row in rows if module in (None, row["module"])]
        seen = Counter(row["outcome"] for row in mine)
        whole = sum(map(len, mutants.values())) if module is None else len(mutants[module])
        equivalent = sum(row["outcome"] == "survived" and is_equivalent(row) for row in mine)
        numbers = [whole, len(mine), *(seen[outcome] for outcome in OUTCOMES), equivalent]
        lines.append(f"| {module or 'all'} | " + " | ".join(map(str, numbers)) + " |")
    families = {row["operator"].split("_")[0] for row in rows}
    for family in sorted(families):
        seen = Counter(row["outcome"] for row in rows if row["operator"].split("_")[0] == family)
        lines.append(f"{family}: {dict(seen)}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
