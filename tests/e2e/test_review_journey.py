"""Officials take a claim, decide on it as two people, hand out its certificate, and end it as two people."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot

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
    row.get_by_role("rowheader").get_by_role("link").click()
    looked_at(page, "claim-not-taken")
    page.get_by_label(re.compile("no conflict of interest")).check()
    page.get_by_role("button", name="Take the claim").click()
    expect(page.get_by_role("status").first).to_have_text("You took the claim.")
    looked_at(page, "claim")
    return number


def answer_findings(page: Page) -> None:
    while page.get_by_label("Your answer, kept with the decision").count():
        page.get_by_label("Your answer, kept with the decision").first.fill("The verification report explains it.")
        page.get_by_role("button", name="Save the answer").first.click()
        expect(page.get_by_role("status").first).to_have_text("Your answer was recorded.")


def recommend(page: Page) -> None:
    panel = page.locator("#recommend")
    panel.get_by_label("Approved wording").select_option("complete-1")
    panel.get_by_role("button", name="Fill the reasons with the wording").click()
    expect(panel.get_by_label("Reasons")).to_have_value(re.compile("Anadolu Verification"))
    panel.get_by_role("button", name="Recommend", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Your recommendation went to the approvers.")


def decide(page: Page, number: str) -> None:
    page.goto("/official/")
    page.get_by_role("link", name=f"Decide on {number}").click()
    looked_at(page, "decision")
    type_code_if_asked(page)
    page.get_by_label("I have no conflict of interest").check()
    page.get_by_role("button", name=f"Sign the decision on {number}").click()
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
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the PDF").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def demand_valid_signature(path: Path) -> None:
    """An independent reader of PDF signatures agrees that not a byte was changed."""
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told


def propose_revocation(page: Page) -> None:
    page.get_by_label("Reason", exact=True).fill("The weighbridge records were wrong.")
    page.get_by_role("button", name="Propose the revocation").click()
    expect(page.get_by_role("status").first).to_contain_text("A different approver must confirm it.")


def confirm_revocation(page: Page) -> None:
    expect(page.get_by_role("heading", name="What ends")).to_be_visible()
    looked_at(page, "revocation")
    type_code_if_asked(page)
    page.get_by_role("button", name=re.compile("Sign and revoke")).click()
    expect(page.get_by_role("status").first).to_contain_text("The public page says so now.")
    looked_at(page, "revoked")


def type_code_if_asked(page: Page) -> None:
    """A code proved at sign-in a moment ago is fresh; a later one is read off the demonstration's notice."""
    field = page.get_by_label("Six digits from your authenticator")
    if field.count():
        field.fill(page.locator(".notice .code").inner_text())
