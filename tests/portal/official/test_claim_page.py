"""The page of one claim: its documents, its threads, its notes, and what each person may do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.official.numbers import PartBeside, peers_of
from tests.factories.evidence import attached, pdf_of, workbook_of
from tests.factories.files import pdf
from verification.checks.model import Peers
from verification.claims.models import Claim
from verification.claims.services.producer import answer_questions
from verification.claims.services.review import take_claim

pytestmark = [pytest.mark.db, pytest.mark.django_db]
MOST_QUERIES = 25
MOST_QUERIES_OF_UNITS = 37
"""The limit and the rules of units are read for the panel, for the findings and for the form."""


def _address(name: str, claim: Claim) -> str:
    return reverse(f"official:{name}", args=[claim.pk])


@pytest.fixture
def seen_by(client_of, claim_at):
    """What a person sees of the claim of a site."""
    return lambda key, city, **query: client_of(key).get(_address("claim", claim_at(city)), query)


@pytest.fixture(autouse=True)
def _own_viewer_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.mark.parametrize("city", ["Gebze", "Gemlik", "Silifke", "Aliağa"])
@pytest.mark.parametrize("key", ["reviewer", "approver", "lead"])
def test_page_asks_a_bounded_number_of_queries(key, city, client_of, claim_at):
    client, address = client_of(key), _address("claim", claim_at(city))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MOST_QUERIES


def test_page_of_unit_claims(client_of, world):
    claims = list(Claim.objects.filter(kind="units").exclude(submitted_at=None))
    assert claims
    client = client_of("reviewer")
    for claim in claims:
        client.get(_address("claim", claim))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(_address("claim", claim)).status_code == 200
        assert len(asked) <= MOST_QUERIES_OF_UNITS


def test_document_of_the_claim_is_shown_at_the_place(seen_by, claim_at, acting):
    file = attached(claim_at("Gemlik"), pdf_of("Cover", "Coke analysis"), "laboratory.pdf", actor=acting("producer"))
    answer = seen_by("reviewer", "Gemlik", file=str(file.pk), at="2")
    assertContains(answer, "Page 2 of 2")
    assertContains(answer, "Coke analysis")
    assertContains(answer, reverse("official:file_picture", args=[file.pk, 2]))


def test_document_of_another_claim_is_not_shown(seen_by, claim_at, acting):
    other = attached(claim_at("Gebze"), pdf_of("Secret of another claim"), "other.pdf", actor=acting("producer"))
    answer = seen_by("reviewer", "Gemlik", file=str(other.pk))
    assertNotContains(answer, "Secret of another claim")
    assertContains(answer, "This document is not, or no longer, in the claim.")


def test_cells_of_a_workbook_are_text(seen_by, claim_at, acting):
    content = workbook_of({"Data": {"A1": "<script>alert(1)</script>", "B2": "=1+1"}})
    file = attached(claim_at("Gemlik"), content, "data.xlsx", actor=acting("producer"))
    answer = seen_by("reviewer", "Gemlik", file=str(file.pk), at="Data!A1")
    assertContains(answer, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertNotContains(answer, "<script>alert")


def test_only_the_documents_are_asked_for_again(client_of, claim_at, acting):
    file = attached(claim_at("Gemlik"), pdf_of("Words"), "laboratory.pdf", actor=acting("producer"))
    address = _address("claim", claim_at("Gemlik"))
    answer = client_of("reviewer").get(address, {"file": str(file.pk)}, headers={"HX-Target": "documents"})
    assertContains(answer, "Page 1 of 1")
    assertNotContains(answer, "<html")


def test_picture_is_inert(client_of, claim_at, acting):
    file = attached(claim_at("Gemlik"), pdf_of("Words"), "laboratory.pdf", actor=acting("producer"))
    answer = client_of("reviewer").get(reverse("official:file_picture", args=[file.pk, 1]))
    told = {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")}
    assert (answer.status_code, told) == (
        200,
        {
            "Content-Type": "image/webp",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
    assert answer.content[8:12] == b"WEBP"


def test_picture_that_cannot_be_drawn_says_so(client_of, claim_at, acting):
    file = attached(claim_at("Gemlik"), b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "damaged.png", actor=acting("producer"))
    answer = client_of("reviewer").get(reverse("official:file_picture", args=[file.pk, 1]))
    assertContains(answer, "cannot be drawn here", status_code=422)


def test_notes_are_seen_by_officials_alone(client_of, claim_at):
    claim = claim_at("Gemlik")
    answer = client_of("approver").post(_address("claim_note", claim), {"text": "Looks like last year’s copy."})
    assertRedirects(answer, _address("claim", claim))
    assertContains(client_of("reviewer").get(_address("claim", claim)), "Looks like last year’s copy.")
    for name in ("producer:claim", "producer:claim_changes"):
        seen = client_of("producer").get(reverse(name, args=[claim.pk]))
        assertNotContains(seen, "Looks like last year’s copy.")


def test_empty_note_is_refused_beside_its_field(client_of, claim_at):
    claim = claim_at("Gemlik")
    answer = client_of("reviewer").post(_address("claim_note", claim), {"text": ""})
    assert answer.context["forms"]["note"].errors["text"]
    assert not claim.private_notes.exists()


def test_several_questions_with_a_file_at_once(client_of, claim_at, acting):
    claim = claim_at("Gemlik")
    document = claim.template_file_id
    typed = {
        "subject": f"document:{document}",
        "text": "Which July?",
        "files": [SimpleUploadedFile("form.pdf", pdf())],
        "second-subject": "PRE-002",
        "second-text": "Where does the urea come from?",
        "third-subject": "",
        "third-text": "",
    }
    assertRedirects(client_of("reviewer").post(_address("claim_ask", claim), typed), _address("claim", claim))
    first, second = claim.questions.all()
    assert (first.about, first.subject, second.about, second.subject) == (
        "document", str(document), "finding", "PRE-002",
    )  # fmt: skip
    file = first.files.get().file
    assert (file.name, first.files.get().is_answer) == ("form.pdf", False)
    assert client_of("producer").get(reverse("producer:file", args=[file.pk])).status_code == 200
    assert client_of("approver").get(reverse("official:file", args=[file.pk])).status_code == 200
    seen = client_of("approver").get(_address("claim", claim))
    assert [thread.first.number for row in seen.context["findings"] for thread in row.threads] == [2]
    assert [len(each.threads) for each in seen.context["documents"] if each.file.pk == document] == [1]


def test_file_that_is_not_accepted_asks_nothing(client_of, claim_at):
    claim = claim_at("Gemlik")
    typed = {"text": "Please sign this.", "files": [SimpleUploadedFile("form.pdf", pdf(script=True))]}
    answer = client_of("reviewer").post(_address("claim_ask", claim), typed)
    assertContains(answer, "FIL-014")
    assertContains(answer, "Please sign this.")
    assert not claim.questions.exists()


def test_question_about_what_is_not_in_the_claim_is_refused(client_of, claim_at):
    claim = claim_at("Gemlik")
    answer = client_of("reviewer").post(_address("claim_ask", claim), {"subject": "document:none", "text": "Why?"})
    assert answer.context["forms"]["ask"].first.errors["subject"]
    assert not claim.questions.exists()


def test_follow_up_stands_in_the_thread_of_its_question(client_of, claim_at, acting):
    claim, client = claim_at("Gemlik"), client_of("reviewer")
    client.post(_address("claim_ask", claim), {"subject": "PRE-002", "text": "Where from?"})
    claim.refresh_from_db()
    answer_questions(claim, actor=acting("producer"), answers={1: "From Ankara."})
    client.post(_address("claim_ask", claim), {"subject": "follows:1", "text": "From which plant?"})
    (thread,) = client.get(_address("claim", claim)).context["threads"]
    assert [(turn.question.text, turn.question.subject) for turn in thread.turns] == [
        ("Where from?", "PRE-002"), ("From which plant?", "PRE-002"),
    ]  # fmt: skip


def test_ask_beside_a_finding_chooses_it(seen_by):
    assert seen_by("reviewer", "Gemlik", ask="PRE-002").context["forms"]["ask"].first["subject"].value() == "PRE-002"


def test_conflict_of_interest_gives_the_claim_back(client_of, claim_at):
    claim, client = claim_at("Gemlik"), client_of("reviewer")
    client.post(_address("claim_conflict", claim), {"statement": "My brother works there."})
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == ("submitted", None)
    actions = client.get(_address("claim", claim)).context["actions"]
    assert (actions.take, actions.conflict, actions.note) == (False, False, False)


def test_lead_gives_the_claim_to_a_reviewer_who_declares_first(client_of, claim_at, user_of):
    claim = claim_at("Gemlik")
    typed = {"to": user_of("lead").pk, "reason": "Marta is away."}
    assertRedirects(client_of("lead").post(_address("claim_reassign", claim), typed), _address("claim", claim))
    claim.refresh_from_db()
    client = client_of("lead")
    before = client.get(_address("claim", claim)).context["actions"]
    client.post(_address("claim_declare", claim), {"has_no_conflict": "on"})
    after = client.get(_address("claim", claim)).context["actions"]
    assert claim.reviewer == user_of("lead")
    assert (before.declare, before.recommend, after.declare, after.recommend) == (True, False, False, True)


def test_reviewer_gives_the_claim_to_nobody(client_of, claim_at, user_of):
    claim = claim_at("Gemlik")
    typed = {"to": user_of("lead").pk, "reason": "I would rather not."}
    client_of("reviewer").post(_address("claim_reassign", claim), typed)
    claim.refresh_from_db()
    assert claim.reviewer == user_of("reviewer")


def test_approval_in_part_names_the_good_and_the_reason(client_of, claim_at):
    claim = claim_at("Gebze")
    client_of("approver").post(_address("claim_send_back", claim), {"reason": "One good is doubtful."})
    typed = {"kind": "in_part", "reasons": "One good is not proved.", "left_out_1": "on"}
    answer = client_of("reviewer").post(_address("claim_recommend", claim), typed)
    assert answer.context["forms"]["recommend"].errors["reason_1"]
    typed["reason_1"] = "The meter was not calibrated."
    client_of("reviewer").post(_address("claim_recommend", claim), typed)
    (left_out,) = claim.recommendations.last().left_out
    assert (left_out["cn"], left_out["reason"]) == ("73041100", "The meter was not calibrated.")


def test_next_claim_is_the_one_due_next(client_of, claim_at):
    waiting = list(
        Claim.objects.filter(state__in=("submitted", "in_review", "info_requested", "recommended"))
        .exclude(due_on=None)
        .order_by("due_on", "id")
    )
    first, second = waiting[:2]
    client = client_of("reviewer")
    assertRedirects(client.get(_address("claim_next", first)), _address("claim", second), fetch_redirect_response=False)
    assertRedirects(
        client.get(_address("claim_next", waiting[-1])), reverse("official:queue"), fetch_redirect_response=False
    )


def test_first_snapshot_says_nothing_changed(seen_by):
    assert seen_by("reviewer", "Gemlik").context["changed"] is None


def test_change_beside_last_year_is_a_share():
    assert PartBeside("Direct", Decimal("0.9"), Decimal("1.2")).change == Decimal("-0.25")
    assert PartBeside("Direct", Decimal("0.9"), Decimal(0)).change is None


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True)])
def test_median_of_few_competitors_is_not_told(count, is_told):
    assert (peers_of("iron", {"iron": Peers(Decimal("1.8"), count)}) is not None) is is_told


def test_taken_claim_can_be_asked_about_and_released(client_of, claim_at, acting):
    claim = claim_at("Silifke")
    take_claim(claim, actor=acting("reviewer"), has_no_conflict=True)
    actions = client_of("reviewer").get(_address("claim", claim)).context["actions"]
    assert (actions.take, actions.ask, actions.release, actions.recommend, actions.reassign) == (
        False, True, True, True, False,
    )  # fmt: skip
