"""Work on files of unknown origin in a child process with limits, so that a hostile file costs nothing.

The child is one of the project's own modules: it is given its arguments as text, calls ``confine`` first,
and writes one JSON object to its output.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUT_OF_MEMORY_STATUS = 3
EXHAUSTED = frozenset({-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGABRT, -signal.SIGSEGV, OUT_OF_MEMORY_STATUS})


@dataclass(frozen=True)
class Limits:
    """Address space and processor time of the child, and the time after which it is stopped in any case."""

    memory_bytes: int = 3 * 512 * 1024 * 1024
    processor_seconds: int = 60
    wall_seconds: int = 90


class ChildFailed(Exception):
    """The child gave no result; ``is_exhausted`` where it met a limit, ``found`` says how it ended."""

    def __init__(self, found: str, *, is_exhausted: bool) -> None:
        super().__init__(found)
        self.found, self.is_exhausted = found, is_exhausted


def run_confined(module: str, arguments: list[str], limits: Limits) -> Any:
    """What ``module`` writes when it is run with ``arguments`` and the limits. Raises ``ChildFailed``."""
    stated = json.dumps({"memory": limits.memory_bytes, "seconds": limits.processor_seconds})
    command = [sys.executable, "-m", module, stated, *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    try:
        # The command is this interpreter, a module of our own and arguments that callers made; no shell.
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=limits.wall_seconds, check=False, cwd=ROOT, env=environment
        )
    except subprocess.TimeoutExpired:
        raise ChildFailed(f"over {limits.wall_seconds} s", is_exhausted=True) from None
    if done.returncode:
        raise ChildFailed(_ending(done.returncode), is_exhausted=done.returncode in EXHAUSTED)
    return json.loads(done.stdout)


def confine(stated: str) -> None:
    """Called by the child before it touches anything: sets the limits that its first argument states."""
    limits = json.loads(stated)
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ending(status: int) -> str:
    return f"stopped by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
