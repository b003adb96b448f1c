"""The twenty-eight checks of a unit claim together: which, how grave, on the worked examples, what is never told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.verification.checks.builders import CLEAN
from tests.verification.checks.cases import CASES
from tests.verification.checks.cases.retirements import LEVY_REASON, NOBODY
from tests.verification.checks.cases.units import chile
from tests.verification.checks.price_builders import CLEAN_PRICE
from tests.verification.checks.unit_builders import (
    CLEAN_UNITS,
    FIRST,
    LAST,
    authorisation,
    block,
    limits,
    lookup,
    of,
    row,
    second,
    unit_claim,
)
from verification.checks import catalogue, run_checks
from verification.checks.catalogue import check, run_check
from verification.checks.model import About, BlockPart, Check, Hit, Moment, OverlapPart, Severity, UnitSubject

pytestmark = pytest.mark.unit
BLOCK, REFER, WARN, INFO = Severity.BLOCK, Severity.REFER, Severity.WARN, Severity.INFO
TABLE = {
    "S-FORMAT": {BLOCK, REFER, WARN},
    "S-RANGE": {BLOCK},
    "S-QTY": {BLOCK},
    "S-PAIR": {BLOCK},
    "S-DATE": {BLOCK, WARN},
    "S-SELF": {BLOCK, WARN},
    "D-INTERNAL": {BLOCK},
    "D-CROSS": {BLOCK},
    "D-SOFT": {WARN},
    "D-ISSUED": {BLOCK, INFO},
    "D-PRICE": {BLOCK},
    "E-PROG": {BLOCK},
    "E-TYPE": {BLOCK},
    "E-METH": {BLOCK, REFER},
    "E-VINT": {BLOCK, REFER},
    "E-CRED": {BLOCK},
    "E-HOST": {BLOCK},
    "A-LOA": {BLOCK},
    "A-PURP": {BLOCK},
    "A-CA": {BLOCK, WARN, INFO},
    "C-STATUS": {BLOCK},
    "C-LEVY": {BLOCK},
    "C-BENEF": {BLOCK, REFER, WARN},
    "C-PURP": {BLOCK, REFER},
    "C-DATE": {BLOCK, REFER},
    "L-LIMIT": {REFER, INFO},
    "V-EVID": {BLOCK, REFER, WARN},
    "V-LOOK": {BLOCK, WARN, INFO},
}
RULES = {rule.code: rule for rule in catalogue(About.UNITS)}
WORDS = {"text": "Some words.", "mend": "Other words.", "reference": "Product rule"}
RETIREMENT_CODES = {"C-STATUS", "C-LEVY", "C-BENEF", "C-PURP", "C-DATE", "V-EVID", "V-LOOK"}


def found(subject: UnitSubject) -> dict[str, str]:
    return {finding.code: finding.severity for finding in run_checks(subject)}


def test_there_are_the_twenty_eight_checks_with_their_severities():
    assert {code: {rule.severity, *rule.milder} for code, rule in RULES.items()} == TABLE
    assert len(TABLE) == 28


@pytest.mark.parametrize("code", sorted(TABLE))
def test_every_severity_of_the_table_occurs_in_a_case(code):
    case = CASES[code]
    broken = [case.fails, *(beyond for _, beyond in ((case.at, case.beyond), *case.more) if beyond is not None)]
    seen = {finding.severity for subject in broken for finding in run_check(RULES[code], subject)}
    assert seen == {severity.value for severity in TABLE[code]}


def test_each_kind_of_claim_has_its_own_rules():
    kinds = [{rule.code for rule in catalogue(about)} for about in About]
    assert [len(kind) > 20 for kind in kinds] == [True, True, True]
    assert sum(map(len, kinds)) == len(set.union(*kinds)) == len(catalogue())
    assert {finding.code[:2] for finding in run_checks(UnitSubject(date(2026, 1, 1)))} == {"S-", "L-"}


@pytest.mark.parametrize(
    ("clean", "about"), [(CLEAN, "emissions"), (CLEAN_UNITS, "units"), (CLEAN_PRICE, "carbon_price")]
)
def test_kind_is_that_of_the_subject(clean, about):
    assert clean.about == about


def test_code_of_a_unit_check_is_of_its_own_form():
    for code in ("UNI-001", "s-format", "X-FORMAT"):
        with pytest.raises(RuntimeError, match="no topic"):
            check(code, BLOCK, "Title of a rule", about=About.UNITS, **WORDS)(lambda _: [])
    with pytest.raises(RuntimeError, match="no topic"):
        check("S-OTHER", BLOCK, "Title of a rule", **WORDS)(lambda _: [])


@pytest.mark.parametrize("milder", [BLOCK, REFER])
def test_milder_is_milder(milder):
    with pytest.raises(RuntimeError, match="never graver than refer"):
        check("S-OTHER", REFER, "Title", about=About.UNITS, milder={milder: "never"}, **WORDS)(lambda _: [])
    assert "S-OTHER" not in {rule.code for rule in catalogue()}


def test_hit_cannot_weigh_what_its_check_does_not_declare():
    rule = Check("S-SELF", REFER, "T", "T.", "M.", "R", lambda _: [Hit(severity=BLOCK)], milder={WARN: "so"})
    with pytest.raises(RuntimeError, match="S-SELF does not declare that a finding may be block"):
        run_check(rule, CLEAN_UNITS)
    assert rule.severity_of(Hit(severity=REFER)) is REFER
    assert rule.severity_of(Hit(severity=WARN)) is WARN
    assert rule.severity_of(Hit()) is REFER


def test_claim_without_blocks_cannot_be_sent():
    assert found(unit_claim(blocks=())) == {"S-FORMAT": "block"}


def test_double_use_and_overissue_of_the_worked_example():
    """17,192 tonnes are another claim's, 2,808 were never issued."""
    findings = {finding.code: finding for finding in run_checks(chile())}
    assert findings["D-CROSS"].inputs == {"overlap_tonnes": "17192"}
    assert findings["D-ISSUED"].inputs == {"beyond_tonnes": "2808"}
    assert findings["D-ISSUED"].found == "117193 to 120000, 2808 t"


