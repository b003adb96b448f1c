"""The page of all rules is what the rules say, and the lists of reviewers name rules that are there."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT
from verification.checks import catalogue
from verification.checks.page import checks_page, reviewer_lists, rules_by_topic, thresholds

pytestmark = pytest.mark.unit
CODES = {rule.code for rule in catalogue()}
ITEMS = [(each["title"], number, row) for each in reviewer_lists() for number, row in enumerate(each["items"], start=1)]


def test_page_is_up_to_date():
    """If it is not: ``manage.py check_catalogue``."""
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == checks_page()


def test_every_rule_has_a_heading():
    assert sorted(re.findall(r"^### (\S+)$", checks_page(), flags=re.MULTILINE)) == sorted(CODES)


def test_rule_says_its_kind_of_claim_and_every_weight():
    parts = {part.split("\n")[0]: part for part in checks_page().split("\n### ")}
    assert "(block, about a unit claim, once the units are retired, version 1)" in parts["C-BENEF"]
    assert "*warn* where only the spelling differs" in parts["C-BENEF"]
    assert "*refer* where a registered alias" in parts["C-BENEF"]
    assert "(refer, about a carbon price claim, draft and sealed, version 1)" in parts["PRI-036"]
    assert "(block, draft and sealed, version 1)" in parts["COM-001"]


def test_page_lists_the_schemes_that_use_up_units():
    assert "| CORSIA | corsia, carbon offsetting" in checks_page()


def test_topics_hold_every_rule_once():
    assert sorted(rule.code for _, _, rules in rules_by_topic() for rule in rules) == sorted(CODES)
    assert all(rules for _, _, rules in rules_by_topic())


def test_lists_are_complete():
    assert [len(each["items"]) for each in reviewer_lists()] == [20, 26]


@pytest.mark.parametrize(("title", "number", "row"), ITEMS, ids=[f"{t[:10]}-{n}" for t, n, _ in ITEMS])
def test_item_names_rules_that_are_there_or_says_why_none_can(title, number, row):
    assert set(row["codes"]) - CODES == set()
    assert row["codes"] or row.get("rest")


def test_every_threshold_has_its_reason():
    assert [name for name, _, reason in thresholds() if len(reason) < 10] == []
    assert ("CHANGE_TO_LAST_YEAR", "0.20") in [(name, value) for name, value, _ in thresholds()]
