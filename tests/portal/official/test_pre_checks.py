"""Answers in advance: what officials see of a draft, and when."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from verification.claims.models import Claim, PreCheck
from verification.claims.selectors import claims_for, file_for, pre_checks_for
from verification.claims.services.pre_checks import ask_pre_check, take_back_pre_check
from verification.claims.services.units import say_statement

pytestmark = [pytest.mark.db, pytest.mark.django_db]
ANSWER = {"outcome": "in_part", "text": "1,500 of these would be accepted: the limit leaves no more."}


@pytest.fixture
def asked(world) -> Claim:
    return Claim.objects.get(kind="units", state="pre_check")


def _address(claim: Claim) -> str:
    return reverse("official:pre_check", args=[claim.pk])


def test_list_shows_who_waits(client_of, asked):
    context = client_of("reviewer").get(reverse("official:pre_checks")).context
    assert [check.claim_id for check, _days in context["waiting"]] == [asked.pk]
    assert context["answered"] == []


def test_home_counts_the_questions(client_of):
    assertContains(client_of("reviewer").get(reverse("official:queue")), "Advance answers: 1 waits")


def test_page_shows_what_was_sealed_with_findings_and_limit(client_of, asked):
    answer = client_of("reviewer").get(_address(asked))
    assert answer.context["offered_t"] == 2500
    assert answer.context["limit"]["base"] == "taxable"
    assert "A-LOA" in {finding.code for finding, _word in answer.context["findings"]}
    assertContains(answer, "99002-9990010001-9990012500-VCS-VCU-1491-VER-RW-3-4150-01012025-31122025-1")


def test_reviewer_answers_and_the_draft_is_the_claimants_again(client_of, asked):
    assertRedirects(client_of("reviewer").post(_address(asked), ANSWER), _address(asked))
    asked.refresh_from_db()
    check = PreCheck.objects.get(claim=asked)
    assert (asked.state, check.outcome, check.text) == ("draft", "in_part", ANSWER["text"])
    page = client_of("approver").get(reverse("official:pre_checks"))
    assert [row.pk for row, _shape in page.context["answered"]] == [check.pk]


def test_answer_needs_words(client_of, asked):
    answer = client_of("reviewer").post(_address(asked), {"outcome": "accepted", "text": ""})
    assert answer.context["form"].errors["text"]
    asked.refresh_from_db()
    assert asked.state == "pre_check"


def test_approver_reads_but_does_not_answer(client_of, asked):
    assertContains(client_of("approver").get(_address(asked)), "You cannot answer.")
    assert client_of("approver").post(_address(asked), ANSWER).status_code == 403
    assert PreCheck.objects.get(claim=asked).answered_at is None


def test_second_answer_is_told(client_of, asked):
    client_of("reviewer").post(_address(asked), ANSWER)
    assert client_of("reviewer").post(_address(asked), ANSWER).status_code == 409


def test_draft_after_the_answer_stays_the_claimants(client_of, asked, acting):
    client_of("reviewer").post(_address(asked), ANSWER)
    asked.refresh_from_db()
    say_statement(asked, actor=acting("importer"), statement="Words that nobody else has read.")
    page = client_of("reviewer").get(_address(asked))
    assertNotContains(page, "Words that nobody else has read.")
    assert "findings" not in page.context
    assert client_of("reviewer").get(reverse("official:claim", args=[asked.pk])).status_code == 404


def test_draft_that_was_never_asked_about_does_not_exist(client_of, world):
    draft = Claim.objects.get(kind="units", state="draft")
    assert client_of("reviewer").get(_address(draft)).status_code == 404


def test_question_taken_back_does_not_exist(client_of, asked, acting):
    take_back_pre_check(asked, actor=acting("importer"))
    assert client_of("reviewer").get(_address(asked)).status_code == 404


def test_earlier_answer_can_be_read(client_of, asked, acting):
    client_of("reviewer").post(_address(asked), ANSWER)
    asked.refresh_from_db()
    ask_pre_check(asked, actor=acting("importer"))
    first = PreCheck.objects.filter(claim=asked).earliest("pk")
    newest = client_of("reviewer").get(_address(asked))
    assert newest.context["earlier"] == [first]
    assertContains(client_of("reviewer").get(_address(asked), {"asked": first.pk}), ANSWER["text"])


@pytest.mark.parametrize(("key", "count"), [("reviewer", 1), ("approver", 1), ("importer", 0), ("producer", 0)])
def test_selector_shows_questions_to_officials_alone(key, count, acting, asked):
    assert pre_checks_for(acting(key)).count() == count
    if key in ("reviewer", "approver"):
        assert not claims_for(acting(key)).filter(pk=asked.pk).exists()


def test_files_of_a_question_are_seen_while_it_is_open(acting, client_of, world):
    """The letter of the draft that was never asked about, and of one that is asked, differ in nothing else."""
    sent = Claim.objects.get(kind="units", state="submitted")
    file = sent.evidence.first().file
    reviewer = acting("reviewer")
    for state, is_seen in (("draft", False), ("pre_check", True)):
        Claim.objects.filter(pk=sent.pk).update(state=state, submitted_at=None)
        assert (file_for(reviewer, file.pk) is not None) is is_seen, state