def test_levy_trap_of_the_worked_example():
    """181 t that the host's own letter demanded, with "No owner" as beneficiary: both rules stop it."""
    trap = unit_claim(second(use="levy", use_why=LEVY_REASON, beneficiary_text=NOBODY, lookup=None))
    assert {code: severity for code, severity in found(trap).items() if severity == "block"} == {
        "C-LEVY": "block",
        "C-BENEF": "block",
    }


def test_other_party_is_never_named():
    """Findings tell the numbers that both claims hold; not where the other claim begins or ends."""
    others = {name: (OverlapPart(7, LAST - 5),) for name in ("active_overlaps", "draft_overlaps", "price_overlaps")}
    told = json.dumps([finding.as_dict() for finding in run_checks(of(**others))])
    assert f"{FIRST} to {LAST - 5}" in told
    assert '"7' not in told
    assert " 7 " not in told
    rival = of(authorisation=authorisation(authorised_entities=("Rival Steel Ltd",)))
    rival = replace(rival, blocks=(replace(rival.blocks[0], lookup=lookup(beneficiary="Rival Steel Ltd")),))
    findings = run_checks(rival)
    assert {finding.code for finding in findings} == {"A-LOA", "V-LOOK"}
    assert "Rival" not in json.dumps([finding.as_dict() for finding in findings])


def test_registry_that_was_not_asked_is_not_a_pass():
    assert found(of(lookup=None)) == {"V-LOOK": "info"}


def test_question_before_the_retirement_needs_no_retirement():
    planned = block(
        event="",
        event_on=None,
        use="",
        beneficiary_text="",
        purpose_text="",
        evidence=(),
        lookup=None,
        ca_state="applied",
    )
    assert found(unit_claim(planned, is_precheck=True)) == {
        # The letter's window of use is judged today, which is after its end.
        "A-LOA": "block"
    }
    assert found(unit_claim(planned, is_precheck=True, today=date(2026, 6, 10))) == {}
    assert set(found(unit_claim(planned))) >= RETIREMENT_CODES - {"C-LEVY"}


def test_rules_of_the_retirement_say_so():
    assert {rule.code for rule in RULES.values() if rule.moment is Moment.RETIREMENT} == RETIREMENT_CODES


def test_excess_over_the_limit_is_told_and_not_cut():
    (finding,) = run_checks(unit_claim(limits(1500, 1158, 342, limit=1158, remaining=1158)))
    assert (finding.code, finding.severity) == ("L-LIMIT", "refer")
    assert finding.found == "1500 t: 1158 t accepted, 342 t over"
    assert finding.inputs["excess"] == "342"


def test_finding_of_the_list_names_the_row():
    (finding,) = [each for each in run_checks(of(vintage_from=None, serial_vintage_from=None)) if each.code == "E-VINT"]
    assert finding.inputs["reference"] == "List of the model scheme, row 1"


def test_many_blocks_keep_their_own_keys():
    blocks = tuple(block(path=f"blocks.{number}", position=number, programme="GS") for number in range(5))
    keys = [finding.key for finding in run_checks(unit_claim(*blocks))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("code", sorted(set(TABLE) - {"D-INTERNAL", "L-LIMIT"}))
def test_every_block_is_judged_by_itself(code):
    """A block that passes, or is judged in another way, does not hide the block after it."""
    case = CASES[code]
    pairs = ((case.passes, case.fails), (case.at, case.beyond), *case.more)
    subjects = [each for pair in pairs for each in pair if each]
    every = [each for subject in subjects for each in subject.blocks]
    blocks = [replace(each, path=f"blocks.{number}", position=number) for number, each in enumerate(every)]
    keys_seen = set()
    surroundings = [replace(subject, blocks=()) for subject in subjects]
    for number, subject in enumerate(surroundings):
        if subject in surroundings[:number]:
            continue
        alone = {key for each in blocks for key in keys(code, subject, [each])}
        assert keys(code, subject, blocks) == keys(code, subject, blocks[::-1]) == alone
        keys_seen |= alone
    assert keys_seen


def keys(code: str, subject: UnitSubject, blocks: list[BlockPart]) -> set[str]:
    """Keys of the findings about single blocks; a letter's quantity is about all blocks together."""
    findings = run_check(RULES[code], replace(subject, blocks=tuple(blocks)))
    return {finding.key for finding in findings if not finding.identity.startswith("quantity")}


def test_unknown_block_is_never_approvable():
    """Nothing known is no pass: an empty block is stopped by form, quantity, programme, host, event and proof."""
    empty = found(UnitSubject(date(2026, 1, 1), blocks=(BlockPart(),)))
    stopped = {code for code, severity in empty.items() if severity == "block"}
    assert stopped == {"S-FORMAT", "S-QTY", "E-PROG", "E-HOST", "C-STATUS", "C-BENEF", "V-EVID"}


def test_rules_of_the_day_of_cancellation_apply():
    early = row(valid_to=date(2026, 7, 1), vintage_to=date(2025, 12, 31))
    late = row(valid_from=date(2026, 7, 1), vintage_to=date(2023, 12, 31))
    assert found(unit_claim(early, late)) == {}
    assert found(unit_claim(block(event_on=date(2026, 7, 1)), early, late)) == {
        "E-VINT": "block",
        "V-LOOK": "block",
    }
