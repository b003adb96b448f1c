"""Invented installations with real orders of magnitude, for demonstrations and tests.

Each is a record of ``InstallationReport`` in YAML; ``write_example`` makes the workbook that such
an installation would upload.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from verification.accounting.model import InstallationReport
from verification.accounting.template.writer import write_template

FOLDER = Path(__file__).parent


@cache
def example_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def example_report(name: str) -> InstallationReport:
    """The report of the example ``name``. Raises ``LookupError`` for a name that there is not."""
    if name not in example_names():
        raise LookupError(f"There is no example {name!r}; there are {', '.join(example_names())}.")
    return InstallationReport.from_record(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def write_example(name: str, path: str | Path) -> None:
    """Write the example's workbook, inputs and results, to ``path`` (.xlsx)."""
    write_template(example_report(name), path)
