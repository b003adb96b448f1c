"""A carbon price claim from its start to the credit: every door, and what the database refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.price_claims import (
    CERTIFIER,
    SERIALS,
    attached,
    complete_price_claim,
    recommended_price_claim,
    surrendered,
)
from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.certificates.services.approval import approve_claim
from verification.claims.enums import BlockState, SurrenderKind
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim, PriceSurrender, UnitBlock
from verification.claims.price_content import price_content
from verification.claims.services.deciding import Ruling
from verification.claims.services.prices import (
    remove_price_row,
    save_price_row,
    save_surrender,
    say_of_price,
    start_price_claim,
)
from verification.claims.services.producer import obstacles_to_sending, submit_claim, withdraw_claim
from verification.credentials.models import StatusEntry
from verification.determination.models import PriceCredit
from verification.determination.price_credits.services import end_price_credits
from verification.evidence.enums import Purpose
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.registry.models import Installation

pytestmark = pytest.mark.db


@pytest.fixture
def site(world: None) -> Installation:
    return Installation.objects.get(city="Aliağa")


@pytest.fixture
def producer(acting: Callable[..., Actor]) -> Actor:
    return acting("producer")


@pytest.fixture
def claim(site: Installation, producer: Actor) -> Claim:
    return complete_price_claim(site, producer)


@pytest.fixture
def approve(acting: Callable[..., Actor], producer: Actor) -> Callable[[Claim], Certificate]:
    def sign(claim: Claim) -> Certificate:
        claim = recommended_price_claim(claim, producer, acting("reviewer"))
        ruling = Ruling(
            reasons="Credited as worked out.",
            legal_ground="Regulation (EU) 2023/956, Article 9",
            seen_version=claim.version,
            has_no_conflict=True,
        )
        return approve_claim(claim, actor=acting("approver"), ruling=ruling)

    return sign


def codes(claim: Claim) -> dict[str, str]:
    return {finding.code: finding.severity for finding in findings_on_draft(claim)}


def test_a_complete_claim_has_only_the_cap_to_be_looked_at(claim: Claim) -> None:
    assert codes(claim) == {"PRI-028": "refer"}
    assert obstacles_to_sending(claim) == []
    content = price_content(claim)
    assert content["result"]["per_tco2e"] == "8.9125"
    assert content["result"]["goods"][0]["per_t"] == "7.13"
    assert content["terms"]["draft"].startswith("Draft implementing act on Article 9")


def test_an_empty_claim_says_what_is_missing(site: Installation, producer: Actor) -> None:
    empty = start_price_claim(site, scheme="eu-cbam", year=2026, actor=producer)
    assert {"PRI-008", "PRI-009", "PRI-011", "PRI-025", "PRI-027"} <= set(codes(empty))


@pytest.mark.parametrize("scheme", ["eu-cbam", "model-bca"])
def test_the_scheme_says_whether_credits_are_capped(site: Installation, producer: Actor, scheme: str) -> None:
    result = price_content(complete_price_claim(site, producer, scheme=scheme))["result"]
    if scheme == "eu-cbam":
        assert (result["currency"], result["credits_not_counted_t"]) == ("EUR", "400")
    else:
        assert result is None  # no rate from EUR to SGD was stated


def test_a_scheme_that_is_silent_takes_no_claim(site: Installation, producer: Actor) -> None:
    with pytest.raises(InvalidInput) as refusal:
        start_price_claim(site, scheme="allowance-requirement", year=2026, actor=producer)
    assert [problem.field for problem in refusal.value.problems] == ["scheme"]
    assert not Claim.objects.filter(kind="carbon_price").exists()


def test_only_the_producer_writes(site: Installation, claim: Claim, acting: Callable[..., Actor]) -> None:
    stranger = acting("importer")
    with pytest.raises(NotAllowed):
        start_price_claim(site, scheme="eu-cbam", year=2026, actor=stranger)
    with pytest.raises(NotAllowed):
        say_of_price(claim, actor=stranger, values={"law": "Mine"})
    with pytest.raises(NotAllowed):
        save_price_row(claim, "rates", actor=stranger, values={})
    with pytest.raises(NotAllowed):
        remove_price_row(claim, "goods", actor=stranger, position=1)
    with pytest.raises(NotAllowed):
        save_surrender(claim, actor=stranger, values=surrendered(SurrenderKind.ALLOWANCE, 1, "1", None), serials="")


def test_a_sent_claim_is_closed_and_holds_its_serials(claim: Claim, producer: Actor) -> None:
    submit_claim(claim, actor=producer, has_declared=True)
    assert claim.blocks.get().state == BlockState.RESERVED
    with pytest.raises(Conflict):
        remove_price_row(claim, "goods", actor=producer, position=1)
    withdraw_claim(claim, actor=producer, reason="")
    assert claim.blocks.get().state == BlockState.RELEASED


def test_serials_count_in_one_claim_only(site: Installation, claim: Claim, producer: Actor) -> None:
    other = complete_price_claim(site, producer)
    submit_claim(claim, actor=producer, has_declared=True)
    with pytest.raises(InvalidInput) as refusal:
        submit_claim(other, actor=producer, has_declared=True)
    assert {problem.code for problem in refusal.value.problems} == {"D-CROSS"}
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitBlock.objects.filter(claim=other).update(state=BlockState.RESERVED, is_active=True)


def test_units_of_a_unit_claim_are_no_part_of_a_price(site: Installation, producer: Actor) -> None:
    """The demonstration's importer offers these serials in a unit claim that was sent."""
    taken = "RW-5-9990001-2-2-0-7014 - RW-5-9991200-2-2-0-7014"
    claim = complete_price_claim(site, producer, serials=taken)
    found = {finding.code: finding.found for finding in findings_on_draft(claim)}
    assert found["PRI-029"] == "9990001 to 9990900, 900 t"


