from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from portal.ui.charts import share_of_width, value_against_default_chart

pytestmark = pytest.mark.unit

PARTS = [
    ("Direct", Decimal("0.07120"), "k-1"),
    ("Steel made here", Decimal("1.31664"), "k-2"),
    ("Precursors", Decimal("0.31419"), "k-3"),
    ("Indirect, not counted", Decimal("0.16892"), "k-open"),
]
REFERENCES = [("Default", Decimal("2.541"), "k-4"), ("Benchmark", Decimal("1.364"), "k-4")]


def chart(**changes):
    given = {
        "parts": PARTS,
        "references": REFERENCES,
        "unit": "tCO₂e/t",
        "title": "Your value",
        "summary": "Lower than the default.",
        "mark_up": Decimal("0.231"),
    }
    return value_against_default_chart(**(given | changes))


def test_own_value_counts_all_but_open_parts():
    bar = chart()["bars"][0]
    assert bar.shown == "1.70203"
    assert [mark.width for mark in bar.marks] == ["2.547%", "47.105%", "11.241%", "6.043%"]
    assert [mark.x for mark in bar.marks] == ["0.000%", "2.547%", "49.653%", "60.893%"]


def test_mark_up_is_the_end_of_the_first_reference():
    bar = chart()["bars"][1]
    assert [mark.css_class for mark in bar.marks] == ["k-4", "k-edge"]
    assert bar.shown == "2.541"
    assert len(chart()["bars"][2].marks) == 1


def test_longest_bar_leaves_room():
    widths = [Decimal(mark.width.rstrip("%")) for mark in chart(mark_up=None)["bars"][1].marks]
    assert widths == [Decimal("90.909")]


@pytest.mark.parametrize("longest", ["0.0004", "0.9", "1", "2.541", "5.99", "60", "99", "12345"])
def test_axis_has_few_round_steps(longest):
    ticks = chart(parts=[("Direct", Decimal(longest), "k-1")], references=[], mark_up=None)["ticks"]
    assert 2 < len(ticks) <= 7
    assert ticks[0].label == "0"


def test_axis_of_the_drawing():
    assert [tick.label for tick in chart()["ticks"]] == ["0", "0.5", "1.0", "1.5", "2.0", "2.5"]


def test_table_repeats_every_number():
    assert [(row.label, row.shown) for row in chart()["rows"]][-3:] == [
        ("Your value", "1.70203"),
        ("Default", "2.541"),
        ("Benchmark", "1.364"),
    ]


@pytest.mark.parametrize("parts", [[("Direct", Decimal("-1"), "k-1")], [("Direct", Decimal(0), "k-1")]])
def test_nothing_to_draw_is_an_error(parts):
    with pytest.raises(ValueError):
        chart(parts=parts, references=[], mark_up=None)


def test_picture_has_title_description_and_no_inline_style():
    html = render_to_string("components/chart_value_against_default.html", {"chart": chart(chart_id="c9")})
    assert 'aria-labelledby="c9-title c9-description"' in html
    assert "Benchmark 1.364" in html
    assert "style=" not in html


def test_share_of_width_is_per_cent():
    assert share_of_width(Decimal("1.364"), Decimal("6")) == "22.733%"
