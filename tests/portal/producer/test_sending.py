"""From sealed numbers to the officials: inviting, checking, sending, answering, withdrawing."""

import pytest
from django.urls import reverse

from portal.commands.demonstration.stage import Stage
from portal.commands.demonstration.storylines import _confirm
from tests.portal.producer.conftest import upload
from verification.claims.models import Engagement
from verification.registry.models import Accreditation, Organisation

pytestmark = pytest.mark.db


@pytest.fixture
def confirmed(claim_at, user_of, monkeypatch):
    """Karabük's claim after the verifier confirmed its numbers."""
    claim = claim_at("Karabük")
    stage = Stage(users={"verifier": user_of("verifier")})
    stage.verifier = Organisation.objects.get(is_verifier=True)
    stage.accreditation = Accreditation.objects.get()
    _confirm(stage, claim, "karabuk")
    return claim


def verifier_page(claim):
    return reverse("producer:claim_verifier", args=[claim.pk])


def test_numbers_are_sealed_and_the_verifier_is_asked(producer, claim_at, workbook_at):
    claim = claim_at("Trabzon")
    producer.post(
        reverse("producer:claim_template", args=[claim.pk]), {"file": upload(workbook_at("trabzon"), "Again.xlsx")}
    )
    verifier = Organisation.objects.get(is_verifier=True)
    response = producer.post(verifier_page(claim), {"verifier": verifier.pk})
    assert response["Location"] == verifier_page(claim)
    engagement = Engagement.objects.get(claim=claim)
    page = producer.get(verifier_page(claim)).content.decode()
    assert engagement.snapshot.sha256 in page
    assert "Waiting for the verifier" in page


def test_numbers_with_mistakes_are_not_sealed(producer, claim_at):
    claim = claim_at("Trabzon")
    response = producer.post(verifier_page(claim), {"verifier": Organisation.objects.get(is_verifier=True).pk})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Engagement.objects.filter(claim=claim).exists()


def test_asking_again_replaces_the_open_invitation(producer, claim_at):
    claim = claim_at("Karabük")
    producer.post(verifier_page(claim), {"verifier": Organisation.objects.get(is_verifier=True).pk})
    states = sorted(claim.engagements.values_list("state", flat=True))
    assert states == ["invited", "replaced"]


def test_organisation_without_accreditation_cannot_be_asked(producer, claim_at):
    other = Organisation.objects.get(is_importer=True)
    response = producer.post(verifier_page(claim_at("Karabük")), {"verifier": other.pk})
    assert "verifier" in response.context["form"].errors


def test_claim_that_is_not_confirmed_cannot_be_sent(producer, claim_at):
    claim = claim_at("Karabük")
    response = producer.post(reverse("producer:claim_check", args=[claim.pk]), {"declaration": "on"})
    assert response.status_code == 200
    assert "No verifier has confirmed the numbers" in response.content.decode()
    claim.refresh_from_db()
    assert claim.state == "draft"


def test_declaration_is_needed(producer, confirmed):
    response = producer.post(reverse("producer:claim_check", args=[confirmed.pk]), {})
    assert "Tick the box of the declaration." in response.context["form"].errors["declaration"][0]


def test_confirmed_claim_is_sent_once(producer, confirmed):
    address = reverse("producer:claim_check", args=[confirmed.pk])
    page = producer.get(address).content.decode()
    assert "Send the claim" in page
    response = producer.post(address, {"declaration": "on"}, follow=True)
    assert confirmed.number in response.content.decode()
    assert response.redirect_chain[0][0] == reverse("producer:claim_sent", args=[confirmed.pk])
    confirmed.refresh_from_db()
    assert confirmed.state == "submitted"
    assert producer.post(address, {"declaration": "on"}).status_code == 409
    assert confirmed.steps.filter(name="submit").count() == 1


def test_changed_numbers_need_a_new_confirmation(producer, confirmed, workbook_at):
    content = workbook_at("karabuk", {("A_InstData", "I23"): "34000"})
    producer.post(reverse("producer:claim_template", args=[confirmed.pk]), {"file": upload(content, "v2.xlsx")})
    page = producer.get(reverse("producer:claim", args=[confirmed.pk])).content.decode()
    assert "Ask again" in page
    response = producer.post(reverse("producer:claim_check", args=[confirmed.pk]), {"declaration": "on"})
    assert "The numbers changed after the verifier confirmed them." in response.content.decode()


def answer_page(claim):
    return reverse("producer:claim_answer", args=[claim.pk])


def test_question_is_answered(producer, claim_at):
    claim = claim_at("Dilovası")
    response = producer.post(answer_page(claim), {"answer_1": "The one of the supplier, 0.0561.", "send": "1"})
    assert response["Location"] == reverse("producer:claim", args=[claim.pk])
    claim.refresh_from_db()
    assert claim.state == "in_review"
    assert claim.questions.get().answer == "The one of the supplier, 0.0561."


def test_empty_answer_is_refused_beside_its_field(producer, claim_at):
    response = producer.post(answer_page(claim_at("Dilovası")), {"answer_1": " ", "send": "1"})
    assert "answer_1" in response.context["form"].errors


def test_keeping_a_file_keeps_the_typed_answer(producer, claim_at):
    claim = claim_at("Dilovası")
    fields = {"answer_1": "Half an answer", "attach": "1", "file_1": upload(b"a,b\n1,2\n", "steam.csv")}
    response = producer.post(answer_page(claim), fields)
    assert "Half an answer" in response.content.decode()
    assert "steam.csv" in response.content.decode()
    claim.refresh_from_db()
    assert claim.state == "info_requested"


def test_question_of_an_official_is_shown_as_text(producer, claim_at):
    claim = claim_at("Dilovası")
    claim.questions.update(text="<script>alert(1)</script>")
    page = producer.get(answer_page(claim)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_withdrawal_asks_and_names_the_claim(producer, claim_at):
    claim = claim_at("Silifke")
    address = reverse("producer:claim_withdraw", args=[claim.pk])
    assert f"Withdraw claim {claim.number}?" in producer.get(address).content.decode()
    claim.refresh_from_db()
    assert claim.state == "submitted"
    producer.post(address, {"reason": "Sent by mistake"})
    claim.refresh_from_db()
    assert claim.state == "withdrawn"


def test_decided_claim_cannot_be_withdrawn(producer, claim_at):
    response = producer.post(reverse("producer:claim_withdraw", args=[claim_at("Aliağa").pk]), {})
    assert response.status_code == 409
