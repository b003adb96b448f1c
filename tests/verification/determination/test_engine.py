import dataclasses
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories.determination import (
    NOW,
    approved,
    dated,
    default_row,
    edition_of,
    good_entry,
    parameters_of,
    question,
    tables_of,
)
from verification.determination.engine import determine
from verification.kernel.errors import MissingReference
from verification.kernel.spans import Span

pytestmark = pytest.mark.unit

EDITION = edition_of(default_row("TR", "7208", "2.428"), default_row("other", "7208", "4.049"))


def ask(*rows, overrides=(), parameters=None, tables=None, **changes):
    tables = tables or tables_of(edition_of(*rows) if rows else EDITION)
    by_installation = {"TR-9001": tuple(overrides)}
    return determine(question(**changes), tables, by_installation, parameters or parameters_of())


def rungs(answer):
    return [line.rung for line in answer.trace]


def test_country_default_carries_mark_up_on_its_total():
    answer = ask()
    assert (answer.value, answer.base, answer.mark_up) == (Decimal("2.671"), Decimal("2.428"), Decimal("0.10"))
    assert (answer.basis, answer.rung, answer.row, answer.edition) == ("default", "country_default", "1/TR/7208", "1")
    assert (answer.valid_from, answer.valid_to) == (date(2026, 1, 1), date(2027, 1, 1))
    assert rungs(answer) == ["exemption", "override", "alternative_value", "country_default"]


def test_every_trace_line_says_why_and_cites():
    for line in ask(origin="FJ").trace:
        assert line.why
        assert line.reference


def test_mark_up_rounds_half_up_where_binary_fractions_round_down():
    parameters = parameters_of(mark_up=dated("mark_up", ("0.01", "2026-01-01", None)))
    assert ask(default_row("TR", "7208", "1.650"), parameters=parameters).value == Decimal("1.667")


def test_mark_up_follows_the_legal_date():
    assert ask(legal_date=date(2026, 12, 31)).value == Decimal("2.671")
    assert ask(legal_date=date(2027, 1, 1)).value == Decimal("2.914")


def test_missing_mark_up_is_refused_not_taken_as_zero():
    with pytest.raises(MissingReference, match="no mark up"):
        ask(parameters=parameters_of(mark_up=()))


def test_published_total_is_never_added_up_again():
    row = dataclasses.replace(default_row("TR", "7208", "1.010"), direct=Decimal("0.600"), indirect=Decimal("0.400"))
    assert ask(row).base == Decimal("1.010")


def test_longest_prefix_wins():
    rows = [default_row("TR", length, value) for length, value in (("7208", "1"), ("720839", "2"), ("72083900", "3"))]
    assert ask(*rows).base == Decimal(3)
    assert ask(*rows[:2]).base == Decimal(2)


def test_ten_digit_row_answers_a_ten_digit_question():
    rows = [default_row("TR", "7208390010", "5"), default_row("TR", "72083900", "3")]
    assert ask(*rows, good="7208390010").base == Decimal(5)
    assert ask(*rows, good="7208390090").base == Decimal(3)


def test_eight_digits_are_refused_where_the_table_splits_them_in_ten():
    edition = edition_of(
        default_row("TR", "7208390010", "5"), default_row("TR", "7208390090", "3"),
        longer_codes={("TR", "72083900"): ("7208390010", "7208390090")},
    )  # fmt: skip
    answer = ask(tables=tables_of(edition))
    assert (answer.value, answer.choices) == (None, ("7208390010", "7208390090"))


def test_heading_is_passed_over_for_a_shorter_code():
    rows = [default_row("TR", "720839", reason="heading"), default_row("TR", "7208", "2")]
    assert ask(*rows).base == Decimal(2)


def test_heading_alone_leads_to_other_countries():
    answer = ask(default_row("TR", "7208", reason="heading"), default_row("other", "7208", "4"))
    assert (answer.rung, answer.base) == ("other_countries_default", Decimal(4))


