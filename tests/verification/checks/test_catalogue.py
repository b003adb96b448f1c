"""Every check of the catalogue: it passes, it fails, and the edge is where it should be."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.verification.checks.builders import CLEAN, good, subject
from tests.verification.checks.cases import CASES, COUNT
from tests.verification.checks.price_builders import CLEAN_PRICE
from tests.verification.checks.unit_builders import CLEAN_UNITS
from verification.checks import catalogue, run_checks
from verification.checks.catalogue import TOPICS, check, run_check
from verification.checks.model import About, Check, Finding, Hit, Moment, Severity

pytestmark = pytest.mark.unit
RULES = {rule.code: rule for rule in catalogue()}
EDGES = [
    (code, looked_at, is_hit)
    for code, case in CASES.items()
    for pair in ((case.at, case.beyond), *case.more)
    for looked_at, is_hit in zip(pair, (False, True), strict=True)
    if looked_at is not None
]


def hits(code: str, looked_at: object) -> list[Finding]:
    return run_check(RULES[code], looked_at)  # type: ignore[arg-type]


def test_every_check_has_its_cases_and_every_case_its_check():
    assert set(CASES) == set(RULES)
    assert len(CASES) == COUNT


def test_there_are_at_least_seventy_checks():
    assert len(RULES) >= 70


@pytest.mark.parametrize("code", sorted(CASES))
def test_check_is_silent_where_the_rule_is_met(code):
    assert hits(code, CASES[code].passes) == []


@pytest.mark.parametrize("code", sorted(CASES))
def test_check_speaks_where_the_rule_is_broken(code):
    found = hits(code, CASES[code].fails)
    assert {finding.code for finding in found} == {code}
    assert len({finding.key for finding in found}) == len(found)


@pytest.mark.parametrize("code", sorted(CASES))
def test_every_check_has_an_edge(code):
    assert CASES[code].at is not None or CASES[code].beyond is not None


@pytest.mark.parametrize(("code", "looked_at", "is_hit"), EDGES, ids=[f"{c}-{h}" for c, _, h in EDGES])
def test_edge_lies_exactly_where_the_rule_says(code, looked_at, is_hit):
    assert bool(hits(code, looked_at)) is is_hit


@pytest.mark.parametrize("clean", [CLEAN, CLEAN_UNITS, CLEAN_PRICE], ids=["emissions", "units", "price"])
def test_clean_claim_has_no_finding_at_all(clean):
    assert run_checks(clean) == []


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.code)
def test_rule_has_code_words_and_reference(rule: Check):
    is_about_units = rule.about is About.UNITS
    assert re.fullmatch(r"[SDEACLV]-[A-Z]+" if is_about_units else r"[A-Z]{3}-\d{3}", rule.code)
    assert rule.topic == ("UNI" if is_about_units else rule.code[:3])
    assert rule.topic in TOPICS
    for words in (rule.title, rule.text, rule.mend, rule.reference):
        assert words == words.strip()
        assert len(words) > 7
    for sentence in (rule.text, rule.mend):
        assert sentence.endswith("."), sentence
        assert len(sentence) <= 125
    assert not rule.title.endswith(".")
    assert rule.version >= 1


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.code)
def test_words_fit_every_way_in(rule: Check):
    """The place goes into the finding; the words of the rule name no cell, sheet or workbook."""
    words = f"{rule.title} {rule.text} {rule.mend}"
    assert re.findall(r"[A-Z]_\w+|\b[A-Z]{1,2}\d{2}\b|[Ww]orkbook|\bsheet\b", words.replace("C2F6", "")) == []


def test_a_code_cannot_be_given_twice():
    words = {"text": "Some words.", "mend": "Other words.", "reference": "Product rule"}
    with pytest.raises(RuntimeError, match="COM-001"):
        check("COM-001", Severity.INFO, "Taken already", **words)(lambda _: [])
    with pytest.raises(RuntimeError, match="no topic"):
        check("ZZZ-001", Severity.INFO, "Unknown topic", **words)(lambda _: [])
    assert {rule.code for rule in catalogue()} == set(RULES)


def test_only_the_statement_s_rules_wait_for_a_statement():
    waiting = {rule.code for rule in catalogue() if rule.moment is Moment.STATEMENT}
    assert waiting == {code for code in RULES if code.startswith("VER-")} - {"VER-009"}
    without = replace(CLEAN, statement=None)
    assert [finding.code for finding in run_checks(without)] == ["VER-009"]


def test_findings_carry_version_and_inputs():
    (finding,) = run_checks(subject(good(quantity="0")))
    assert (finding.code, finding.rule_version, finding.inputs) == ("COM-002", 1, {"quantity": "0"})
    assert finding.as_dict()["inputs"] == {"quantity": "0"}
    assert finding.as_dict()["key"] == "COM-002:25232900"


def test_gravest_findings_come_first():
    found = run_checks(subject(good(quantity="0", applicable="0.1"), evidence_purposes=frozenset()))
    assert [finding.severity for finding in found] == ["block", "refer", "info"]


def test_two_findings_of_one_check_never_share_a_key():
    found = hits("COM-002", subject(good(quantity="0"), good(quantity="0", process="Other")))
    assert [finding.key for finding in found] == ["COM-002:25232900", "COM-002:25232900#2"]


def test_key_fits_where_answers_are_kept_and_stays_unlike_others():
    long = [
        Finding("COM-001", "block", "Title", "Text.", "Mend.", "Reference", where="x" * 200 + end) for end in ("a", "b")
    ]
    assert [len(finding.key) for finding in long] == [120, 120]
    assert long[0].key != long[1].key


def test_place_may_be_worded_anew_without_losing_the_answer():
    rule = Check("COM-001", Severity.REFER, "T", "T.", "M.", "R", lambda _: [Hit(where="New words", identity="old")])
    (finding,) = run_check(rule, CLEAN)
    assert (finding.where, finding.key) == ("New words", "COM-001:old")
