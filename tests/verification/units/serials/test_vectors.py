"""Every published example and every broken serial, by what must be said of it."""

from __future__ import annotations

import pytest

from tests.verification.units.serials.vectors import GOLD, INVALID, VALID, VERRA
from verification.units.serials import GRAMMARS, Family, grammars_of, parse_serial
from verification.units.serials.normalising import compact

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: vector.text[:24])
def test_serial_says_what_the_registry_means(vector):
    parsed = parse_serial(vector.text)
    serial = parsed.serial
    assert parsed.problems == ()
    assert parsed.normalised == vector.text
    assert (serial.family, serial.unit_type, serial.project, serial.country) == vector[1:5]
    assert (serial.start, serial.end, serial.quantity, serial.family_key) == vector[5:9]
    assert (serial.vintage_from, serial.vintage_to) == vector[9:]


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: vector.text[:24])
def test_exactly_one_grammar_reads_a_serial(vector):
    reading = [grammar for grammar in GRAMMARS if grammar.match(compact(vector.text))]
    assert [grammar.family for grammar in reading] == [vector.family]


@pytest.mark.parametrize(("text", "quantity", "code", "found", "expected"), INVALID)
def test_broken_serial_is_blocked_by_its_check(text, quantity, code, found, expected):
    parsed = parse_serial(text, quantity=quantity)
    (problem,) = parsed.problems
    assert (problem.code, problem.severity, parsed.is_blocked) == (code, "block", True)
    assert found is None or problem.found == found
    assert expected is None or problem.expected == expected
    assert problem.message.endswith(".")
    assert problem.mend.endswith(".")


def test_every_difference_of_a_pair_is_told():
    parsed = parse_serial("RW-5-1463953-2-2-0-7014 - KE-5-1467609-2-2-1-7014")
    assert [(each.code, each.field) for each in parsed.problems] == [("S-PAIR", "party"), ("S-PAIR", "track")]
    assert parsed.serial.quantity is None
    assert parsed.serial.block is None


def test_both_wrong_days_are_told():
    parsed = parse_serial(VERRA.replace("01102024", "32102024").replace("31122024", "31132024"))
    assert [(each.code, each.field) for each in parsed.problems] == [
        ("S-DATE", "vintage_from"),
        ("S-DATE", "vintage_to"),
    ]


@pytest.mark.parametrize(("last_day", "severities"), [("30092025", []), ("01102025", []), ("02102025", ["warn"])])
def test_vintage_of_more_than_366_days_is_a_warning(last_day, severities):
    parsed = parse_serial(VERRA.replace("31122024", last_day))
    assert [(each.code, each.severity) for each in parsed.problems] == [("S-DATE", each) for each in severities]


@pytest.mark.parametrize("zeros", ["", "0", "000"])
def test_zeros_before_a_batch_open_no_second_number_space(zeros):
    assert parse_serial(GOLD.replace("-30256-", f"-{zeros}30256-")).serial.family_key == "GS:30256"


@pytest.mark.parametrize("changed", [("-RW-", "-KE-"), ("-1491-", "-1492-"), ("2024-1", "2024-0")])
def test_mistyped_part_does_not_leave_the_number_space_of_verra(changed):
    assert parse_serial(VERRA.replace(*changed)).serial.family_key == "VERRA"


@pytest.mark.parametrize("number", [2**63 - 1, 2**63])
def test_numbers_end_at_64_bits(number):
    parsed = parse_serial(f"GS1-1-KE-GS11603-16-2025-30256-{number}-{number}")
    assert [each.code for each in parsed.problems] == ([] if number < 2**63 else ["S-RANGE"])


def test_wrong_registry_is_named_by_the_one_it_is():
    parsed = parse_serial(GOLD, family=Family.VERRA)
    (problem,) = parsed.problems
    assert (problem.code, problem.severity, problem.field) == ("S-FORMAT", "block", "registry")
    assert problem.message == "This is a serial of Gold Standard, not of Verra."
    assert parsed.serial.family is Family.GOLD_STANDARD


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: vector.text[:24])
def test_right_registry_is_no_problem(vector):
    assert parse_serial(vector.text, family=vector.family, quantity=vector.quantity).problems == ()


def test_isometric_takes_the_quantity_from_the_record():
    parsed = parse_serial("RET_1knsqmd6z1s0tb50", quantity=531)
    assert parsed.problems == ()
    assert parsed.normalised == "ret_1KNSQMD6Z1S0TB50"
    assert (parsed.serial.quantity, parsed.serial.start, parsed.serial.block) == (531, None, None)
    assert parsed.serial.family_key == "ISOMETRIC:ret_1KNSQMD6Z1S0TB50"


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.name)
def test_table_of_grammars_is_complete(grammar):
    parsed = parse_serial(grammar.example, family=grammar.family, quantity=grammar.example_quantity or 531)
    assert (parsed.problems, parsed.serial.quantity) == ((), grammar.example_quantity or 531)
    assert grammar.source
    assert grammar in grammars_of(grammar.family)
    text = compact(grammar.example)
    assert [grammar.match(each) for each in (f"{text}-", f"X{text}", f"{text}\n", text[:-30])] == [None] * 4


def test_every_family_but_article_6_4_has_a_grammar():
    assert {grammar.family for grammar in GRAMMARS} == set(Family) - {Family.ARTICLE_6_4}
