"""Every number of law is data with a citation, and none of them is written in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT, modules_of, name_of, tree_of

pytestmark = pytest.mark.unit

PACKS = ROOT / "verification" / "reference" / "packs"
CONSTANTS = ROOT / "verification" / "accounting" / "data" / "constants.yaml"
CITATION = re.compile(
    r"(Regulation|Directive|Decision|IR) \((EU|EC)\)|Directive \d{4}/\d+/EC|Commission questions"
    r"|Finance Act 2026|Carbon Pricing Act 2018|H\.R\. 2454|decision \d+/CM[AP]\.\d+|[Mm]odel rule of this pack"
    r"|Rule of the portal|Banking and Financial Dealings Act 1971"
)
FILES = sorted([*PACKS.rglob("*.yaml"), CONSTANTS])
NOT_LAW = {
    ("verification/determination/obligation.py", "0.01"): "the cent, to which amounts of money are rounded",
    ("verification/certificates/fitting.py", "0.3"): "the width of a narrow letter, as a share of the type size",
}
ROOMS = [
    f"verification/{room}" for room in ("reference", "determination", "claims", "certificates", "accounting", "units")
]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_value_cites_its_rule(path):
    without = [where for where, value in _values(path) if not CITATION.search(str(value.get("reference", "")))]
    assert without == []


@pytest.mark.parametrize("pack", sorted(PACKS.iterdir()), ids=lambda path: path.name)
def test_every_table_names_act_annex_day_and_source(pack):
    manifest = yaml.safe_load((pack / "tables" / "manifest.yaml").read_text(encoding="utf-8"))
    without = [
        f"{table['file']}: {key}"
        for table in manifest["tables"]
        for key in ("act", "annex", "published_on", "source", "licence", "row_count", "sha256")
        if table.get(key) in (None, "")
    ]
    assert without == []
    assert {table["file"] for table in manifest["tables"]} == {path.name for path in (pack / "tables").glob("*.csv")}


def test_no_value_of_law_is_written_in_python():
    law = {Decimal(value["value"]) for path in FILES for _, value in _values(path) if _is_telling(value["value"])}
    found = [
        f"{name_of(path)}:{line} {number}"
        for path in modules_of(*ROOMS)
        for line, number in _numbers(path)
        if number in law and (name_of(path), str(number)) not in NOT_LAW
    ]
    assert Decimal("0.975") in law
    assert found == []


def _values(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping that carries a ``value``, with the keys that lead to it."""
    waiting: list[tuple[str, Any]] = [(name_of(path), yaml.safe_load(path.read_text(encoding="utf-8")))]
    while waiting:
        where, node = waiting.pop()
        if isinstance(node, dict):
            if "value" in node:
                yield where, node
            waiting.extend((f"{where} {key}", inner) for key, inner in node.items())
        elif isinstance(node, list):
            waiting.extend((f"{where} {index}", inner) for index, inner in enumerate(node))


def _is_telling(raw: object) -> bool:
    """A number that hardly stands in code for another reason: with a fraction, or of four digits and more."""
    try:
        number = Decimal(str(raw))
    except ArithmeticError:
        return False
    return number != int(number) or number >= 1000


def _numbers(path: Path) -> Iterator[tuple[int, Decimal]]:
    """Numbers written in the module, as such or as text that is a number and nothing else."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool | bytes):
            continue
        if isinstance(node.value, int | float) or (
            isinstance(node.value, str) and re.fullmatch(r"\d+(\.\d+)?", node.value)
        ):
            yield node.lineno, Decimal(str(node.value))
