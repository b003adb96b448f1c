"""Pasted lines: serials with their stated quantities, units told twice, and the words shown beside them."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from tests.verification.units.serials.vectors import GOLD, VALID, VERRA
from verification.units.serials import (
    Family,
    as_record,
    explain,
    parse_serial,
    parse_serials,
    quantity_from,
    self_problems,
    with_overlaps,
)

pytestmark = pytest.mark.unit

ROOT = "CDC_7_3_1_323_14_CO_1_2_2019"


@pytest.mark.parametrize(
    "line",
    [
        f"{GOLD}\t5354",
        f"{GOLD}; 5,354",
        f"{GOLD};5 354 t",
        f"{GOLD} (5354)",
        f"{GOLD}(5\u202f354 tCO2e)",
        f'"{GOLD}"\t"5354"',
        f"{GOLD}\t5354.0",
        f"{GOLD}\t５３５４",
        f"{GOLD} \t 5'354 credits ",
        f"{GOLD}\t\t5354\t",
        f"{GOLD}",
    ],
)
def test_stated_quantity_is_read_and_agrees(line):
    (parsed,) = parse_serials(line)
    assert (parsed.normalised, parsed.problems, parsed.raw) == (GOLD, (), line)


@pytest.mark.parametrize("line", [f"{GOLD}\t5353", f"{GOLD};5,355", f"{GOLD} (1)", f"{GOLD}\t0"])
def test_stated_quantity_that_differs_blocks(line):
    (parsed,) = parse_serials(line)
    assert [(each.code, each.expected) for each in parsed.problems] == [("S-QTY", "5,354")]


@pytest.mark.parametrize("stated", ["5.354", "5,35", "many", "-5354", "5354.5", "1e3", "5354\tKenya", "5354;5354"])
def test_stated_quantity_that_is_not_clear_blocks(stated):
    (parsed,) = parse_serials(f"{GOLD}\t{stated}")
    assert [(each.code, each.severity) for each in parsed.problems] == [("S-QTY", "block")]
    assert parsed.serial.quantity == 5354


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [("0", 0), ("1", 1), ("1,454,054", 1454054), ("12.00", 12), ("12.000", None), ("", None), ("1,2", None)],
)
def test_quantities_are_whole_tonnes(text, tonnes):
    assert quantity_from(text) == tonnes


@pytest.mark.parametrize(
    "line",
    [f"{ROOT}\t22410\t28813\t6404", f"{ROOT};22410;28813", f"{ROOT}; 22410-28813; 6404", f"{ROOT}\t22410 to 28813"],
)
def test_columns_of_ecoregistry_are_one_block(line):
    (parsed,) = parse_serials(line)
    assert parsed.problems == ()
    assert (parsed.serial.start, parsed.serial.end, parsed.serial.quantity) == (22410, 28813, 6404)


def test_lines_keep_their_numbers_whatever_ends_them():
    parsed = parse_serials(f"\n{GOLD}\r\n  \r{VERRA}\n\nret_1KNSQMD6Z1S0TB50\t531\n")
    assert [(each.line, each.serial.quantity) for each in parsed] == [(2, 5354), (4, 3644), (6, 531)]
    assert all(each.problems == () for each in parsed)


def test_chosen_registry_holds_for_every_line():
    parsed = parse_serials(f"{GOLD}\n{VERRA}", family=Family.VERRA)
    assert [each.is_blocked for each in parsed] == [True, False]


def test_units_told_twice_are_told_on_both_lines():
    lines = [VERRA, GOLD, VERRA.replace("936487628-936491271", "936491271-936491300"), "nonsense"]
    parsed = with_overlaps(parse_serials("\n".join(lines)))
    told = [[(each.code, each.found) for each in line.problems if each.code == "D-INTERNAL"] for line in parsed]
    shared = [("D-INTERNAL", "936491271 to 936491271")]
    assert told == [shared, [], shared, []]
    assert "line 3" in parsed[0].problems[0].message
    assert "line 1" in parsed[2].problems[0].message


@pytest.mark.parametrize(
    ("text", "quantity", "words"),
    [
        (VERRA, None, "Verra project 4150, RW, vintage 1 Oct 2024 to 31 Dec 2024, 3,644 t"),
        (GOLD, None, "Gold Standard project 11603, KE, vintage 2025, 5,354 t"),
        ("RW-5-1-2-2-0-7014", None, "CDM registry CER project 7014, RW, 1 t"),
        (
            "CA0001-GHA01-GHA-7-2025",
            None,
            "Article 6.2 registry GHA01 ITMO cooperative approach CA0001, GHA, vintage 2025, 1 t",
        ),
        ("ret_1KNSQMD6Z1S0TB50", 531, "Isometric ret_1KNSQMD6Z1S0TB50, 531 t"),
    ],
)
def test_explanation_is_for_people(text, quantity, words):
    assert explain(parse_serial(text, quantity=quantity).serial) == words


def test_explanation_names_the_country_where_its_name_is_given():
    serial = parse_serial(VERRA).serial
    assert explain(serial, country_name="Rwanda") == (
        "Verra project 4150, Rwanda (RW), vintage 1 Oct 2024 to 31 Dec 2024, 3,644 t"
    )


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: vector.text[:24])
def test_record_is_plain_json(vector):
    record = json.loads(json.dumps(as_record(parse_serial(vector.text))))
    assert (record["start"], record["end"], record["quantity"]) == (vector.start, vector.end, vector.quantity)
    assert (record["family_key"], record["project"], record["problems"]) == (vector.family_key, vector.project, [])


@pytest.mark.parametrize(
    ("text", "vintage"), [(GOLD, "2025"), (VERRA, "2024-10-01/2024-12-31"), ("RW-5-1-2-2-0-7014", ""), ("?", "")]
)
def test_record_tells_the_vintage_as_year_or_interval(text, vintage):
    assert as_record(parse_serial(text))["vintage"] == vintage


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"project": "4150", "country": "rw"}, []),
        ({"project": "VCS4150"}, []),
        ({"project": "4151"}, [("project", "block")]),
        ({"vintage_from": date(2024, 10, 2)}, [("vintage_from", "block")]),
        ({"vintage_to": date(2024, 12, 31)}, []),
        ({"country": "CD"}, [("country", "warn")]),
        ({"country": "Rwanda"}, []),
        ({"country": "RWA"}, []),
    ],
)
def test_fields_that_contradict_the_serial_are_told(fields, told):
    found = self_problems(parse_serial(VERRA).serial, **fields)
    assert [(each.field, each.severity) for each in found] == told
    assert {each.code for each in found} <= {"S-SELF"}


@pytest.mark.parametrize(
    ("text", "block", "key"),
    [
        ("MM-A64-0001-0000101 to MM-A64-0001-0000150", (101, 150, 50), "A64:MM-A64-0001-#"),
        ("mm/77/2024/5 - mm/77/2024/9", (5, 9, 5), "A64:MM/77/2024/#"),
        ("MM-A64-0001", (None, None, 50), "A64:MM-A64-0001"),
        ("MM-1-5 to MM-2-9", (None, None, 50), "A64:MM-1-5:MM-2-9"),
    ],
)
def test_article_6_4_is_referred_to_an_official(text, block, key):
    parsed = parse_serial(text, family=Family.ARTICLE_6_4, quantity=50 if block[0] != 5 else 5)
    assert [(each.code, each.severity) for each in parsed.problems] == [("S-FORMAT", "refer")]
    serial = parsed.serial
    assert (serial.start, serial.end, serial.quantity, serial.family_key) == (*block, key)
    assert serial.unit_type == "A64ER"


def test_article_6_4_needs_a_quantity_where_no_numbers_tell_it():
    codes = [(each.code, each.severity) for each in parse_serial("MM-A64-01", family=Family.ARTICLE_6_4).problems]
    assert codes == [("S-FORMAT", "refer"), ("S-QTY", "block")]


def test_article_6_4_is_never_recognised_by_itself():
    assert parse_serial("MM-A64-0001").serial is None
    assert parse_serial("no digits", family=Family.ARTICLE_6_4).serial is None
    assert parse_serial(GOLD, family=Family.ARTICLE_6_4).serial.family is Family.GOLD_STANDARD


def test_readings_are_values():
    parsed, again = parse_serial(VERRA), parse_serial(VERRA)
    assert (parsed, hash(parsed)) == (again, hash(again))
    assert replace(parsed.serial, quantity=7) != parsed.serial
    assert replace(parsed, line=7) != parsed
    for value, name in ((parsed, "line"), (parsed.serial, "quantity")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 1)
