"""A verifier from the invitation to the sealed report, by keyboard, with a finding that the producer answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.commands.demonstration.workbooks import paper
from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.e2e.keyboard import Keyboard
from tests.e2e.second_factor import sign

pytestmark = [pytest.mark.e2e]
SITE = "Karabük"


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"verifier-{name}")


def test_verification_from_the_invitation_to_the_sealed_report(open_portal: Callable[..., Page]):
    verifier, producer = open_portal("verifier"), open_portal("producer")
    number = accept(verifier)
    name_team(verifier)
    tell_visit(verifier)
    tell_terms_and_methods(verifier)
    raise_finding(verifier)
    answer(producer, number)
    close(verifier)
    sign_statement(verifier)
    read_report(verifier)
    assert_quiet(verifier)
    assert_quiet(producer)


def accept(page: Page) -> str:
    page.goto("/verifier/")
    invitation = page.locator("li", has_text="You are invited").filter(has_text=SITE)
    number = invitation.locator(".hint").inner_text().split("claim ")[1].split(",")[0]
    looked_at(page, "home")
    keys = Keyboard(page)
    invitation.get_by_role("link").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    looked_at(page, "invitation")
    keys.press("Accept the work")
    keys.press("Accept")
    expect(page.get_by_role("alert")).to_contain_text("The declaration of impartiality is missing.")
    looked_at(page, "accept")
    keys.reach("I declare this for the verifier", "input")
    page.keyboard.press("Space")
    keys.press("Accept")
    expect(page.get_by_role("status").first).to_contain_text("You accepted")
    looked_at(page, "parts")
    return number


def name_team(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("Team")
    keys.press("Add")
    keys.type_into("Name", "Emre Yıldırım")
    keys.tick("Speaks English")
    keys.tick("Speaks the operator")
    looked_at(page, "person")
    keys.press("Save")
    expect(page.get_by_text("The independent reviewer is missing.")).to_be_visible()
    looked_at(page, "team")
    keys.press("Add")
    keys.type_into("Name", "Selin Kaya")
    keys.choose("Part in the work", "Independent reviewer")
    keys.press("Save")
    expect(page.get_by_text("Still to mend")).to_have_count(0)
    keys.press("Back to the parts")


def tell_visit(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("Site visits")
    page.get_by_label("Virtual visit", exact=True).check()
    page.get_by_label("First day").fill("2027-02-01")
    keys.type_into("Why nobody came in person", "Low risk, all data were at hand.")
    keys.press("Save")
    expect(page.get_by_role("alert")).to_contain_text("the site is visited in person")
    looked_at(page, "visits-refused")
    expect(page.get_by_label("Why nobody came in person")).to_have_value("Low risk, all data were at hand.")
    page.get_by_label("Physical visit", exact=True).check()
    page.get_by_label("Last day").fill("2027-02-03")
    keys.type_into("Why nobody came in person", " ")
    keys.press("Save")
    expect(page.get_by_role("status").first).to_contain_text("Saved: Site visits.")


def tell_terms_and_methods(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("Scope and criteria")
    keys.type_into("Version of the monitoring plan", "3")
    page.get_by_label("Date of the monitoring plan").fill("2026-01-12")
    looked_at(page, "terms")
    keys.press("Save")
    keys.press("Methods of the operator")
    keys.type_into("How emissions are attributed", "By the activity level of each process.")
    looked_at(page, "methods")
    keys.press("Save")


def raise_finding(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("Findings")
    keys.press("Raise a finding")
    keys.choose("Kind", "Non-conformity")
    keys.choose("About", "Monitoring plan")
    keys.type_into("What you found", "The plan names another meter for the boiler.")
    looked_at(page, "finding-raise")
    keys.press("Raise")
    expect(page.get_by_role("status").first).to_contain_text("Finding 1 is raised")
    looked_at(page, "findings")
    keys.press("Back to the parts")
    expect(page.get_by_role("link", name="Check and sign")).to_have_count(0)


def answer(page: Page, number: str) -> None:
    page.goto("/producer/claims/")
    page.get_by_role("link", name=number).first.click()
    page.get_by_role("link", name="Verifier’s opinion").click()
    looked_at(page, "producer-opinion")
    page.get_by_role("link", name="Findings of the verifier").click()
    looked_at(page, "producer-findings")
    page.get_by_role("link", name="1. Non-conformity").click()
    page.get_by_role("textbox", name="Message").fill("Version 3 of the plan names the right one; page 12.")
    looked_at(page, "producer-finding")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("Your answer was sent")


def close(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("Findings")
    keys.press("1. Non-conformity")
    expect(page.get_by_text("Version 3 of the plan names the right one; page 12.")).to_be_visible()
    looked_at(page, "finding")
    keys.press("Close this finding")
    page.get_by_label("Corrected", exact=True).check()
    keys.type_into("Reason", "Seen in version 3, page 12.")
    looked_at(page, "finding-close")
    keys.press("Close the finding")
    expect(page.get_by_role("status").first).to_contain_text("Finding 1 is closed")
    keys.press("Back to the parts")


def sign_statement(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("Check and sign")
    looked_at(page, "check")
    keys.press("Go on to the signature")
    page.get_by_label("Satisfactory", exact=True).check()
    keys.type_into("Number of the report", "AV-2027-995")
    page.get_by_label("Date of the report").fill("2027-03-12")
    report = {"name": "Report.pdf", "mimeType": "application/pdf", "buffer": paper("Verification report", ["Sure."])}
    page.get_by_label("Verification report (PDF)").set_input_files(report)
    looked_at(page, "signature")
    sign(page, "Sign the statement")
    expect(page.get_by_role("status").first).to_contain_text("is signed")


def read_report(page: Page) -> None:
    keys = Keyboard(page)
    keys.press("The whole report")
    expect(heading(page)).to_have_text("Verification report")
    expect(page.get_by_text("Seen in version 3, page 12.")).to_be_visible()
    looked_at(page, "report")
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    assert download.value.suggested_filename.endswith(".json")
