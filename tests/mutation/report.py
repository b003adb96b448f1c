"""What came of the mutants, in tables and words."""

from __future__ import annotations

import difflib
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.mutants import ROOT, Mutant

OUTCOMES = ("killed", "timed out", "survived")
EQUIVALENTS = yaml.safe_load(Path(__file__).with_name("equivalents.yaml").read_text("utf-8"))
HEAD = (
    "| module | mutants | tried | killed | timed out | survived | of these equivalent |\n|---|---|---|---|---|---|---|"
)
Row = dict[str, Any]


def difference(mutant: Mutant) -> list[str]:
    """Changed lines, before with "-" and after with "+"."""
    before, after = (ROOT / mutant.module).read_text("utf-8").splitlines(), mutant.source().splitlines()
    lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    return [line for line in lines if not line.startswith("@@")]


def is_equivalent(row: Row) -> bool:
    """Whether an argument is written down why no test can notice it."""
    told = [line[1:].strip() for line in row["diff"]]
    return any(each["module"] == row["module"] and [each["before"], each["after"]] == told for each in EQUIVALENTS)


def survivors(rows: list[Row]) -> str:
    """Every survivor with its place and its change."""
    texts = []
    for row in sorted(rows, key=lambda row: (row["module"], row["line"])):
        if row["outcome"] == "survived":
            mark = "equivalent" if is_equivalent(row) else "survived"
            head = f"{mark} {row['module']}:{row['line']} {row['operator']} {row['occurrence']}"
            texts.append("\n  ".join([head, *row["diff"]]))
    return "\n".join(texts)


def table(mutants: dict[str, list[Mutant]], rows: list[Row]) -> str:
    """A line for each module, then the sum, then each kind of change."""
    lines = [HEAD]
    for module, found in mutants.items():
        lines.append(_line(module, len(found), [row for row in rows if row["module"] == module]))
    lines.append(_line("all", sum(map(len, mutants.values())), rows))
    for family in sorted({mutant.family for found in mutants.values() for mutant in found}):
        mine = [row for row in rows if row["operator"].split("_")[0] == family]
        lines.append(_line(family, sum(each.family == family for found in mutants.values() for each in found), mine))
    return "\n".join(lines)


def _line(name: str, whole: int, rows: list[Row]) -> str:
    seen = Counter(row["outcome"] for row in rows)
    equivalent = sum(row["outcome"] == "survived" and is_equivalent(row) for row in rows)
    numbers = [whole, len(rows), *(seen[outcome] for outcome in OUTCOMES), equivalent]
    return f"| {name} | " + " | ".join(map(str, numbers)) + " |"
