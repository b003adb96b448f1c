import json
import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.producer.results import heading_of, worths_of
from portal.ui.earlier import approved_before
from portal.ui.goods import ReadGood, goods_of
from portal.ui.references import references_of
from verification.claims.enums import ClaimState
from verification.claims.models import Claim, Decision, Snapshot
from verification.registry.models import Organisation

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
    worth = worths_of(claim, goods_of(claim.reading))[0]
    assert worth.has_amount
    assert not worth.is_at_least
    emissions = (Decimal("11.902") - Decimal("8.487854545455")) * Decimal("82.32")
    assert abs(worth.gain.gain_per_t - emissions) < Decimal("0.01")


def test_worth_with_precursors_is_a_limit(claim_at):
    claim = claim_at("Gebze")
    worth = worths_of(claim, goods_of(claim.reading))[0]
    assert worth.has_amount
    assert worth.is_at_least


def test_worth_says_why_it_cannot_be_told(claim_at):
    claim = claim_at("Aliağa")
    worth = worths_of(claim, goods_of(claim.reading))[0]
    assert not worth.has_amount
    assert "free allocation" in worth.why


def test_worth_says_that_no_price_was_published(claim_at):
    claim = claim_at("Dilovası")
    good = goods_of(claim.reading)[0]
    claim.period_start, claim.period_end = claim.period_start.replace(year=2027), claim.period_end.replace(year=2028)
    assert worths_of(claim, [good])[0].why == "No price of certificates has been published for 2027."


def test_worth_of_a_code_that_is_none_says_so(claim_at):
    claim = claim_at("Dilovası")
    good = replace(goods_of(claim.reading)[0], code="2804")
    (worth,) = worths_of(claim, [good])
    assert not worth.has_amount
    assert "2804" in worth.why


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


def approved_last_year(claim, factor):
    """An approval of the year before with ``factor`` times the values, made from one of the demonstration."""
    source = Decision.objects.select_related("claim", "snapshot", "recommendation").first()
    content = json.loads(claim.snapshots.last().content)
    for row in content["reading"]["goods"]:
        for name in ("see_direct", "see_direct_own", "see_applicable"):
            row[name] = str(Decimal(row[name]) * Decimal(factor))
    snapshot = claim.snapshots.last()
    before = Claim.objects.get(pk=claim.pk)
    before.pk, before.number, before._state.adding = uuid.uuid4(), "EC-2026-000001", True
    before.period_start = claim.period_start.replace(year=claim.period_start.year - 1)
    before.period_end, before.state = claim.period_start, ClaimState.APPROVED
    before.decided_at = source.claim.decided_at
    before.save(force_insert=True)
    sealed = Snapshot.objects.create(
        claim=before, number=1, content=json.dumps(content), sha256="0" * 64, sealed_at=snapshot.sealed_at,
        sealed_by=snapshot.sealed_by,
    )  # fmt: skip
    for person in (source.reviewer, source.approver):
        before.conflict_declarations.create(official=person, has_conflict=False, declared_at=source.decided_at)
    recommendation = source.recommendation
    recommendation.pk, recommendation._state.adding = None, True
    recommendation.claim, recommendation.snapshot = before, sealed
    recommendation.save(force_insert=True)
    decision = source
    decision.pk, decision._state.adding, decision.number = None, True, "D-2026-000001"
    decision.claim, decision.snapshot, decision.recommendation = before, sealed, recommendation
    decision.save(force_insert=True)
    return before


def test_value_stands_beside_that_of_last_year(producer, claim_at):
    claim = claim_at("Silifke")
    assert page_of(producer, claim).context["years"] is None
    approved_last_year(claim, "1.25")
    response = page_of(producer, claim)
    assert [bar.label for bar in response.context["years"]["bars"]] == ["2025", "2026"]
    assert response.context["years"]["summary"] == "20.0\u00a0% lower than 2025."
    assert "EC-2026-000001" in response.content.decode()


