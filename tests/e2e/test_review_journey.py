"""Officials take a claim, decide on it as two people, hand out its certificate, and end it as two people.

All of it with the keyboard alone.
"""

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


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"official-{name}")


def test_claim_goes_from_the_queue_to_a_certificate_and_to_its_end(open_portal: Callable[..., Page], tmp_path: Path):
    reviewer = open_portal("reviewer")
    reviewer.goto("/official/")
    looked_at(reviewer, "queue")
    number = take(reviewer)
    answer_findings(reviewer)
    recommend(reviewer)

    approver = open_portal("approver")
    decide(approver, number)
    wait_for_seal(approver)
    demand_valid_signature(download(approver, tmp_path))
    certificate_address = approver.url
    public = open_portal()
    public_address = approver.get_by_role("link", name="Public page").get_attribute("href")
    public.goto(public_address)
    expect(public.get_by_role("heading", level=2).first).to_have_text("Valid")

    reviewer.goto(certificate_address)
    propose_revocation(reviewer)
    approver.goto(certificate_address)
    confirm_revocation(approver)
    public.goto(public_address)
    expect(public.get_by_role("heading", level=2).first).to_have_text("Revoked")
    for page in (reviewer, approver, public):
        assert_quiet(page)


def take(page: Page) -> str:
    row = page.get_by_role("row", name=re.compile("Mersin"))
    number = row.get_by_role("rowheader").get_by_role("link").inner_text()
    keyboard = Keyboard(page)
    keyboard.press(number)
    looked_at(page, "claim-not-taken")
    keyboard.tick("I have no conflict of interest")
    keyboard.press("Take the claim")
    expect(page.get_by_role("status").first).to_have_text("You took the claim.")
    looked_at(page, "claim")
    return number


def answer_findings(page: Page) -> None:
    while page.get_by_label("Your answer, kept with the decision").count():
        keyboard = Keyboard(page)
        keyboard.type_into("Your answer, kept with the decision", "The verification report explains it.")
        keyboard.press("Save the answer")
        expect(page.get_by_role("status").first).to_have_text("Your answer was recorded.")


def recommend(page: Page) -> None:
    keyboard, wordings = Keyboard(page), page.locator("#recommend").get_by_label("Approved wording")
    keyboard.choose("Approved wording", wordings.locator("option[value=complete-1]").inner_text())
    keyboard.press("Fill the reasons with the wording")
    reasons = page.locator("#recommend").get_by_label("Reasons")
    expect(reasons).to_have_value(re.compile("Anadolu Verification"))
    keyboard.reach("Reasons", "textarea")
    keyboard.press("Recommend")
    expect(page.get_by_role("status").first).to_have_text("Your recommendation went to the approvers.")


def decide(page: Page, number: str) -> None:
    page.goto("/official/")
    keyboard = Keyboard(page)
    keyboard.press(f"Decide on {number}")
    looked_at(page, "decision")
    keyboard.tick("I have no conflict of interest")
    sign(page, f"Sign the decision on {number}")
    expect(page.get_by_role("status").first).to_contain_text("The values are in force")


def wait_for_seal(page: Page) -> None:
    """The worker seals in the background; the page says so when it is loaded again."""
    waited = 0
    while not page.get_by_role("link", name="Download the PDF").count():
        assert waited < SEALED_WITHIN_MS, page.locator("aside").inner_text()
        page.wait_for_timeout(500)
        waited += 500
        page.goto(page.url)
    looked_at(page, "certificate")


def download(page: Page, folder: Path) -> Path:
    Keyboard(page).reach("Download the PDF")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def demand_valid_signature(path: Path) -> None:
    """An independent reader of PDF signatures agrees that not a byte was changed."""
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told


def propose_revocation(page: Page) -> None:
    keyboard = Keyboard(page)
    keyboard.type_into("Reason", "The weighbridge records were wrong.")
    keyboard.press("Propose the revocation")
    expect(page.get_by_role("status").first).to_contain_text("A different approver must confirm it.")


def confirm_revocation(page: Page) -> None:
    expect(page.get_by_role("heading", name="What ends")).to_be_visible()
    looked_at(page, "revocation")
    sign(page, "Sign and revoke")
    expect(page.get_by_role("status").first).to_contain_text("The public page says so now.")
    looked_at(page, "revoked")
