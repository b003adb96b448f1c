"""What every rule says of its broken cases: the place, the number found, the number expected, what is kept of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.verification.checks.cases import CASES
from verification.checks import catalogue
from verification.checks.catalogue import run_check
from verification.checks.model import Finding

pytestmark = pytest.mark.unit
RULES = {rule.code: rule for rule in catalogue()}
TOLD = {
    code: rows
    for name in ("findings.yaml", "findings_units.yaml", "findings_prices.yaml")
    for code, rows in yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8")).items()
}


def told(finding: Finding) -> dict[str, Any]:
    said = {name: vars(finding)[name] for name in ("where", "identity", "found", "expected", "inputs")}
    weighs_less = finding.severity != RULES[finding.code].severity
    return {**said, "severity": finding.severity if weighs_less else ""}


@pytest.mark.parametrize("code", sorted(CASES))
def test_finding_tells_place_numbers_and_inputs(code):
    case = CASES[code]
    edges = [beyond for _, beyond in ((case.at, case.beyond), *case.more) if beyond is not None]
    found = [[told(finding) for finding in run_check(RULES[code], looked_at)] for looked_at in (case.fails, *edges)]
    silent = {"where": "", "identity": "", "found": "", "expected": "", "inputs": {}, "severity": ""}
    assert found == [[silent | row for row in rows] for rows in TOLD[code]]


def test_every_rule_is_told():
    assert sorted(TOLD) == sorted(CASES)
