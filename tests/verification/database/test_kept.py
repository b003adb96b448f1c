"""A kept question finds what its queryset finds, whatever it is asked with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from verification.claims.models import Claim, Step
from verification.database.kept import Given, Kept
from verification.registry.models import Installation

pytestmark = [pytest.mark.db, pytest.mark.django_db]

IN_COUNTRIES = Kept(lambda: Installation.objects.filter(country__in=Given("countries")).order_by("code"))


@pytest.fixture
def claim(claim_at):
    return claim_at("Gebze")


def test_rows_come_with_what_is_joined_and_prefetched(claim, django_assert_num_queries):
    question = Kept(
        lambda: (
            Claim.objects.filter(pk=Given("claim"))
            .select_related("installation")
            .prefetch_related("steps")
            .defer("number")
        )
    )
    steps = list(claim.steps.all())
    with django_assert_num_queries(2):
        [found] = question.rows(claim=claim.pk)
        assert (found, found.site.city, list(found.steps.all())) == (claim, "Gebze", steps)
    with django_assert_num_queries(1):
        assert found.number == claim.number


def test_days_instants_and_keys_are_compared_as_stored(claim):
    question = Kept(
        lambda: Claim.objects.filter(
            installation_id=Given("site"), period_start=Given("first"), submitted_at__lte=Given("instant")
        ).values_list("number", flat=True)
    )
    asked = {"site": claim.site.pk, "first": claim.period_start}
    assert question.rows(**asked, instant=claim.submitted_at) == [claim.number]
    assert question.first(**asked, instant=claim.submitted_at - timedelta(microseconds=1)) is None


@pytest.mark.parametrize("countries", [["TR"], ["TR", "DE", "CN"], ("IS",), [], {"TR"}])
def test_collection_may_have_any_length(countries, world):
    assert IN_COUNTRIES.rows(countries=countries) == list(
        Installation.objects.filter(country__in=countries).order_by("code")
    )


def test_values_that_stand_in_the_question_are_left_as_they_are(claim):
    question = Kept(
        lambda: (
            Installation.objects.filter(city__contains="b%", code__in=["%s", "x"], country__in=Given("countries"))
            | Installation.objects.filter(city__startswith="Geb", pk=Given("site"))
        )
    )
    assert question.rows(countries=["TR", "DE"], site=claim.site.pk) == [claim.site]


def test_sums_are_named_as_in_a_queryset(claim):
    question = Kept(
        lambda: Step.objects.filter(claim=Given("claim")).values("claim_id").annotate(n=Count("pk")).order_by()
    )
    assert question.rows(claim=claim.pk) == [{"claim_id": claim.pk, "n": claim.steps.count()}]


def test_statement_is_written_once(world):
    written = []

    def write():
        written.append(1)
        return Installation.objects.filter(country=Given("country"))

    question = Kept(write)
    with CaptureQueriesContext(connection) as asked:
        found = [question.rows(country=country) for country in ("TR", "DE", "TR")]
    assert (len(written), len(asked)) == (1, 3)
    assert found == [list(Installation.objects.filter(country=country)) for country in ("TR", "DE", "TR")]


def test_none_finds_nothing_and_a_missing_value_is_an_error(world):
    assert Kept(lambda: Claim.objects.filter(amends_id=Given("amends"))).rows(amends=None) == []
    with pytest.raises(KeyError):
        IN_COUNTRIES.rows(country="TR")
