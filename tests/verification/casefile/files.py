"""Case files in tests: made, altered, and given to the script that checks them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from verification.audit.actors import Actor
from verification.casefile.check import __file__ as CHECK_SCRIPT
from verification.casefile.services import exported_case
from verification.claims.models import Claim

Members = dict[str, bytes]


def members_of(claim: Claim, actor: Actor) -> Members:
    with exported_case(claim, actor=actor) as case, zipfile.ZipFile(case.content) as file:
        return {name: file.read(name) for name in file.namelist()}


def checked(members: Members, folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """Exit code and lines of the script, run alone: no package of ours, no environment."""
    path = folder / "case.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    done = subprocess.run(
        [sys.executable, "-I", CHECK_SCRIPT, str(path), *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def bad_lines(members: Members, folder: Path) -> list[str]:
    code, lines = checked(members, folder)
    found = [line.removeprefix("BAD").strip() for line in lines if line.startswith("BAD")]
    assert code == (1 if found else 0)
    return found


def one_byte_changed(content: bytes, at: int = -2) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def only(members: Members, fits: Callable[[str], bool]) -> str:
    """The first member that fits."""
    return next(name for name in sorted(members) if fits(name))