@pytest.mark.parametrize(
    ("kind", "quantity_t", "serials", "field"),
    [
        (SurrenderKind.ARTICLE_6_CREDIT, 1200, "", "serials"),
        (SurrenderKind.ARTICLE_6_CREDIT, 1199, SERIALS, "quantity_t"),
        (SurrenderKind.ARTICLE_6_CREDIT, 1200, "no serial at all", "serials"),
        (SurrenderKind.ALLOWANCE, 1200, SERIALS, "serials"),
    ],
)
def test_serials_and_tonnes_must_fit(
    site: Installation, producer: Actor, kind: SurrenderKind, quantity_t: int, serials: str, field: str
) -> None:
    claim = start_price_claim(site, scheme="eu-cbam", year=2026, actor=producer)
    with pytest.raises(InvalidInput) as refusal:
        save_surrender(claim, actor=producer, values=surrendered(kind, quantity_t, "9", None), serials=serials)
    assert {problem.field for problem in refusal.value.problems} == {field}
    assert not PriceSurrender.objects.filter(claim=claim).exists()
    assert not claim.blocks.exists()


def test_new_serials_take_the_place_of_the_old(claim: Claim, producer: Actor) -> None:
    row = claim.pricesurrender_rows.get(kind=SurrenderKind.ARTICLE_6_CREDIT)
    shorter = SERIALS.replace("9971200", "9971000")
    values = surrendered(SurrenderKind.ARTICLE_6_CREDIT, 1000, "12", row.receipt)
    save_surrender(claim, actor=producer, values=values, serials=shorter, position=row.position)
    assert [(block.first, block.quantity) for block in claim.blocks.all()] == [(9970001, 1000)]
    remove_price_row(claim, "surrenders", actor=producer, position=row.position)
    assert not claim.blocks.exists()


def test_a_currency_has_one_rate(claim: Claim, producer: Actor) -> None:
    values = {"currency": "USD", "per_unit": Decimal("0.9"), "year": 2026, "is_yearly_average": True, "source": "ECB"}
    first = save_price_row(claim, "rates", actor=producer, values=values)
    with pytest.raises(InvalidInput):
        save_price_row(claim, "rates", actor=producer, values=values)
    again = save_price_row(claim, "rates", actor=producer, values={**values, "year": 2025}, position=first.position)
    assert again.pk == first.pk


def test_files_and_goods_are_the_claims_own(site: Installation, claim: Claim, producer: Actor) -> None:
    other = start_price_claim(site, scheme="eu-cbam", year=2026, actor=producer)
    foreign = attached(other, producer, Purpose.PRICE_CERTIFICATION, "of another claim")
    with pytest.raises(Conflict):
        say_of_price(claim, actor=producer, values={"certification": foreign})
    with pytest.raises(NotAllowed):
        save_price_row(other, "precursors", actor=producer, values={"good": claim.pricedgood_rows.get(), "name": "X"})
    with pytest.raises(Conflict):
        remove_price_row(claim, "payments", actor=producer, position=7)


