"""What every process of a run would make alike is made once: sealing keys, tables, the demonstration's world.

``PORTAL_TEST_PREPARED`` names a folder that several runs share; without it each run has its own.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def prepared(name: str, make: Callable[[Path], None]) -> Path:
    """What ``make`` puts at the path; the first who asks makes it, the others wait and find it."""
    path = _folder() / name
    with _alone(path):
        done = path.with_name(f"{name}.done")
        if not done.exists():
            make(path)
            done.touch()
    return path


def _folder() -> Path:
    folder = Path(os.environ.get("PORTAL_TEST_PREPARED") or Path(os.environ["PORTAL_TEST_DIR"]) / "prepared")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
