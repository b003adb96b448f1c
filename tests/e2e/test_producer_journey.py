"""A producer proves its value: from the workbook to the officials, with a verifier in between."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.commands.demonstration.workbooks import SITES, paper, workbook
from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot

pytestmark = [pytest.mark.e2e]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TRABZON = next(site for site in SITES if site.key == "trabzon")


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"producer-{name}")


def test_claim_goes_from_registration_to_the_officials(open_portal: Callable[..., Page]):
    """The importer of the demonstration opens a producing firm of its own, as a newcomer would."""
    producer = open_portal("importer")
    register_organisation(producer)
    register_installation(producer)
    producer.goto("/producer/")
    looked_at(producer, "home")
    number = start_claim(producer)
    upload_workbook(producer)
    attach_evidence(producer, number)
    invite_verifier(producer, number)

    verifier = open_portal("verifier")
    confirm(verifier, number)
    assert_quiet(verifier)

    send(producer, number)
    assert_quiet(producer)


def register_organisation(page: Page) -> None:
    page.goto("/producer/organisations/register/")
    page.get_by_label("Name in English or Latin letters").fill("Rize Cement")
    page.get_by_label("Country of registration").select_option(label="Türkiye")
    page.get_by_label("Registration number").fill("0700 1122 3344 0015")
    page.get_by_label("Address of the seat").fill("Atatürk Caddesi 1, Rize")
    page.get_by_label("It produces goods").check()
    looked_at(page, "organisation-register")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("status").first).to_contain_text("Rize Cement was registered.")


def register_installation(page: Page) -> None:
    page.get_by_label("Name in English").fill("Rize Cement, Trabzon Works")
    page.get_by_label("Economic activity").fill(TRABZON.activity)
    page.get_by_label("Street and number").fill(TRABZON.address)
    page.get_by_label("City", exact=True).fill(TRABZON.city)
    page.get_by_label("Country", exact=True).select_option(label="Türkiye")
    page.get_by_label("Latitude").fill("410.0")
    page.get_by_label("Longitude").fill(TRABZON.longitude)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("Latitude")
    looked_at(page, "installation-refused")
    page.get_by_label("Latitude").fill(TRABZON.latitude)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("status").first).to_contain_text("Rize Cement, Trabzon Works was registered as TR-")


def start_claim(page: Page) -> str:
    page.get_by_role("link", name="Start a claim").click()
    page.get_by_label("Installation").select_option(label=option_with(page, "Trabzon"))
    page.get_by_label("Reporting year").select_option("2026")
    looked_at(page, "start")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(heading(page)).to_have_text("How do you want to give the numbers?")
    looked_at(page, "ways-in")
    number = re.search(r"EC-\d{4}-\d{6}", page.get_by_role("status").first.inner_text()).group()
    page.get_by_role("link", name="Upload the workbook").click()
    expect(heading(page)).to_have_text("Upload your workbook")
    return number


def option_with(page: Page, part: str) -> str:
    return page.get_by_label("Installation").locator("option", has_text=part).inner_text()


def upload_workbook(page: Page) -> None:
    picture = {"name": "Trabzon_2026.xlsx", "mimeType": XLSX, "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)}
    page.get_by_label("Workbook (.xlsx)").set_input_files(picture)
    page.get_by_role("button", name="Upload and read").click()
    expect(page.get_by_role("alert")).to_contain_text("TPL-001")
    looked_at(page, "workbook-refused")

    good = {"name": "Trabzon_2026.xlsx", "mimeType": XLSX, "buffer": workbook(TRABZON)}
    page.get_by_label("Workbook (.xlsx)").set_input_files(good)
    page.get_by_role("button", name="Upload and read").click()
    expect(heading(page)).to_have_text("Your value is lower than the default")
    expect(page.get_by_role("img", name=re.compile("Your value beside the default"))).to_be_visible()
    looked_at(page, "results")


def attach_evidence(page: Page, number: str) -> None:
    page.get_by_role("link", name="Back to the claim").click()
    looked_at(page, "claim")
    page.get_by_role("link", name="Evidence", exact=True).click()
    page.get_by_label("What it proves").select_option(label="Monitoring plan")
    plan = {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": paper("Monitoring plan", ["Meters."])}
    page.get_by_label("File", exact=True).set_input_files(plan)
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_role("link", name="Plan.pdf", exact=True)).to_be_visible()
    looked_at(page, "evidence")
    page.get_by_role("link", name=number).click()


def invite_verifier(page: Page, number: str) -> None:
    page.get_by_role("link", name="Verifier’s opinion").click()
    page.get_by_label("Verifier", exact=True).select_option(label="Anadolu Verification")
    page.get_by_role("button", name="Seal and ask").click()
    expect(page.get_by_text("Waiting for the verifier")).to_be_visible()
    looked_at(page, "verifier")


def confirm(page: Page, number: str) -> None:
    page.goto("/verifier/")
    looked_at(page, "verifier-home")
    page.locator("li", has_text=number).get_by_role("link").click()
    looked_at(page, "verifier-engagement")
    page.get_by_role("link", name="Accept the work").click()
    page.get_by_label("I declare this for the verifier").check()
    page.get_by_role("button", name="Accept").click()
    fill_in_report(page)
    page.get_by_role("link", name="Check and sign").click()
    page.get_by_role("link", name="Go on to the signature").click()
    page.get_by_label("Satisfactory", exact=True).check()
    page.get_by_label("Number of the report").fill("AV-2027-990")
    page.get_by_label("Date of the report").fill("2027-05-01")
    report = {"name": "Report.pdf", "mimeType": "application/pdf", "buffer": paper("Verification report", ["Sure."])}
    page.get_by_label("Verification report (PDF)").set_input_files(report)
    page.get_by_role("button", name="Sign the statement").click()
    expect(page.get_by_role("alert")).to_contain_text("The report is dated in the future.")
    expect(page.get_by_text("The report “Report.pdf” is kept.")).to_be_visible()
    looked_at(page, "verifier-statement")
    page.get_by_label("Date of the report").fill("2027-03-12")
    page.get_by_role("button", name="Sign the statement").click()
    expect(page.get_by_text("Your statement")).not_to_have_count(0)
    expect(page.get_by_text("Satisfactory").first).to_be_visible()


def fill_in_report(page: Page) -> None:
    page.get_by_role("link", name="Team").click()
    for name, role, ticks in (
        ("Emre Yıldırım", "Lead auditor", ("Speaks English", "Speaks the operator", "Took part")),
        ("Selin Kaya", "Independent reviewer", ()),
    ):
        page.get_by_role("link", name="Add").click()
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Part in the work").select_option(label=role)
        for tick in ticks:
            page.get_by_label(re.compile(tick)).check()
        page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Back to the parts").click()
    page.get_by_role("link", name="Site visits").click()
    page.get_by_label("Physical visit", exact=True).check()
    page.get_by_label("First day").fill("2027-02-01")
    page.get_by_label("Last day").fill("2027-02-03")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Scope and criteria").click()
    page.get_by_label("Version of the monitoring plan").fill("3")
    page.get_by_label("Date of the monitoring plan").fill("2026-01-12")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Methods of the operator").click()
    page.get_by_label("How emissions are attributed").fill("By the activity level of each process.")
    page.get_by_role("button", name="Save").click()


def send(page: Page, number: str) -> None:
    page.goto("/producer/")
    page.get_by_role("link", name=f"Send claim {number}").click()
    looked_at(page, "check")
    page.get_by_role("button", name="Send the claim").click()
    expect(page.get_by_role("alert")).to_contain_text("Declare that the data are true and complete.")
    page.get_by_label(re.compile("I declare")).check()
    page.get_by_role("button", name="Send the claim").click()
    expect(heading(page)).to_have_text("The claim was sent")
    expect(page.get_by_text(number, exact=True).first).to_be_visible()
    looked_at(page, "sent")