@pytest.mark.parametrize("change", [{"state": "refused"}, {"scheme": "other"}])
def test_what_was_not_approved_in_this_scheme_is_no_earlier_year(claim_at, change):
    claim = claim_at("Silifke")
    before = approved_last_year(claim, "1.25")
    assert [found.claim_number for found in approved_before(claim)] == [before.number]
    Claim.objects.filter(pk=before.pk).update(**change)
    assert approved_before(claim) == []


def test_earlier_years_of_another_organisation_are_not_shown(claim_at, outsider):
    claim = claim_at("Silifke")
    before = approved_last_year(claim, "1.25")
    other = Organisation.objects.exclude(pk=claim.organisation_id).filter(is_producer=True).first()
    Claim.objects.filter(pk=before.pk).update(organisation=other)
    assert approved_before(claim) == []


def test_references_name_their_edition_and_what_superseded_it(claim_at):
    claim = claim_at("Karabük")
    good = goods_of(claim.reading)[0]
    found = references_of(claim.scheme, good, date(2026, 12, 31))
    assert [(each.label, str(each.value), each.is_superseded) for each in found[2:]] == [
        ("Benchmark A", "0.044", False),
        ("Benchmark B, route C", "1.370", False),
        ("Benchmark B, route D", "0.481", False),
        ("Benchmark B, route E", "0.072", False),
    ]
    assert [each.label for each in found[:2]] == ["Default with mark-up, superseded", "Default, base, superseded"]
    assert "edition 2026-02-04" in found[0].source
    assert "2026/1740" in found[0].source
    assert "edition 2026-02-06" in found[2].source


def test_pictures_of_a_good_with_precursors(producer, claim_at):
    response = page_of(producer, claim_at("Gebze"), good="1")
    labels = [bar.label for bar in response.context["composition"]["bars"]]
    assert labels == [
        "Direct, this process", "Electric arc furnace and…, made here", "Value that applies", "Indirect, not counted",
    ]  # fmt: skip
    assert [place.name for place in response.context["flow"].drawing.places][-1].startswith(("3 goods", "Good"))


def test_numbers_that_the_rules_of_today_give_otherwise_are_said(producer, claim_at):
    claim = claim_at("Silifke")
    claim.reading["goods"][0]["see_applicable"] = "0.5"
    claim.save(update_fields=["reading"])
    response = page_of(producer, claim)
    assert response.context["composition"] is None
    assert "A rule of the calculation has changed" in response.content.decode()


def test_steps_and_downloads_of_a_claim(producer, claim_at):
    claim = claim_at("Gebze")
    page = producer.get(reverse("producer:claim_computation", args=[claim.pk]), {"show": "good-1"})
    assert page.context["chosen"].key == "good-1"
    assert 'href="?show=process-0"' in page.content.decode()
    table = producer.get(reverse("producer:claim_computation_csv", args=[claim.pk]))
    assert table["Content-Disposition"] == f'attachment; filename="{claim.number}-computation.csv"'
    assert "D_Processes!L54" in table.content.decode()
    record = producer.get(reverse("producer:claim_computation_json", args=[claim.pk])).json()
    assert record["claim"] == claim.number
    assert record["goods_as_recorded"] == [True] * 4
    value = next(tree for tree in record["trees"] if tree["key"] == "good-1")["values"][0]["value"]
    assert value.startswith(claim.reading["goods"][1]["see_direct"])


def test_claim_without_numbers_has_no_steps(producer, claim_at):
    claim = claim_at("Trabzon")
    claim.reading = None
    claim.save(update_fields=["reading"])
    page = producer.get(reverse("producer:claim_computation", args=[claim.pk]))
    assert page["Location"] == reverse("producer:claim_results", args=[claim.pk])
    for name in ("producer:claim_computation_csv", "producer:claim_computation_json"):
        assert producer.get(reverse(name, args=[claim.pk])).status_code == 404


def test_steps_of_answers_lead_to_the_fields(producer, claim_at):
    claim = claim_at("Silifke")
    claim.way_in, claim.state = "answers", "draft"
    claim.save(update_fields=["way_in", "state"])
    page = producer.get(reverse("producer:claim_computation", args=[claim.pk])).content.decode()
    assert reverse("producer:claim_row", args=[claim.pk, "processes", "P1"]) in page
