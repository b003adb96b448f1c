"""Default values for anyone: the numbers of the law, the mark-up of the date, the standing of the edition."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains

pytestmark = [pytest.mark.db, pytest.mark.django_db, pytest.mark.usefixtures("world")]


def _get(**query):
    return Client().get(reverse("public:benchmarks"), query)


@pytest.mark.parametrize(("day", "value"), [("2026-03-01", "2.671"), ("2027-03-01", "2.914"), ("2028-03-01", "3.156")])
def test_mark_up_is_that_of_the_date(day, value):
    (line,) = _get(good="7208 39 00", origin="TR", date=day).context["lines"]
    assert (line.base, line.value) == (Decimal("2.428"), Decimal(value))


def test_benchmarks_stand_beside_the_value():
    (line,) = _get(good="72083900", origin="TR", date="2026-06-30").context["lines"]
    assert (line.own_benchmark, line.whole_benchmark) == (Decimal("0.044"), Decimal("1.370"))


def test_every_value_is_rounded_half_up():
    for line in _get(date="2026-06-30", good="7601").context["lines"]:
        if line.value is not None:
            thousandths = line.base * (1 + line.mark_up) * 1000
            assert line.value == Decimal(int(thousandths + Decimal("0.5"))) / 1000


def test_dash_points_to_other_countries():
    response = _get(origin="TR", date="2026-06-30", sector="fertilisers")
    dashes = [line for line in response.context["lines"] if line.is_dash]
    assert all(line.value is None for line in dashes)
    if dashes:
        assertContains(response, "the row of other countries applies")


def test_words_find_goods():
    lines = _get(good="cement clinker", origin="TR").context["lines"]
    assert lines
    assert all("25231000".startswith(line.row.cn_prefix) for line in lines)


def test_superseded_edition_is_told():
    assertContains(_get(), "A later act changed this table.")


def test_day_before_the_scheme_has_nothing():
    assertContains(_get(date="2020-01-01"), "Nothing holds on this day.")


def test_next_page_starts_after_the_last_row():
    first = _get(sector="iron_steel")
    later = _get(sector="iron_steel", cursor=first.context["page"].next_cursor)
    last_seen = first.context["lines"][-1].row.pk
    assert all(line.row.pk > last_seen for line in later.context["lines"])


def test_table_asks_the_same_number_of_queries_for_one_and_many():
    _get()
    with CaptureQueriesContext(connection) as one:
        assert len(_get(good="72083900", origin="TR").context["lines"]) == 1
    count = len(one)
    with CaptureQueriesContext(connection) as many:
        assert len(_get().context["lines"]) == 40
    assert count == len(many) > 0


def test_the_finder_of_the_landing_page_leads_here_with_its_words(world) -> None:
    """The field names of the form on the landing page are those of this page's filters."""
    landing = Client().get("/").content.decode()
    for name in ("good", "origin", "date"):
        assert f'name="{name}"' in landing
        assert name in _get().context["filters"].fields


def test_another_scheme_is_browsed_by_its_name_and_the_first_stays_the_first():
    response = _get(scheme="model-bca", good="7208 39 00", date="2026-03-01")
    (line,) = response.context["lines"]
    assert (line.base, line.value, line.own_benchmark) == (Decimal("2.28"), Decimal("2.280"), None)
    assertContains(response, "Rule of a model, not law")
    assert _get().context["scheme_name"] == _get(scheme="nowhere").context["scheme_name"]
    assertContains(_get(), '<option value="eu-cbam">EU CBAM</option>', html=True)


def test_scheme_without_published_values_shows_none():
    response = _get(scheme="uk-cbam", date="2027-06-01")
    assert response.context["lines"] == []
    assertContains(response, "Not yet published law")


def test_draft_is_not_shown_among_the_published_law():
    shown = list(Client().get(reverse("public:landing")).context["latest_editions"])
    assert len(shown) == 4
    assert {edition.legal_status for edition in shown} == {"in_force", "superseded"}