def test_a_good_with_precursors_stays(claim: Claim, producer: Actor) -> None:
    good = claim.pricedgood_rows.get()
    save_price_row(claim, "precursors", actor=producer, values={"good": good, "name": "FeCr"})
    with pytest.raises(Conflict):
        remove_price_row(claim, "goods", actor=producer, position=good.position)
    assert claim.pricedgood_rows.count() == 1


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"certifier_accredited_to": None}, "PRI-026"),
        ({"certified_on": CERTIFIER["certifier_accredited_to"]}, "PRI-027"),
        ({"certification": None}, "PRI-026"),
        ({"obligation_tco2e": Decimal(100)}, "PRI-017"),
        ({"free_allocation_tco2e": None}, "PRI-018"),
        ({"country": "GE"}, "PRI-010"),
        ({"is_binding": None}, "PRI-008"),
    ],
)
def test_what_is_said_is_checked(claim: Claim, producer: Actor, missing: dict, code: str) -> None:
    say_of_price(claim, actor=producer, values=missing)
    assert code in codes(Claim.objects.get(pk=claim.pk))


def test_what_cannot_be_worked_out_cannot_be_sent(claim: Claim, producer: Actor) -> None:
    say_of_price(claim, actor=producer, values={"obligation_tco2e": None})
    claim = Claim.objects.get(pk=claim.pk)
    assert "PRI-COUNT" in {problem.code for problem in obstacles_to_sending(claim)}
    with pytest.raises(InvalidInput):
        submit_claim(claim, actor=producer, has_declared=True)


def test_approval_credits_each_good_and_keeps_the_serials(claim: Claim, approve: Callable) -> None:
    certificate = approve(claim)
    credit = PriceCredit.objects.get()
    assert (credit.amount_per_t, credit.amount_per_tco2e) == (Decimal("7.13"), Decimal("4.45625"))
    assert (credit.currency, credit.good_code, credit.installation_code) == ("EUR", "72142000", claim.site.code)
    assert (credit.certificate_number, credit.claim_reference) == (certificate.number, claim.number)
    assert (credit.valid_from.year, credit.known_to) == (2026, None)
    assert claim.blocks.get().state == BlockState.ACCEPTED
    record = json.loads(certificate.record)
    assert (record["kind"], record["carbon_price"]["net"]) == ("carbon_price", "71300")


def test_a_newer_claim_on_the_same_instrument_replaces_the_credit(
    site: Installation, claim: Claim, producer: Actor, approve: Callable
) -> None:
    first = approve(claim)
    newer = complete_price_claim(site, producer, serials=SERIALS.replace("997", "996"))
    second = approve(newer)
    old, new = PriceCredit.objects.order_by("known_from")
    assert (old.known_to, new.continues_id) == (new.known_from, old.pk)
    first.refresh_from_db()
    assert first.superseded_by == second
    ended = StatusEntry.objects.exclude(revoked_at=None).filter(subject__in=[first.pk, second.pk])
    assert ended.get().subject == first.pk


def test_two_instruments_stand_beside_each_other(
    site: Installation, claim: Claim, producer: Actor, approve: Callable
) -> None:
    approve(claim)
    other = complete_price_claim(site, producer, serials=SERIALS.replace("997", "996"))
    say_of_price(other, actor=producer, values={"instrument_name": "Fuel tax", "law": "Act 12"})
    approve(Claim.objects.get(pk=other.pk))
    assert PriceCredit.objects.filter(known_to=None).count() == 2


def test_credits_end_with_their_certificate(claim: Claim, approve: Callable, acting: Callable[..., Actor]) -> None:
    certificate = approve(claim)
    middle = certificate.valid_from.replace(month=7)
    ended = end_price_credits(
        certificate.number, effective_on=middle, decision_reference="R-2027-000009", actor=acting("approver")
    )
    rest = PriceCredit.objects.get(known_to=None)
    assert [row.pk for row in ended] == [rest.continues_id]
    assert (rest.valid_to, rest.decision_reference) == (middle, "R-2027-000009")
    with pytest.raises(NotAllowed):
        end_price_credits(certificate.number, effective_on=middle, decision_reference="R", actor=acting("producer"))


def test_the_database_refuses_a_changed_or_second_credit(claim: Claim, approve: Callable) -> None:
    approve(claim)
    credit = PriceCredit.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceCredit.objects.update(amount_per_t=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceCredit.objects.all()._raw_delete("default")
    credit.pk, credit._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        credit.save(force_insert=True)
