"""Composition, years and references of a good: numbers, words and what the templates make of them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from portal.ui.charts.composition import Step, composition_chart
from portal.ui.charts.flow import flow_picture
from portal.ui.charts.labels import clipped, lines_of
from portal.ui.charts.years import YearValue, years_chart
from portal.ui.computation.flows import network_of
from portal.ui.computation.recalculation import Recalculation
from portal.ui.earlier import change_in_words, same_good
from portal.ui.goods import goods_of
from portal.ui.pictures import composition_picture
from portal.ui.templatetags import components
from tests.portal.ui.computation.reports import STEEL, chain, loop, process
from verification.accounting.calculation import calculate
from verification.accounting.model import Consumption, InstallationReport, Precursor

pytestmark = pytest.mark.unit
D = Decimal

ROW = {
    "cn": "72139120", "name": "Bars", "description": "Bars and rods", "process": "Mill", "process_id": "P2",
    "route": "", "unit": "t", "quantity": "800", "scope": "direct", "see_direct": "1.5", "see_direct_own": "0.5",
    "see_indirect": "0.4", "see_indirect_in_scope": "0.1", "see_applicable": "1.6", "stated": {"see_direct": "1.5"},
    "difference": {"see_direct": "0"}, "default": None,
}  # fmt: skip


def good(**changes):
    (found,) = goods_of({"goods": [ROW | changes]})
    return found


def steps(*said: tuple[str, str, str]) -> list[Step]:
    return [Step(label, D(value), "k-1", pattern) for label, value, pattern in said]


def composed(**changes):
    beside = Step("Beside", D(1), "k-open", is_counted=False)
    given = {
        "steps": [*steps(("Own", "0.5", ""), ("Iron", "1.5", "default")), beside],
        "total": D(2),
        "total_label": "Whole",
        "unit": "tCO₂e/t",
        "title": "Parts",
        "summary": "Words.",
        "chart_id": "c1",
    }
    return composition_chart(**(given | changes))


def test_counted_part_of_the_indirect_emissions_is_told_from_the_rest():
    found = good()
    assert (found.own, found.precursors, found.indirect, found.indirect_not_counted) == (
        D("0.5"),
        1,
        D("0.1"),
        D("0.3"),
    )
    assert found.is_indirect_counted


def test_direct_only_good_counts_no_indirect_emissions():
    found = good(see_applicable="1.5", see_indirect_in_scope="0")
    assert (found.indirect, found.indirect_not_counted, found.is_indirect_counted) == (0, D("0.4"), False)


def test_row_sealed_before_the_counted_part_was_told_is_read():
    row = {key: value for key, value in ROW.items() if key not in ("see_indirect_in_scope", "process_id")}
    (found,) = goods_of({"goods": [row | {"scope": "direct_and_indirect", "see_applicable": "1.9"}]})
    assert (found.indirect, found.indirect_not_counted) == (D("0.4"), 0)


def test_missing_numbers_stay_missing():
    found = good(see_applicable=None, see_direct=None, see_indirect=None)
    assert (found.value, found.precursors, found.indirect, found.indirect_not_counted) == (None, None, None, None)


@pytest.mark.parametrize(("difference", "is_equal"), [("0.000001", True), ("0.0001", False)])
def test_number_in_the_file_is_compared_with_what_was_computed_for_the_same(difference, is_equal):
    assert good(difference={"see_direct": difference}).is_as_stated is is_equal


def test_steps_begin_where_the_one_before_ended():
    chart = composed()
    assert [(bar.label, bar.x, bar.width) for bar in chart["bars"]] == [
        ("Own", "0.000%", "15.152%"),
        ("Iron", "15.152%", "45.455%"),
        ("Whole", "0.000%", "60.606%"),
        ("Beside", "60.606%", "30.303%"),
    ]


def test_table_of_the_parts_has_shares_of_what_counts():
    rows = composed()["rows"]
    assert [(row.label, row.share) for row in rows] == [
        ("Own", "25.0\u00a0%"),
        ("Iron", "75.0\u00a0%"),
        ("Whole", "100.0\u00a0%"),
        ("Beside", ""),
    ]


@pytest.mark.parametrize("parts", [steps(("Own", "-1", "")), steps(("Own", "0", ""))])
def test_parts_that_cannot_be_drawn_are_an_error(parts):
    with pytest.raises(ValueError):
        composed(steps=parts, total=D(0))


def test_default_is_marked_by_a_pattern_and_in_words():
    html = render_to_string("components/chart_composition.html", {"chart": composed()})
    assert "On a default value" in html
    assert html.count('fill="url(#c1-default)"') == 1
    assert html.count('fill="url(#c1-open)"') == 1
    assert "style=" not in html


def test_composition_is_drawn_only_for_the_value_that_is_recorded():
    result = calculate(chain(), rules=STEEL)
    recorded = tuple(product.see_in_scope for product in result.products)
    found = replace(good(), position=1)
    picture = composition_picture(Recalculation(chain(), result, recorded), found, "c")
    assert [bar.label for bar in picture["bars"]] == [
        "Direct, this process", "Slabs", "Process P1, made here", "Value that applies", "Indirect, not counted",
    ]  # fmt: skip
    assert composition_picture(Recalculation(chain(), result, (recorded[0], D(9))), found, "c") is None
    assert composition_picture(None, found, "c") is None


def test_many_precursors_are_gathered_and_nothing_is_lost():
    bought = tuple(
        Precursor(
            f"R{n}", name=f"Alloy {n}", category="Crude steel", consumed_in=(Consumption("P1", D(1)),),
            see_direct_tco2e_per_unit=D(n), see_indirect_stated_tco2e_per_unit=D(0),
        )
        for n in range(1, 15)
    )  # fmt: skip
    report = replace(loop(), precursors=bought)
    result = calculate(report, rules=STEEL)
    recorded = tuple(product.see_in_scope for product in result.products)
    chart = composition_picture(Recalculation(report, result, recorded), good(), "c")
    assert len(chart["bars"]) == 9
    assert "Precursors, the smaller ones" in [bar.label for bar in chart["bars"]]
    shown = [D(row.shown) for row in chart["rows"] if not row.is_total]
    assert abs(sum(shown) - recorded[0]) < D("0.0001")


def year(label: str, value: str, default: str | None = None, *, is_now: bool = False) -> YearValue:
    return YearValue(label, D(value), D(default) if default else None, f"EC-{label}", is_now=is_now)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ("2", "1.88", "6.0\u00a0% lower than 2026."),
        ("2", "2.5", "25.0\u00a0% higher than 2026."),
        ("2", "2", "The same as 2026."),
        ("2", "1.9999", "Less than 0.1 % lower than 2026."),
        ("2", "2.0001", "Less than 0.1 % higher than 2026."),
        ("0", "2", "Higher than 2026, when it was zero."),
    ],
)
def test_change_is_told_in_words(before, now, words):
    assert change_in_words([year("2026", before), year("2027", now, is_now=True)]) == words


def test_first_year_has_no_change():
    assert change_in_words([year("2027", "1", is_now=True)]) == ""
    assert change_in_words([]) == ""


def test_years_have_the_default_of_each_as_a_mark():
    years = [year("2026", "2", "4"), year("2027", "1", is_now=True)]
    chart = years_chart(years, unit="tCO₂e/t", title="Years", summary="Lower.", chart_id="y1")
    assert [(bar.label, bar.width, bar.mark_x) for bar in chart["bars"]] == [
        ("2026", "45.455%", "90.909%"),
        ("2027", "22.727%", ""),
    ]
    html = render_to_string("components/chart_years.html", {"chart": chart})
    assert html.count('<line class="k-mark"') == 1
    assert "EC-2026" in html
    assert "style=" not in html


def test_years_without_any_value_have_no_picture():
    assert years_chart([year("2026", "0")], unit="", title="", summary="", chart_id="y") is None
    with pytest.raises(ValueError):
        years_chart([year("2026", "-1")], unit="", title="", summary="", chart_id="y")


def test_picture_is_drawn_once_for_what_it_shows_and_anew_for_anything_else(monkeypatch):
    drawn = []
    monkeypatch.setattr(components, "render_to_string", lambda name, context: drawn.append(context["chart"]) or "drawn")
    first, same, other = ({"title": title, "bars": [Decimal(number)]} for title, number in ("A1", "A1", "A2"))
    for chart in (first, same, other):
        assert components.picture("components/chart_none.html", chart) == "drawn"
    with translation.override("tr"):
        components.picture("components/chart_none.html", same)
    assert drawn == [first, other, same]


def test_good_of_an_earlier_year_is_found_by_code_and_process():
    mine, other = good(), good(process="Other mill")
    assert same_good(mine, [other]) is other
    assert same_good(mine, [other, mine]) is mine
    assert same_good(good(process="New mill"), [other, mine]) is None
    assert same_good(mine, [good(cn="72139110")]) is None
    assert same_good(mine, [good(unit="MWh")]) is None


def test_flow_picture_names_its_places_and_lists_every_flow():
    picture = flow_picture(network_of(chain(), calculate(chain())), title="Flows")
    assert [place.number for place in picture.drawing.places] == list(range(1, 13))
    assert {"Process materials, 3 streams", "Turbine", "Slabs", "Process P2", "Good 7213\u00a091\u00a020"} <= {
        place.name for place in picture.drawing.places
    }
    assert len(picture.flows) == len(network_of(chain(), calculate(chain())).flows)
    assert picture.flows[0].tco2e == max(flow.tco2e for flow in picture.flows)
    assert not picture.drawing.has_back
    html = render_to_string("components/chart_flow.html", {"flow": picture})
    assert "style=" not in html
    assert html.count('role="img"') == 2


def test_installation_of_very_many_parts_has_the_table_alone():
    processes = tuple(process(f"P{n}", "10", direct_emissions_tco2e=D(5)) for n in range(40))
    report = InstallationReport(processes=processes)
    picture = flow_picture(network_of(report, calculate(report)), title="Flows")
    assert picture.drawing is None
    assert len(picture.flows) == 80
    html = render_to_string("components/chart_flow.html", {"flow": picture})
    assert "too many parts" in html
    assert "<svg" not in html


def test_flow_picture_says_what_goes_back():
    picture = flow_picture(network_of(loop(), calculate(loop())), title="Flows")
    assert picture.drawing.has_back
    assert "Goes back into an earlier step" in render_to_string("components/chart_flow.html", {"flow": picture})


def test_words_are_clipped_and_broken_to_fit():
    assert clipped("Ferro-nickel, 28 % nickel", 14) == "Ferro-nickel…"
    assert clipped("Short", 14) == "Short"
    assert lines_of("Sinter plant to hot strip mill", 20) == ["Sinter plant to hot", "strip mill"]
    assert lines_of("Sinter plant to hot strip mill of the works", 16) == ["Sinter plant to", "hot strip mill…"]
    assert lines_of("Donaudampfschifffahrt", 10) == ["Donaudamp…"]
