"""The public page of how claims are decided."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from verification.kernel import clock
from verification.statistics.aggregation import DecidedClaim, tally
from verification.statistics.models import Summary
from verification.statistics.services import make_summary

pytestmark = pytest.mark.db
GROUND = "=Regulation (EU) 2023/956, Article 8"


def claims(group: str, count: int, **more) -> list[DecidedClaim]:
    facts = {"kind": "emissions", "year": "2027", "size": "below_1000", "working_days": 12, "questions": 1}
    return [
        DecidedClaim(country_group=group, is_approved=n % 4 > 0, legal_ground=GROUND, **facts | more)
        for n in range(count)
    ]


@pytest.fixture
def summary(db: None) -> Summary:
    found = tally([*claims("asia", 40), *claims("europe", 8), *claims("least_developed", 3), *claims("africa", 20)])
    return Summary.objects.create(
        made_at=clock.now(), claims=found.total.claims, report=found.report(), sha256="0" * 64
    )


def test_page_says_that_there_is_no_report_yet(db: None) -> None:
    text = Client().get(reverse("public:statistics")).content.decode()
    assert "The first report has not been made yet." in text


def test_page_shows_figures_chart_and_table(summary: Summary) -> None:
    page = Client().get(reverse("public:statistics"))
    text = page.content.decode()
    assert "71 claims were decided; 74.6 % of them were approved." in text
    rows = {row.label: row for row in page.context["sections"][0]["rows"]}
    assert rows["Asia, other countries"].approved == "75.0 %"
    assert [label for label, row in rows.items() if not row.is_shown] == [
        "Least developed countries", "Europe, other countries",
    ]  # fmt: skip
    assert 'id="by-country-group-title"' in text
    assert '<rect class="k-1" x="0" y="68" width="75.000%"' in text
    assert GROUND in text


def test_hidden_groups_are_in_no_file(summary: Summary) -> None:
    said = Client().get(reverse("public:statistics_csv")).content.decode()
    rows = {row["group"]: row for row in csv.DictReader(io.StringIO(said)) if row["table"] == "country_group"}
    assert rows["europe"]["claims"] == rows["least_developed"]["claims"] == ""
    assert (rows["asia"]["claims"], rows["asia"]["approved_share"], rows["asia"]["questions_per_claim"]) == (
        "40", "0.750", "1.000",
    )  # fmt: skip
    table = Client().get(reverse("public:statistics_json")).json()["report"]["tables"]["country_group"]
    assert {row["key"] for row in table if row["figures"] is None} == {"europe", "least_developed"}


def test_text_of_people_is_no_formula_in_the_file(summary: Summary) -> None:
    assert f'"\'{GROUND}"' in Client().get(reverse("public:statistics_csv")).content.decode()


def test_files_are_there_before_the_first_report(db: None) -> None:
    assert Client().get(reverse("public:statistics_json")).json()["report"] is None
    assert Client().get(reverse("public:statistics_csv")).content.decode().count("\n") == 1


def test_few_decisions_say_nothing(db: None) -> None:
    found = tally(claims("asia", 4))
    Summary.objects.create(made_at=clock.now(), claims=4, report=found.report(), sha256="0" * 64)
    text = Client().get(reverse("public:statistics")).content.decode()
    assert "Fewer than 5 claims have been decided." in text
    assert Client().get(reverse("public:statistics_json")).json()["claims"] is None


def test_newest_report_is_read_with_one_query(world: None) -> None:
    make_summary()
    with CaptureQueriesContext(connection) as found:
        Client().get(reverse("public:statistics"))
    assert [query["sql"].count("statistics_summary") > 0 for query in found].count(True) == 1
    assert not any("claims_" in query["sql"] for query in found)
