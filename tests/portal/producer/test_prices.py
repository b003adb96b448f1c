"""Pages of a carbon price claim: from the start to sending, with errors at the field and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.price_claims import SERIALS, complete_price_claim
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState, QuestionAbout
from verification.claims.models import Claim, PriceSurrender
from verification.claims.services.prices import say_of_price
from verification.claims.services.producer import submit_claim
from verification.claims.services.review import Asking, ask_producer, take_claim
from verification.registry.models import Installation

pytestmark = pytest.mark.db

PARTS = ("instrument", "emissions", "certifier")
SECTIONS = ("payments", "surrenders", "rebates", "rates", "goods", "precursors")
SURRENDER = {"kind": "article_6_credit", "quantity_t": "1 200", "price_per_t": "12.50", "currency": "eur"}


@pytest.fixture
def site(world: None) -> Installation:
    return Installation.objects.get(city="Aliağa")


@pytest.fixture
def actor(acting: Callable[..., Actor]) -> Actor:
    return acting("producer")


@pytest.fixture
def claim(site: Installation, actor: Actor) -> Claim:
    return complete_price_claim(site, actor)


def address(name: str, claim: Claim, *more: object) -> str:
    return reverse(f"producer:{name}", args=[claim.pk, *more])


def test_a_claim_is_started_for_a_site_and_a_year(producer: Client, site: Installation) -> None:
    page = producer.get(reverse("producer:price_start")).content.decode()
    assert "EU CBAM" in page
    assert "Allowance requirement" not in page
    response = producer.post(
        reverse("producer:price_start"), {"installation": site.pk, "year": 2026, "scheme": "eu-cbam"}
    )
    claim = Claim.objects.get(kind="carbon_price")
    assert response.url == address("price", claim)
    assert (claim.installation, claim.period_start) == (site, date(2026, 1, 1))


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens(producer: Client, claim: Claim, part: str) -> None:
    assert producer.get(address("price_part", claim, part)).status_code == 200


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(producer: Client, claim: Claim, section: str) -> None:
    assert producer.get(address("price_rows", claim, section)).status_code == 200
    assert producer.get(address("price_row_add", claim, section)).status_code == 200


@pytest.mark.parametrize("name", ["price", "price_result", "price_evidence", "price_check"])
def test_pages_say_that_the_rule_on_credits_is_a_draft(producer: Client, claim: Claim, name: str) -> None:
    page = producer.get(address(name, claim)).content.decode()
    assert ("The rule on credits is a draft" in page) == (name != "price_evidence")


def test_what_was_typed_comes_back_with_the_error_at_its_field(producer: Client, claim: Claim) -> None:
    sent = {"label": "Tax of 2026", "amount": "1,500", "currency": "EURO", "covers_from": "2026-02-30"}
    response = producer.post(address("price_row_add", claim, "payments"), sent)
    page, form = response.content.decode(), response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"amount", "currency", "covers_from"}
    assert 'value="Tax of 2026"' in page
    assert 'value="1,500"' in page
    assert not claim.pricepayment_rows.exists()


def test_a_row_is_kept_changed_and_removed(producer: Client, claim: Claim) -> None:
    sent = {"label": "Tax", "amount": "12 345.678901234567890123", "currency": "eur", "emissions_tco2e": "0.5"}
    response = producer.post(address("price_row_add", claim, "payments"), sent)
    assert response.url == address("price_rows", claim, "payments")
    row = claim.pricepayment_rows.get()
    assert (row.amount, row.currency) == (Decimal("12345.678901234567890123"), "EUR")
    here = address("price_row", claim, "payments", row.position)
    assert 'value="12345.678901234567890123"' in producer.get(here).content.decode()
    producer.post(here, {**sent, "amount": "7"})
    assert claim.pricepayment_rows.get().amount == 7
    away = address("price_row_remove", claim, "payments", row.position)
    assert "Remove “Tax”?" in producer.get(away).content.decode()
    producer.post(away)
    assert not claim.pricepayment_rows.exists()
    assert producer.get(here).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"serials": ""}, "serials"),
        ({"serials": "nothing like a serial"}, "serials"),
        ({"quantity_t": "1199"}, "quantity_t"),
        ({"quantity_t": "12.5"}, "quantity_t"),
        ({"quantity_t": "0"}, "quantity_t"),
        ({"kind": ""}, "kind"),
    ],
)
def test_credits_are_refused_beside_their_field(producer: Client, claim: Claim, changed: dict, field: str) -> None:
    sent = {**SURRENDER, "serials": SERIALS.replace("997", "996"), **changed}
    response = producer.post(address("price_row_add", claim, "surrenders"), sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert claim.pricesurrender_rows.count() == 3


def test_credits_are_kept_with_their_serials(producer: Client, claim: Claim) -> None:
    serials = SERIALS.replace("997", "996")
    producer.post(address("price_row_add", claim, "surrenders"), {**SURRENDER, "serials": serials})
    row = PriceSurrender.objects.filter(claim=claim).latest("position")
    assert (row.quantity_t, row.price_per_t) == (1200, Decimal("12.50"))
    assert serials in producer.get(address("price_row", claim, "surrenders", row.position)).content.decode()


def test_approved_values_are_taken_over_with_their_certificate(producer: Client, site: Installation) -> None:
    producer.post(reverse("producer:price_start"), {"installation": site.pk, "year": 2026, "scheme": "eu-cbam"})
    claim = Claim.objects.get(kind="carbon_price")
    assert "Approved values" in producer.get(address("price_rows", claim, "goods")).content.decode()
    producer.post(address("price_goods_take", claim))
    good = claim.pricedgood_rows.first()
    certificate = Claim.objects.get(installation=site, kind="emissions", state="approved").certificates.get()
    assert (good.certificate_number, good.basis) == (certificate.number, "actual")
    assert good.see_tco2e_per_t > 0
    before = claim.pricedgood_rows.count()
    producer.post(address("price_goods_take", claim))
    assert claim.pricedgood_rows.count() == before


def test_the_result_names_what_counts_and_what_does_not(producer: Client, claim: Claim) -> None:
    page = producer.get(address("price_result", claim)).content.decode()
    for words in ("EUR 8.91250", "400 t do not count", "EUR\xa071\xa0300.00", "7.13000", "PRI-028"):
        assert words in page, words


def test_a_gap_is_named_on_the_result_and_keeps_the_claim_back(producer: Client, claim: Claim, actor: Actor) -> None:
    say_of_price(claim, actor=actor, values={"obligation_tco2e": None})
    assert "cannot be worked out yet" in producer.get(address("price_result", claim)).content.decode()
    page = producer.get(address("price_check", claim)).content.decode()
    assert "PRI-COUNT" in page
    assert "Send the claim" not in page


def test_a_file_is_attached_and_removed(producer: Client, claim: Claim) -> None:
    upload = SimpleUploadedFile("proof.csv", b"a,b\n1,2\n")
    producer.post(address("price_evidence", claim), {"purpose": "rebate_proof", "file": upload, "note": ""})
    use = claim.evidence.get(purpose="rebate_proof")
    producer.post(address("price_evidence_remove", claim, use.pk))
    assert not claim.evidence.filter(purpose="rebate_proof", removed_at=None).exists()
    wrong = producer.post(
        address("price_evidence", claim),
        {"purpose": "monitoring_plan", "file": SimpleUploadedFile("plan.csv", b"a,b\n3,4\n")},
    )
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"purpose"})


def test_a_claim_is_declared_sent_and_withdrawn(producer: Client, claim: Claim) -> None:
    refused = producer.post(address("price_check", claim), {})
    assert set(refused.context["form"].errors) == {"declaration"}
    response = producer.post(address("price_check", claim), {"declaration": "on"})
    assert response.url == address("price_sent", claim)
    assert claim.number in producer.get(response.url).content.decode()
    for closed in (address("price_part", claim, "instrument"), address("price_rows", claim, "goods")):
        assert producer.get(closed).status_code == 409
    assert producer.get(address("price_result", claim)).status_code == 200
    producer.post(address("price_withdraw", claim), {"reason": ""})
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.WITHDRAWN


def test_questions_are_answered_after_corrections(
    producer: Client, claim: Claim, actor: Actor, acting: Callable[..., Actor]
) -> None:
    submit_claim(claim, actor=actor, has_declared=True)
    reviewer = acting("reviewer")
    take_claim(claim, actor=reviewer, has_no_conflict=True)
    question = Asking("Which credits are international?", QuestionAbout.FINDING, "PRI-028")
    ask_producer(claim, actor=reviewer, questions=[question])
    assert "Which credits are international?" in producer.get(address("price", claim)).content.decode()
    part = {
        "law": "Climate Law No. 7552, Articles 9 and 10",
        "instrument_name": "ETS",
        "instrument_kind": "national_ets",
    }
    producer.post(address("price_part", claim, "instrument"), {**part, "country": "TR", "is_binding": "yes"})
    producer.post(address("price_answer", claim), {"answer_1": "Those with the serials of the registry."})
    claim = Claim.objects.get(pk=claim.pk)
    assert (claim.state, claim.snapshots.count()) == (ClaimState.IN_REVIEW, 2)


def test_other_people_and_other_kinds_find_nothing(producer: Client, outsider: Client, claim: Claim) -> None:
    emissions = Claim.objects.filter(kind="emissions", organisation=claim.organisation).first()
    assert producer.get(address("price", emissions)).status_code == 404
    for name in ("price", "price_result", "price_check", "price_evidence"):
        assert outsider.get(address(name, claim)).status_code == 404
        assert outsider.post(address(name, claim)).status_code in (404, 405)
