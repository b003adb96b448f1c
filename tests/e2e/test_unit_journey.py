"""An importer offers reduction units: pasted, explained as typed, described, held against the limit, and sent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.e2e.test_official_units_journey import decide, recommend
from tests.factories.files import pdf
from tests.factories.units import CERTIFIED, MISTYPED

pytestmark = [pytest.mark.e2e]
PURPOSE = "Allowance requirement, period 2026, surrendered for imports of 2026"
SUGGESTED = "GS1-1-KE-GS11603-16-2025-30256-110-5460"


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"units-{name}")


def test_importer_offers_units_and_sends_the_claim(open_portal: Callable[..., Page]):
    page = open_portal("importer")
    page.goto("/importer/")
    page.get_by_role("link", name="Reduction units").first.click()
    expect(heading(page)).to_have_text("Reduction units")
    looked_at(page, "home")

    start_claim(page)
    claim = page.url
    looked_at(page, "task-list")
    paste_serials(page)
    take_out_the_second_block(page)
    attach_certificate(page, claim)
    describe_blocks(page, claim)
    state_goods(page, claim)

    page.goto(claim)
    page.get_by_role("link", name="Check your answers and send").click()
    looked_at(page, "check")
    page.get_by_label("I declare").check()
    page.get_by_role("button", name="Send the claim").click()
    expect(heading(page)).to_have_text("The claim was sent")
    looked_at(page, "sent")
    page.get_by_role("link", name="Open the claim").click()
    expect(page.locator(".page-head .status")).to_have_text("Sent")
    looked_at(page, "claim-sent")
    assert_quiet(page)


def test_importer_sees_what_became_of_decided_units(open_portal: Callable[..., Page]):
    page = open_portal("importer")
    page.goto("/units/?state=approved")
    page.get_by_role("link", name="UC-").last.click()
    expect(page.get_by_text("These serials are yours again.")).to_be_visible()
    looked_at(page, "decided")
    page.get_by_role("link", name="Offer replacement units").click()
    looked_at(page, "replace")
    page.go_back()
    page.get_by_role("link", name="Units", exact=True).click()
    looked_at(page, "blocks-decided")
    assert_quiet(page)


def test_drafts_are_filled_in_on_pages_that_anyone_can_use(open_portal: Callable[..., Page]):
    page = open_portal("importer")
    page.goto("/units/?state=draft")
    page.get_by_role("link", name="UC-").last.click()
    claim = page.url
    for part in ("letters", "base", "evidence", "pre-check", "check", "changes", "export", "statement"):
        page.goto(f"{claim}{part}/")
        looked_at(page, part)
    page.goto(f"{claim}blocks/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Describe them").click()
    looked_at(page, "describe")
    page.goto("/units/?state=pre_check")
    page.get_by_role("link", name="UC-").last.click()
    page.get_by_role("link", name="See it, or take it back").click()
    looked_at(page, "pre-check-waiting")
    assert_quiet(page)


def start_claim(page: Page) -> None:
    page.get_by_role("link", name="Start a unit claim").click()
    looked_at(page, "start")
    page.get_by_label("Scheme", exact=True).select_option("eu-cbam")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert")).to_contain_text("inside a carbon price paid abroad")
    page.get_by_label("Scheme", exact=True).select_option("allowance-requirement")
    page.get_by_label("Year", exact=True).select_option("2026")
    page.get_by_role("button", name="Start").click()
    expect(heading(page)).to_have_text("Nordhafen Import GmbH")


def paste_serials(page: Page) -> None:
    page.get_by_role("link", name="Units", exact=True).click()
    box = page.get_by_label("Serial numbers")
    box.fill(f"{CERTIFIED}\n{MISTYPED}")
    explanation = page.locator("#explanation")
    expect(explanation).to_contain_text("CDM registry CER project 7014")
    looked_at(page, "serials")
    explanation.get_by_role("button", name="Use this in line 2").click()
    expect(box).to_have_value(f"{CERTIFIED}\n{SUGGESTED}")
    expect(explanation).to_contain_text("2 blocks can be added")
    page.get_by_role("button", name="Add to the claim").click()
    expect(page.get_by_role("status").first).to_contain_text("2 blocks")
    looked_at(page, "blocks")


def take_out_the_second_block(page: Page) -> None:
    page.get_by_role("checkbox", name="Block 2").check()
    page.get_by_role("button", name="Take them out").click()
    looked_at(page, "blocks-remove")
    page.get_by_role("button", name="Take them out").click()
    expect(page.get_by_role("checkbox")).to_have_count(1)


def attach_certificate(page: Page, claim: str) -> None:
    page.goto(f"{claim}evidence/")
    page.get_by_label("What it proves").select_option("retirement_certificate")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "Cancellation.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_role("link", name="Cancellation.pdf").first).to_be_visible()


def describe_blocks(page: Page, claim: str) -> None:
    page.goto(f"{claim}blocks/")
    page.get_by_label("All blocks of the claim").check()
    page.get_by_role("button", name="Describe them").click()
    page.get_by_label("What happened to the units").select_option("cancellation")
    page.get_by_label("On which day").fill("2027-02-26")
    page.get_by_label("Beneficiary").first.fill("Nordhafen Import GmbH")
    page.get_by_label("Purpose", exact=False).first.fill(
        "Allowance requirement, period 2026, surrendered for imports of 2026"
    )
    page.get_by_label("Methodology").first.fill("AMS-II.G")
    page.get_by_label("Issued on").fill("2025-03-02")
    page.get_by_label("Certificate of the retirement").select_option(label="Cancellation.pdf")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("1 block was described.")


def state_goods(page: Page, claim: str) -> None:
    page.goto(f"{claim}base/")
    page.get_by_label("Goods, one on each line").fill("72083900; TR; 1200")
    page.get_by_role("button", name="Determine and keep").click()
    expect(page.get_by_role("img", name="Limit of the period")).to_be_visible()
    looked_at(page, "base-goods")


def test_units_go_from_paste_to_certificate_and_public_check(open_portal: Callable[..., Page]):
    """Four people in a row, the last of whom is anyone: 200 units offered, 150 accepted, 50 handed back."""
    importer = open_portal("importer")
    importer.goto("/units/start/")
    start_with_scheme(importer)
    claim = importer.url
    number = importer.title().split(" ")[1]
    importer.goto(f"{claim}serials/")
    importer.get_by_label("Serial numbers").fill("RW-5-1473953-2-2-0-7014 - RW-5-1474152-2-2-0-7014")
    importer.get_by_role("button", name="Add to the claim").click()
    attach_certificate(importer, claim)
    describe_blocks(importer, claim)
    state_goods(importer, claim)
    importer.goto(f"{claim}check/")
    importer.get_by_label("I declare").check()
    importer.get_by_role("button", name="Send the claim").click()
    expect(heading(importer)).to_have_text("The claim was sent")

    reviewer = open_portal("reviewer")
    reviewer.goto(f"/official/?q={number}&kind=units")
    reviewer.get_by_role("link", name=number).first.click()
    reviewer.get_by_label(re.compile("no conflict of interest")).check()
    reviewer.get_by_role("button", name="Take the claim").click()
    reviewer.get_by_role("link", name="Judge block 1").click()
    reviewer.get_by_label("Units accepted, the first of the block").fill("150")
    reviewer.locator("#accept_reason").fill("50 units stand in no certificate.")
    reviewer.get_by_role("button", name="Record for this block").click()
    recommend(reviewer, expected="150 t can be accepted")

    approver = open_portal("approver")
    decide(approver, number)

    importer.goto(claim)
    expect(importer.get_by_text("These serials are yours again.")).to_be_visible()
    importer.get_by_role("link", name="ALLOWANCE-REQUIREMENT-").click()
    download = importer.get_by_role("link", name="Download the sealed PDF")
    expect(download).to_be_visible(timeout=60_000)
    looked_at(importer, "certificate")
    address = importer.get_by_role("link").filter(has_text="/check/").get_attribute("href")

    anyone = open_portal()
    anyone.goto(address)
    expect(anyone.get_by_text("150", exact=False).first).to_be_visible()
    expect(anyone.get_by_text("1474102").first).to_be_visible()
    looked_at(anyone, "public-check")
    assert_quiet(importer)


def start_with_scheme(page: Page) -> None:
    page.get_by_label("Scheme", exact=True).select_option("allowance-requirement")
    page.get_by_label("Year", exact=True).select_option("2026")
    page.get_by_role("button", name="Start").click()
    expect(heading(page)).to_have_text("Nordhafen Import GmbH")
