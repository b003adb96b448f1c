"""Answers become the reading of a claim, by the rules of its scheme."""

from decimal import Decimal

import pytest

from verification.accounting.entry.writing import answers_of
from verification.accounting.examples import example_report
from verification.audit.models import Event
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim
from verification.claims.selectors import stored_answers
from verification.claims.services.producer import start_claim
from verification.claims.services.transitions import move
from verification.determination.claim_entry import amend_claim, answers_of_claim, import_answers, save_rows
from verification.kernel import clock
from verification.kernel.errors import Conflict, NotAllowed

pytestmark = pytest.mark.db


@pytest.fixture
def producer(acting):
    return acting("producer")


@pytest.fixture
def claim(claim_at, producer):
    return start_claim(claim_at("Gaziantep").installation, scheme="eu-cbam", year=2026, actor=producer)


def filled(claim, producer, example, change=lambda answers: None):
    answers = answers_of(example_report(example))
    change(answers)
    return import_answers(claim, answers, actor=producer, origin="test")


@pytest.mark.parametrize(("variant", "has_default"), [("grey", True), ("", False)])
def test_clinker_has_a_default_beside_it_once_its_colour_is_said(claim, producer, variant, has_default):
    def change(answers):
        answers["goods"] = {"N1": {**next(iter(answers["goods"].values())), "cn": "25231000", "variant": variant}}

    (good,) = filled(claim, producer, "cement", change).reading["goods"]
    assert (good["default"] is not None) is has_default


def test_precursor_of_domestic_origin_carries_nothing(claim, producer):
    before = filled(claim, producer, "stainless_steelworks").reading["goods"][0]

    def change(answers):
        answers["precursors"]["PP1"]["country"] = "DE"

    after = filled(claim, producer, "stainless_steelworks", change).reading["goods"][0]
    assert Decimal(after["see_direct"]) < Decimal(before["see_direct"])


def test_indirect_emissions_do_not_count_for_goods_with_direct_scope(claim, producer):
    good = filled(claim, producer, "stainless_steelworks").reading["goods"][0]
    assert Decimal(good["see_indirect"]) > 0
    assert good["see_applicable"] == good["see_in_scope"] == good["see_direct"]


def test_goods_categories_of_a_file_give_way_when_processes_change(claim, producer):
    def change(answers):
        answers["goods_categories"] = {"G9": {"category": "Hydrogen", "routes": ""}}

    filled(claim, producer, "stainless_steelworks", change)
    row = stored_answers(claim)["processes"]["P1"]
    save_rows(claim, {("processes", "P1"): row}, actor=producer)
    assert "goods_categories" not in stored_answers(claim)


def test_rows_without_an_answer_are_not_interpreted(claim, producer):
    filled(claim, producer, "cement")
    save_rows(claim, {("streams", "S99"): {"activity_data.unit": "t"}}, actor=producer)
    assert "S99" in stored_answers(claim)["streams"]
    assert "S99" not in answers_of_claim(claim)["streams"]


def test_saving_by_hand_is_an_event_and_autosave_is_not(claim, producer):
    filled(claim, producer, "cement")
    row, before = stored_answers(claim)["streams"]["S1"], Event.objects.count()
    save_rows(claim, {("streams", "S1"): row}, actor=producer, is_autosave=True)
    assert Event.objects.count() == before
    save_rows(claim, {("streams", "S1"): row}, actor=producer)
    assert Event.objects.latest("pk").name == "claims.answers.saved"


def test_only_the_producer_types_and_only_while_the_claim_is_with_it(claim, claim_at, producer, acting):
    with pytest.raises(NotAllowed):
        save_rows(claim, {("streams", "S1"): {"name": "x"}}, actor=acting("reviewer"))
    with pytest.raises(Conflict):
        save_rows(claim_at("Silifke"), {("streams", "S1"): {"name": "x"}}, actor=producer)
    assert stored_answers(claim) == {}


def test_claim_that_was_sent_meanwhile_takes_no_answer(claim_at, claim, producer):
    stale = Claim.objects.get(pk=claim.pk)
    move(claim, "submit", producer, submitted_at=clock.now())
    with pytest.raises(Conflict):
        save_rows(stale, {("streams", "S1"): {"name": "x"}}, actor=producer)


def test_new_numbers_close_the_invitation_of_a_verifier(claim_at, producer):
    claim = claim_at("Karabük")
    assert claim.engagements.filter(state="invited").exists()
    import_answers(claim, answers_of(example_report("cement")), actor=producer, origin="test")
    assert not claim.engagements.filter(state="invited").exists()


def test_amendment_names_what_it_amends_so_there_is_no_second_report(claim_at, producer):
    amended = amend_claim(claim_at("Aliağa"), actor=producer)
    assert "DAT-004" not in {finding.code for finding in findings_on_draft(amended)}
    twin = start_claim(amended.installation, scheme="eu-cbam", year=2026, actor=producer)
    twin = import_answers(twin, answers_of_claim(amended), actor=producer, origin="test")
    assert "DAT-004" in {finding.code for finding in findings_on_draft(twin)}
