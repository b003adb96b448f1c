"""Four people on one claim, and a refusal that two others set right: being asked, heard, appealing, and revocation.

All of them with the keyboard alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.e2e.keyboard import Keyboard
from tests.e2e.second_factor import sign
from tests.e2e.test_review_journey import answer_findings, wait_for_seal

pytestmark = [pytest.mark.e2e]
OpenPortal = Callable[..., Page]


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"due-process-{name}")


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def test_question_with_a_file_hearing_decision_and_certificate(open_portal: OpenPortal) -> None:
    """Producer, reviewer and approver at once, each on its own pages, and the head of team who looks on."""
    producer, reviewer, approver, lead = (open_portal(key) for key in ("producer", "reviewer", "approver", "lead"))
    number, address = open_from_queue(reviewer, "Gemlik")
    answer_findings(reviewer)
    ask(reviewer, "Which meter measured the electricity?")

    producer.goto("/producer/")
    answering = Keyboard(producer)
    answering.press(f"Answer one question about claim {number}")
    looked_at(producer, "answer")
    answering.type_into("Answer to question 1", "The meter of the grid operator; its protocol is attached.")
    answering.attach(
        "File for answer 1", {"name": "Meter.csv", "mimeType": "text/csv", "buffer": b"month,MWh\n1,812\n"}
    )
    answering.press("Send the answers")
    told(producer, "Your answers were sent.")
    expect(producer.get_by_role("link", name="Meter.csv")).to_be_visible()
    looked_at(producer, "answered")

    lead.goto(address)
    expect(lead.get_by_text("The meter of the grid operator").first).to_be_visible()
    reviewer.goto(address)
    recommend(reviewer, "Approve", "Complete and consistent.")
    decide(approver, address, number, "Draft a refusal", "The protocol of the meter names another year.")
    told(approver, "The draft went to the producer.")

    comment(producer, number, "It names the year in its head, on the second page.")
    decide(approver, address, number, "Approve", "The comment is right: the year is the right one.")
    wait_for_seal(approver)
    producer.goto("/producer/certificates/")
    expect(producer.get_by_text(approver.get_by_role("heading", level=1).locator(".code").inner_text())).to_be_visible()
    for page in (producer, reviewer, approver, lead):
        assert_quiet(page)


def test_refusal_is_set_right_by_two_others_and_a_revocation_shows_what_it_touches(open_portal: OpenPortal) -> None:
    producer, approver = open_portal("producer"), open_portal("approver")
    number, address = open_from_queue(approver, "Gebze")
    decide(approver, address, number, "Draft a refusal", "The precursor is not proved.")
    comment(producer, number, "It is proved by the certificate on page 4.")
    decide(approver, address, number, "Refuse the claim", "The certificate on page 4 is of another good.")
    told(approver, "the producer was told")

    producer.goto("/producer/")
    appealing = Keyboard(producer)
    appealing.press(f"You can appeal: claim {number} was refused")
    looked_at(producer, "appeal")
    appealing.type_into("Your grounds", "It is of the same good under its older code.")
    appealing.press("Continue")
    appealing.press("Send the appeal")
    expect(producer.get_by_role("heading", name="Your appeal was sent")).to_be_visible()
    looked_at(producer, "appealed")

    lead, judge = open_portal("lead"), open_portal("judge")
    lead.goto(address)
    take(lead)
    answer_findings(lead)
    recommend(lead, "Approve", "The older code is the same good.")
    decide(judge, address, number, "Approve", "The older code is the same good.")
    wait_for_seal(judge)

    certificate, public = judge.url, open_portal()
    public_address = judge.get_by_role("link", name="Public page").get_attribute("href")
    lead.goto(certificate)
    revoking = Keyboard(lead)
    revoking.type_into("Reason", "The weighbridge records were wrong.")
    revoking.press("Show what it touches")
    expect(lead.get_by_role("heading", name="What it would touch")).to_be_visible()
    expect(lead.get_by_label("Reason", exact=True)).to_have_value("The weighbridge records were wrong.")
    looked_at(lead, "revocation-preview")
    revoking.press("Propose the revocation")
    told(lead, "A different approver must confirm it.")
    judge.goto(certificate)
    expect(judge.get_by_text("Importers that were shown reports")).to_be_visible()
    sign(judge, "Sign and revoke")
    told(judge, "The public page says so now.")
    public.goto(public_address)
    expect(public.get_by_role("heading", level=2).first).to_have_text("Revoked")
    for page in (producer, approver, lead, judge, public):
        assert_quiet(page)


def open_from_queue(page: Page, place: str) -> tuple[str, str]:
    page.goto("/official/")
    link = page.get_by_role("row", name=re.compile(place)).get_by_role("rowheader").get_by_role("link")
    number = link.inner_text()
    Keyboard(page).press(number)
    return number, page.url


def take(page: Page) -> None:
    keyboard = Keyboard(page)
    keyboard.tick("I have no conflict of interest")
    keyboard.press("Take the claim")
    told(page, "You took the claim.")


def ask(page: Page, question: str) -> None:
    keyboard = Keyboard(page)
    keyboard.type_into("Your question", question)
    keyboard.press("Send the question")
    told(page, "asked")


def recommend(page: Page, kind: str, reasons: str) -> None:
    keyboard = Keyboard(page)
    keyboard.choose("Recommendation", kind)
    keyboard.type_into("Reasons", reasons)
    keyboard.press("Recommend")
    told(page, "Your recommendation went to the approvers.")


def decide(page: Page, address: str, number: str, outcome: str, reasons: str) -> None:
    page.goto(f"{address}decision/")
    keyboard = Keyboard(page)
    keyboard.pick(outcome)
    keyboard.type_into("Reasons, printed on the decision", reasons)
    keyboard.tick("I have no conflict of interest")
    sign(page, f"Sign the decision on {number}")


def comment(page: Page, number: str, words: str) -> None:
    """With the keyboard alone: to the page, the text, a last look, and away."""
    page.goto("/producer/")
    keyboard = Keyboard(page)
    keyboard.press(f"Comment on the drafted refusal of claim {number}")
    looked_at(page, "comment")
    keyboard.type_into("Your comment", words)
    keyboard.press("Continue")
    expect(page.get_by_role("heading", name="Read it once more")).to_be_visible()
    looked_at(page, "comment-check")
    keyboard.press("Send the comment")
    told(page, "Your comment was sent.")
    looked_at(page, "commented")
