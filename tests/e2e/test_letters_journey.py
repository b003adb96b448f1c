"""A refusal becomes a letter that the producer downloads and reads; how one is told is set by keyboard."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.e2e.keyboard import Keyboard
from tests.e2e.second_factor import sign

pytestmark = [pytest.mark.e2e]
SEALED_WITHIN_MS = 60_000
REASONS = "The meter readings of March are missing. To cure it, attach them and send a new claim."


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"letters-{name}")


def test_an_intended_refusal_is_read_by_the_producer(open_portal: Callable[..., Page], tmp_path: Path):
    approver = open_portal("approver")
    number = draft_a_refusal(approver)
    producer = open_portal("producer")
    producer.goto("/producer/claims/?state=hearing")
    producer.get_by_role("link", name=number).first.click()
    wait_for_letter(producer)
    text = read(download(producer, tmp_path))
    for words in (
        "Başvurunuzu reddetmeyi öngörüyoruz",
        "We intend to refuse your claim",
        number,
        "The meter readings of March are missing.",
    ):
        assert words in text
    producer.goto("/account/notifications/")
    expect(producer.get_by_role("link", name=f"Claim {number}: comment before a refusal")).to_be_visible()
    looked_at(producer, "messages")
    for page in (approver, producer):
        assert_quiet(page)


def test_how_one_is_told_is_set_by_keyboard(open_portal: Callable[..., Page]):
    producer = open_portal("producer")
    producer.goto("/account/notifications/")
    hands = Keyboard(producer)
    hands.press("How you are told")
    looked_at(producer, "settings")
    hands.reach("By e-mail at once")
    producer.keyboard.press("ArrowDown")
    hands.press("Save")
    expect(producer.get_by_role("status").first).to_contain_text("Saved.")
    expect(producer.locator("#id_to_do_2")).to_be_checked()
    assert_quiet(producer)


def test_stewards_write_and_approvers_publish(open_portal: Callable[..., Page]):
    steward, approver = open_portal("reviewer"), open_portal("approver")
    steward.goto("/official/wordings/")
    looked_at(steward, "wordings")
    steward.get_by_role("link", name="Lapse: the question was not answered").click()
    steward.get_by_role("link", name="Write the next version").click()
    steward.get_by_label("Text").fill("No answer came by {due_on} about {claims}.")
    steward.get_by_role("button", name="Show a preview").click()
    expect(steward.get_by_text("{claims} is not known here.").first).to_be_visible()
    looked_at(steward, "wording-problem")
    steward.get_by_label("Text").fill("No answer came by {due_on} about claim {claim}.")
    steward.get_by_role("button", name="Keep as a draft").click()
    looked_at(steward, "wording-draft")
    approver.goto(steward.url)
    approver.get_by_role("button", name="Publish this version").click()
    expect(approver.get_by_role("status").first).to_contain_text("in force")
    for page in (steward, approver):
        assert_quiet(page)


def draft_a_refusal(page: Page) -> str:
    page.goto("/official/")
    link = page.get_by_role("link", name=re.compile("^Decide on EC-")).first
    number = link.inner_text().removeprefix("Decide on ")
    link.click()
    page.get_by_label("Draft a refusal").check()
    page.get_by_label("Reasons, printed on the decision").fill(REASONS)
    page.get_by_label("I have no conflict of interest").check()
    sign(page, f"Sign the decision on {number}")
    expect(page.get_by_role("status").first).to_contain_text("The draft went to the producer.")
    return number


def wait_for_letter(page: Page) -> None:
    """The worker writes and seals in the background; the page shows it when it is loaded again."""
    waited = 0
    while not page.get_by_role("link", name=re.compile("^Intended refusal")).count():
        assert waited < SEALED_WITHIN_MS, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        waited += 500
        page.goto(page.url)
    looked_at(page, "claim")


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("^Intended refusal")).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def read(path: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return told.stdout
