"""Pure pieces of the pages of units: choices in addresses, rows of goods, lines of the box, the gauge, changes."""

from decimal import Decimal

import pytest

from portal.ui.charts.limit import ClassRow, limit_chart
from portal.units.block_choice import compact, positions_from
from portal.units.findings import grouped, position_of, positions_to_mend
from portal.units.goods import rows_from, text_of
from portal.units.serial_lines import with_suggestion
from tests.factories.units import MISTYPED, VERRA
from verification.checks.model import Finding
from verification.claims.unit_comparison import unit_changes

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("positions", "text"), [([], ""), ([3], "3"), ([1, 2, 3], "1-3"), ([9, 1, 2, 5, 5], "1-2,5,9")]
)
def test_positions_become_ranges_and_come_back(positions, text):
    assert compact(positions) == text
    assert positions_from(text) == set(positions)


@pytest.mark.parametrize("text", ["x", "1-", "3-1", "1-999999", "1,,x", "-1", "1-20000,20001-40000"])
def test_text_that_names_no_blocks_gives_none(text):
    assert positions_from(text) == set()


def test_largest_choice_is_a_whole_claim():
    assert len(positions_from("1-20000")) == 20_000


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("72083900; TR; 1200", ("72083900", "TR", Decimal("1200"), "")),
        ("7208 39 00\ttr\t1 200.5\tC-1", ("72083900", "TR", Decimal("1200.5"), "C-1")),
        ("72083900;TR;0.001", ("72083900", "TR", Decimal("0.001"), "")),
    ],
)
def test_goods_are_read(line, row):
    rows, problems = rows_from(f"\n{line}\n")
    assert problems == []
    assert [(each.good, each.origin, each.mass_t, each.certificate_number) for each in rows] == [row]
    assert rows[0].line == 2


@pytest.mark.parametrize("line", ["7208", "72083900; TR", "a; b; c; d; e", "72083900; TR; 1,2", "72083900; TR; NaN"])
def test_goods_that_cannot_be_read_are_named_by_line(line):
    rows, problems = rows_from(f"72083900; TR; 1\n{line}")
    assert len(rows) == 1
    assert [problem.message.split(":")[0] for problem in problems] == ["Line 2"]


def test_good_between_two_values_is_one_line_again():
    lines = [
        {"row": 1, "line": 1, "good": "72083900", "origin": "TR", "mass_t": "10", "certificate": "C-1"},
        {"row": 1, "line": 2, "good": "72083900", "origin": "TR", "mass_t": "2.5", "certificate": ""},
    ]
    assert text_of(lines) == "72083900; TR; 12.5; C-1"


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        (MISTYPED, "GS1-1-KE-GS11603-16-2025-30256-110-5460"),
        (f"{MISTYPED}\t5351", "GS1-1-KE-GS11603-16-2025-30256-110-5460\t5351"),
        (f"{MISTYPED} (5351)", "GS1-1-KE-GS11603-16-2025-30256-110-5460 (5351)"),
        (VERRA, VERRA),
        ("hello", "hello"),
    ],
)
def test_suggestion_replaces_the_serial_alone(typed, after):
    assert with_suggestion(f"first\r\n{typed}", 2).replace("\r\n", "\n") == f"first\n{after}"


def test_gauge_adds_up_to_the_whole_bar():
    chart = limit_chart(
        limit_t=3000, used_t=500, accepted_t=2500, excess_t=1000, classes=[ClassRow("icc", 3500, 2500, 1000, None)]
    )
    assert [(piece.x, piece.width) for piece in chart["pieces"]] == [("0", "12.5"), ("12.5", "62.5"), ("75", "25")]
    assert chart["limit_x"] == "75"
    assert chart["left_t"] == 0


def test_gauge_of_an_unused_limit_is_empty():
    chart = limit_chart(limit_t=100, used_t=0, accepted_t=0, excess_t=0, classes=[])
    assert {piece.width for piece in chart["pieces"]} == {"0"}
    assert (chart["limit_x"], chart["left_t"]) == ("100", 100)


def test_gauge_without_any_limit_is_drawn():
    assert limit_chart(limit_t=0, used_t=0, accepted_t=0, excess_t=0, classes=[])["limit_x"] == "0"


def finding(code, identity, severity="block"):
    return Finding(code, severity, code, "", "", "", identity=identity)


@pytest.mark.parametrize(
    ("identity", "position"),
    [("blocks.7", 7), ("blocks.12 vintage", 12), ("blocks.3#2", 3), ("class icc", None), ("", None)],
)
def test_finding_belongs_to_its_block(identity, position):
    assert position_of(finding("A-LOA", identity)) == position


def test_information_is_nothing_to_mend():
    found = [finding("D-ISSUED", "blocks.1", "info"), finding("A-LOA", "blocks.2"), finding("L-LIMIT", "", "refer")]
    assert positions_to_mend(found) == {2}


def test_groups_come_with_the_gravest_first():
    found = [finding("D-ISSUED", "blocks.1", "info"), finding("A-LOA", "blocks.2"), finding("A-CA", "blocks.2")]
    assert [group.code for group in grouped(found)] == ["A-CA", "A-LOA", "D-ISSUED"]


def content(**said):
    return {"statement": "", "base": {}, "blocks": [], "authorisations": [], "claimant": {"name": "A"}} | said


BLOCK = {"position": 1, "serial": "S-1", "quantity": 5, "beneficiary": "A", "facts": {"methodology": "M"}}


def test_block_that_only_moved_is_no_change():
    assert unit_changes(content(blocks=[BLOCK]), content(blocks=[BLOCK | {"position": 9}])) == ()


def test_changed_added_and_removed_blocks_are_told():
    before = content(blocks=[BLOCK, BLOCK | {"serial": "S-2"}])
    after = content(blocks=[BLOCK | {"facts": {"methodology": "N"}}, BLOCK | {"serial": "S-3"}])
    told = [(change.row, change.kind, change.field, change.after) for change in unit_changes(before, after)]
    assert told == [
        ("S-1", "changed", "Facts", "methodology: N"),
        ("S-2", "removed", "", ""),
        ("S-3", "added", "", "5 t"),
    ]


def test_changes_of_base_and_letters_are_told():
    letter = {"host_country": "RW", "reference": "R", "version": "", "quantity": 5}
    line = {"line": 1, "good": "72083900", "mass_t": "5"}
    before = content(base={"taxable": "10", "lines": [line]}, authorisations=[letter])
    after = content(
        base={"taxable": "11", "lines": [line | {"mass_t": "6"}]}, authorisations=[letter | {"quantity": 6}]
    )
    assert [(change.part, change.before, change.after) for change in unit_changes(before, after)] == [
        ("Base of the limit", "10", "11"),
        ("Goods", "5", "6"),
        ("Letters", "5", "6"),
    ]
