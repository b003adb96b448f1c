from decimal import Decimal

import pytest
from django.urls import reverse

from portal.producer.results import heading_of, worth_of
from portal.ui.goods import ReadGood, goods_of

pytestmark = pytest.mark.db


def page_of(client, claim, **query):
    return client.get(reverse("producer:claim_results", args=[claim.pk]), query)


def test_heading_is_the_answer(producer, claim_at):
    response = page_of(producer, claim_at("Silifke"))
    assert response.context["heading"] == "Your value is lower than the default"


def test_value_default_and_difference_stand_side_by_side(producer, claim_at):
    page = page_of(producer, claim_at("Silifke")).content.decode()
    for shown in ("0.90746", "1.584", "−0.67654", "10.0\u00a0%", "1.440"):
        assert shown in page


def test_parts_add_up_to_the_value(claim_at):
    for good in goods_of(claim_at("Gemlik").reading):
        assert good.own + good.precursors + good.indirect == good.value
        assert good.is_indirect_counted
    for good in goods_of(claim_at("Gebze").reading):
        assert good.own + good.precursors == good.value
        assert not good.is_indirect_counted


def test_every_mistake_is_listed_with_sheet_and_cell(producer, claim_at):
    page = page_of(producer, claim_at("Trabzon")).content.decode()
    assert "3 things stop you from sending" in page
    assert '<span class="cell">A_InstData!I28</span>' in page
    assert "TPL-050" in page


def test_old_edition_of_defaults_is_warned_about(producer, claim_at):
    page = page_of(producer, claim_at("Silifke")).content.decode()
    assert "This edition has been superseded by Implementing Regulation (EU) 2026/1740" in page


def test_worth_is_told_after_free_allocation(claim_at):
    claim = claim_at("Dilovası")
    worth = worth_of(claim, goods_of(claim.reading)[0])
    assert worth.has_amount
    assert not worth.is_at_least
    emissions = (Decimal("11.902") - Decimal("8.487854545455")) * Decimal("82.32")
    assert abs(worth.gain.gain_per_t - emissions) < Decimal("0.01")


def test_worth_with_precursors_is_a_limit(claim_at):
    claim = claim_at("Gebze")
    worth = worth_of(claim, goods_of(claim.reading)[0])
    assert worth.has_amount
    assert worth.is_at_least


def test_worth_says_why_it_cannot_be_told(claim_at):
    claim = claim_at("Aliağa")
    worth = worth_of(claim, goods_of(claim.reading)[0])
    assert not worth.has_amount
    assert "free allocation" in worth.why


def test_worth_says_that_no_price_was_published(claim_at):
    claim = claim_at("Dilovası")
    good = goods_of(claim.reading)[0]
    claim.period_start, claim.period_end = claim.period_start.replace(year=2027), claim.period_end.replace(year=2028)
    assert worth_of(claim, good).why == "No price of certificates has been published for 2027."


@pytest.mark.parametrize("typed", ["1", "99", "x", "-1", "²"])
def test_good_can_be_chosen_by_the_address(producer, claim_at, typed):
    response = page_of(producer, claim_at("Gebze"), good=typed)
    assert response.status_code == 200
    assert response.context["chosen"] == (1 if typed == "1" else 0)


def test_claim_without_numbers_leads_to_the_ways_in(producer, claim_at):
    claim = claim_at("Trabzon")
    claim.reading = None
    claim.save(update_fields=["reading"])
    response = page_of(producer, claim)
    assert response["Location"] == reverse("producer:claim_entry_begin", args=[claim.pk])


def good(value, default):
    return ReadGood(
        position=0, code="25232900", name="Cement", description="Cement", process="Kiln", process_id="P1", route="",
        unit="t", quantity=None, own=value, precursors=Decimal(0), indirect=None, indirect_not_counted=None,
        is_indirect_counted=True, value=value, stated=None, stated_difference=None,
        default={"base": "1"} if default else None, default_value=default,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pairs", "heading"),
    [
        ([(1, 2)], "Your value is lower than the default"),
        ([(3, 2)], "Your value is higher than the default"),
        ([(2, 2)], "Your value equals the default"),
        ([(1, 2), (1, 2)], "Your values are lower than the defaults"),
        ([(1, 2), (3, 2)], "Your value is lower than the default for 1 of 2 goods"),
        ([(3, 2), (3, 2)], "Your values are not lower than the defaults"),
        ([(1, None)], "There is no default to compare your value with"),
        ([(None, 2)], "Your value cannot be computed yet"),
    ],
)
def test_heading_covers_every_case(pairs, heading):
    def number(value):
        return None if value is None else Decimal(value)

    assert heading_of([good(number(value), number(default)) for value, default in pairs]) == heading
