"""Checking, sending, answering and withdrawing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.units import CERTIFIED, VERRA, make_sendable_unit_claim, make_unit_claim, many_serials
from verification.claims.services.review import Asking, ask_producer, take_claim

pytestmark = pytest.mark.db


def address(name, claim):
    return reverse(f"units:{name}", args=[claim.pk])


@pytest.fixture
def asked(claim_in, acting):
    """The sent claim after the reviewer asked something."""
    claim = claim_in("submitted")
    take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    ask_producer(claim, actor=acting("reviewer"), questions=[Asking("Which shipment is it?")])
    return claim


def test_complete_claim_is_sent_once_and_reserves_its_serials(holder, sendable):
    assert "Send the claim" in holder.get(address("claim_check", sendable)).content.decode()
    response = holder.post(address("claim_check", sendable), {"declaration": "on"}, follow=True)
    assert response.redirect_chain[0][0] == address("claim_sent", sendable)
    assert sendable.number in response.content.decode()
    sendable.refresh_from_db()
    assert sendable.state == "submitted"
    assert set(sendable.blocks.values_list("state", "is_active")) == {("reserved", True)}
    assert holder.post(address("claim_check", sendable), {"declaration": "on"}).status_code == 409


def test_declaration_is_needed(holder, sendable):
    response = holder.post(address("claim_check", sendable), {})
    assert "Tick the box of the declaration." in response.context["form"].errors["declaration"][0]


def test_claim_with_obstacles_is_not_sent(holder, party, acting):
    claim = make_unit_claim(party, acting("importer"), serials=VERRA)
    page = holder.get(address("claim_check", claim)).content.decode()
    assert "The claim cannot be sent yet" in page
    assert "Send the claim" not in page
    response = holder.post(address("claim_check", claim), {"declaration": "on"})
    assert response.context["form"].errors
    claim.refresh_from_db()
    assert claim.state == "draft"


def test_empty_claim_is_not_sent(holder, draft):
    assert "Send the claim" not in holder.get(address("claim_check", draft)).content.decode()
    holder.post(address("claim_check", draft), {"declaration": "on"})
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_serials_in_another_claim_are_named_but_not_its_owner(holder, sendable, acting, user_of, claim_at):
    other = claim_at("Aliağa").organisation
    holder.post(address("claim_check", sendable), {"declaration": "on"})
    second = make_sendable_unit_claim(other, acting("producer"), serials=CERTIFIED)
    holder.force_login(user_of("producer"))
    text = holder.get(address("claim_check", second)).content.decode()
    assert "D-CROSS" in text
    assert "Nordhafen" not in text
    assert sendable.number not in text


def test_findings_are_grouped_by_check(holder, party, acting):
    claim = make_unit_claim(party, acting("importer"), serials=many_serials(40))
    groups = holder.get(address("claim_check", claim)).context["groups"]
    letter = next(group for group in groups if group.code == "A-LOA")
    assert (letter.count, len(letter.places), letter.more) == (40, 5, 35)


def test_question_is_answered(holder, asked):
    response = holder.post(address("claim_answer", asked), {"answer_1": "The one of March.", "send": "1"})
    assert response["Location"] == address("claim", asked)
    asked.refresh_from_db()
    assert asked.state == "in_review"
    assert asked.questions.get().answer == "The one of March."


def test_open_question_is_shown_on_the_claim_and_among_the_things_to_do(holder, asked):
    assert "Which shipment is it?" in holder.get(address("claim", asked)).content.decode()
    assert address("claim_answer", asked) in holder.get(address("claim", asked)).content.decode()


def test_keeping_a_file_keeps_the_typed_answer(holder, asked):
    fields = {"answer_1": "Half", "attach": "1", "file_1": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}
    page = holder.post(address("claim_answer", asked), fields).content.decode()
    assert "Half" in page
    assert "a.csv" in page
    assert not asked.questions.get().files.exists()


def test_withdrawing_frees_the_serials(holder, claim_in):
    claim = claim_in("submitted")
    assert claim.number in holder.get(address("claim_withdraw", claim)).content.decode()
    holder.post(address("claim_withdraw", claim), {"reason": "Sold"})
    claim.refresh_from_db()
    assert claim.state == "withdrawn"
    assert not claim.blocks.filter(is_active=True).exists()


def test_draft_cannot_be_withdrawn(holder, draft):
    assert holder.get(address("claim_withdraw", draft)).status_code == 409