def test_dash_takes_the_whole_row_of_other_countries():
    rows = [
        default_row("TR", "72083900", reason="dash", route="D"),
        default_row("TR", "7208", "1"),
        default_row("other", "7208", "4", route="E"),
    ]
    answer = ask(*rows)
    assert (answer.rung, answer.base, answer.benchmark_route) == ("other_countries_default", Decimal(4), "E")
    assert "dash" in answer.trace[3].why


def test_dash_in_other_countries_leaves_no_value():
    answer = ask(default_row("TR", "7208", reason="dash"), default_row("other", "7208", reason="dash"))
    assert (answer.value, answer.basis, answer.rung) == (None, "none", "none")
    assert rungs(answer)[-1] == "none"


def test_unlisted_country_takes_other_countries():
    answer = ask(origin="FJ")
    assert (answer.rung, answer.base) == ("other_countries_default", Decimal("4.049"))
    assert answer.trace[3].why == "The default values have no table for Fiji."


def test_variant_decides_between_two_rows_and_must_be_said():
    rows = [default_row("TR", "7208", "1.41", variant="white"), default_row("TR", "7208", "0.87", variant="grey")]
    assert ask(*rows, variant="white").base == Decimal("1.41")
    unsaid = ask(*rows)
    assert (unsaid.value, unsaid.choices) == (None, ("grey", "white"))
    assert "grey, white" in unsaid.reason


def test_unknown_variant_is_refused_with_the_known_ones():
    rows = [default_row("TR", "7208", "1.41", variant="white"), default_row("TR", "7208", "0.87", variant="grey")]
    assert ask(*rows, variant="pink").choices == ("grey", "white")


def test_variant_with_a_dash_takes_the_same_variant_elsewhere():
    rows = [
        default_row("TR", "7208", "1", variant="grey"),
        default_row("TR", "7208", variant="white", reason="dash"),
        default_row("other", "7208", "7", variant="grey"),
        default_row("other", "7208", "9", variant="white"),
    ]
    assert ask(*rows, variant="white").base == Decimal(9)


@pytest.mark.parametrize(("origin", "words"), [("NO", "outside the scheme"), ("DE", "inside the customs territory")])
def test_exempt_origin_needs_no_value(origin, words):
    answer = ask(origin=origin)
    assert (answer.basis, answer.rung, answer.value) == ("exempt", "exemption", None)
    assert words in answer.reason


def test_exemption_stands_before_an_approved_value():
    assert ask(origin="NO", overrides=[approved()], installation="TR-9001").basis == "exempt"


def test_unknown_origin_and_unknown_good_have_no_value_and_say_so():
    assert "ZZ is not a country" in ask(origin="ZZ").reason
    assert "99999999 is not a good" in ask(good="99999999").reason


def test_split_code_names_its_successors():
    old = good_entry("31021010", span=Span(date(2025, 1, 1), date(2026, 1, 1)), successors=("31021012", "31021015"))
    answer = ask(tables=tables_of(EDITION, goods=(old,)), good="31021010")
    assert answer.choices == ("31021012", "31021015")


def test_newest_edition_that_holds_answers():
    newer = edition_of(default_row("TR", "7208", "3"), code="2", span=Span(date(2026, 6, 1)))
    tables = tables_of(newer, EDITION)
    assert ask(tables=tables, legal_date=date(2026, 6, 1)).edition == "2"
    assert ask(tables=tables, legal_date=date(2026, 5, 31)).edition == "1"


def test_day_before_every_edition_has_no_value():
    tables = tables_of(EDITION, goods=(good_entry(span=Span(date(2020, 1, 1))),))
    answer = ask(tables=tables, legal_date=date(2025, 12, 31))
    assert (answer.basis, answer.value) == ("none", None)
    assert "No edition" in answer.trace[3].why


def test_warning_of_a_superseded_edition_reaches_answer_and_trace():
    answer = ask(tables=tables_of(edition_of(default_row("TR", "7208", "1"), warning="Superseded by Act 2.")))
    assert answer.warning == "Superseded by Act 2."
    assert answer.trace[-1].why.endswith("Superseded by Act 2.")


