"""A later run says why it finds something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.verification.checks.builders import CLEAN, good, subject
from tests.verification.checks.unit_builders import of
from verification.checks import run_checks
from verification.checks.changes import Change, Reason, changes_between

pytestmark = pytest.mark.unit


def test_same_findings_make_no_change():
    found = run_checks(subject(good(default_share="0.5")))
    assert changes_between(found, found) == []


def test_new_and_gone_findings_are_told():
    found = run_checks(subject(good(default_share="0.5")))
    assert changes_between([], found) == [Change("PRE-001:25232900", Reason.NEW)]
    assert changes_between(found, run_checks(CLEAN)) == [Change("PRE-001:25232900", Reason.GONE)]


def test_changed_inputs_are_told_with_both_values():
    before, after = (run_checks(subject(good(default_share=share))) for share in ("0.5", "0.6"))
    assert changes_between(before, after) == [Change("PRE-001:25232900", Reason.INPUTS, ("default_share: 0.5 → 0.6",))]


def test_another_weight_is_told_with_the_values_behind_it():
    (waiting,) = run_checks(of(ca_state="authorised"))
    (overdue,) = run_checks(replace(of(ca_state="authorised"), today=date(2027, 4, 16), filing_deadline=None))[:1]
    details = ("severity: info → warn", "today: 2027-03-01 → 2027-04-16")
    assert changes_between([waiting], [overdue]) == [Change("A-CA:blocks.0", Reason.WEIGHT, details)]


def test_a_new_version_of_the_rule_explains_itself():
    (before,) = run_checks(subject(good(default_share="0.5")))
    after = replace(before, rule_version=2, inputs={})
    assert changes_between([before], [after]) == [Change("PRE-001:25232900", Reason.RULE, ("version: 1 → 2",))]