def test_approved_value_overrides_even_when_higher():
    answer = ask(overrides=[approved(see_direct=Decimal("9.1"))], installation="TR-9001")
    assert (answer.value, answer.basis, answer.rung, answer.certificate) == (
        Decimal("9.1"),
        "verified",
        "override",
        "C-1",
    )
    assert (answer.valid_from, answer.valid_to) == (date(2026, 1, 1), date(2027, 1, 1))


def test_scope_of_the_good_chooses_direct_or_total():
    both = tables_of(EDITION, goods=(good_entry(scope="direct_and_indirect"),))
    assert ask(overrides=[approved()], installation="TR-9001").value == Decimal("1.80000")
    assert ask(overrides=[approved()], installation="TR-9001", tables=both).value == Decimal("2.00000")


def test_approval_for_the_code_stands_before_one_for_its_category():
    for_category = approved(id="a2", good_code="", category="products", see_direct=Decimal(3))
    answer = ask(overrides=[for_category, approved()], installation="TR-9001")
    assert answer.override == "a1"
    assert ask(overrides=[for_category], installation="TR-9001").override == "a2"


def test_category_answers_where_the_code_has_no_approval_for_the_day():
    for_category = approved(id="a2", good_code="", category="products")
    answer = ask(overrides=[approved(span=Span.year(2025)), for_category], installation="TR-9001")
    assert answer.override == "a2"


@pytest.mark.parametrize(
    ("legal_date", "basis"),
    [(date(2026, 1, 1), "verified"), (date(2026, 12, 31), "verified"), (date(2027, 1, 1), "default")],
)
def test_span_of_an_approval_is_half_open(legal_date, basis):
    assert ask(overrides=[approved()], installation="TR-9001", legal_date=legal_date).basis == basis


def test_knowledge_of_an_approval_is_half_open():
    start, end = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
    one = approved(known_from=start, known_to=end)
    moment = timedelta(microseconds=1)
    bases = [
        ask(overrides=[one], installation="TR-9001", known_at=at).basis
        for at in (start - moment, start, end - moment, end)
    ]
    assert bases == ["default", "verified", "verified", "default"]


def test_route_decides_between_two_approvals_and_must_be_said():
    both = [approved(id="a1", route="BF-BOF"), approved(id="a2", route="EAF")]
    assert ask(overrides=both, installation="TR-9001", route="EAF").override == "a2"
    assert ask(overrides=both, installation="TR-9001").choices == ("BF-BOF", "EAF")
    assert ask(overrides=both, installation="TR-9001", route="DRI").basis == "default"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"installation": ""}, "No installation was named."),
        ({"installation": "TR-9002"}, "TR-9002 has no approved value."),
        ({"good": "72071111"}, "no approved value for 72071111"),
        ({"known_at": NOW - timedelta(days=300)}, "in force at"),
        ({"legal_date": date(2027, 3, 1)}, "covers 2027-03-01"),
        ({"route": "EAF"}, "route or variant"),
    ],
)
def test_trace_says_why_no_approval_applied(changes, words):
    answer = ask(overrides=[approved(route="BF-BOF")], **{"installation": "TR-9001"} | changes)
    assert words in next(line.why for line in answer.trace if line.rung == "override")


def test_quantity_beyond_the_verified_one_falls_to_the_default():
    one = approved(verified_quantity_t=Decimal(1000), quantity_left_t=Decimal(40))
    answer = ask(overrides=[one], installation="TR-9001", quantity_t=Decimal(50))
    assert (answer.basis, answer.covered_quantity_t) == ("verified", Decimal(40))
    assert answer.remainder is not None
    assert (answer.remainder.basis, answer.remainder.value) == ("default", Decimal("2.671"))
    assert ask(overrides=[one], installation="TR-9001", quantity_t=Decimal(40)).remainder is None


def test_drawn_verified_quantity_answers_nothing_more():
    one = approved(verified_quantity_t=Decimal(1000), quantity_left_t=Decimal(0))
    answer = ask(overrides=[one], installation="TR-9001")
    assert answer.basis == "default"
    assert "drawn in full" in answer.trace[1].why


def test_answer_names_the_tables_it_was_read_from():
    assert ask().tables_sha256 == "0" * 64
