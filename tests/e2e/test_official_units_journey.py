"""Officials judge the units of a claim as two people, answer a question in advance, and record what happens later."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.e2e.second_factor import sign
from tests.factories.registry_exports import verra
from tests.verification.units.registries.exports import table

pytestmark = [pytest.mark.e2e]


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"official-units-{name}")


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def test_units_go_from_the_queue_to_the_account(open_portal: Callable[..., Page]):
    reviewer = open_portal("reviewer")
    load_export(reviewer)
    answer_in_advance(reviewer)
    number = take(reviewer)
    judge(reviewer)
    recommend(reviewer)
    approver = open_portal("approver")
    decide(approver, number)
    record_events(approver)
    assert_quiet(approver)
    assert [told for told in reviewer.complaints if "422" not in told] == []


def answer_in_advance(page: Page) -> None:
    page.goto("/official/")
    page.get_by_role("link", name=re.compile("Advance answers")).first.click()
    looked_at(page, "pre-checks")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    looked_at(page, "pre-check")
    page.get_by_label("Would be accepted in part").check()
    page.get_by_label("What would be accepted, and why").fill("1,500 t would be accepted, once the letter is attached.")
    page.get_by_role("button", name="Send the answer").click()
    said(page, "Your answer went to the claimant.")
    looked_at(page, "pre-check-answered")


def load_export(page: Page) -> None:
    """Refused with a wrong row, which the browser notes as an answer 422; then as the registry wrote it."""
    page.goto("/official/registry-records/")
    upload(page, table(verra(), verra(**{"Quantity Issued": "5,000"})))
    expect(page.get_by_role("alert").first).to_contain_text("S-QTY")
    looked_at(page, "registry-refused")
    upload(page, table(verra()))
    said(page, "Verra: 1 rows were loaded.")
    looked_at(page, "registry")


def upload(page: Page, content: bytes) -> None:
    page.get_by_label(re.compile("own file")).set_input_files(
        {"name": "vcus.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Load").click()


def take(page: Page) -> str:
    page.goto("/official/?kind=units&state=submitted")
    looked_at(page, "queue")
    link = page.get_by_role("rowheader").get_by_role("link")
    number = link.inner_text()
    link.click()
    looked_at(page, "claim-not-taken")
    page.get_by_label(re.compile("no conflict of interest")).check()
    page.get_by_role("button", name="Take the claim").click()
    said(page, "You took the claim.")
    return number


def judge(page: Page) -> None:
    page.get_by_role("link", name="Judge block 1").click()
    page.get_by_label("Units accepted, the first of the block").fill("600")
    page.locator("#accept_reason").fill("300 units were sold on before the cancellation.")
    looked_at(page, "judge")
    page.get_by_role("button", name="Record for this block").click()
    said(page, "Your answer about the block was recorded.")
    looked_at(page, "claim")


def recommend(page: Page, *, expected: str = "600 t can be accepted") -> None:
    while page.get_by_label("Your answer, kept with the decision").count():
        page.get_by_label("Your answer, kept with the decision").first.fill("Looked at with the registry.")
        page.get_by_role("button", name="Save the answer").first.click()
        said(page, "Your answer was recorded.")
    panel = page.locator("#recommend")
    panel.get_by_label("Approved wording").select_option("units-in-part-1")
    panel.get_by_role("button", name="Fill the reasons with the wording").click()
    expect(panel.get_by_label("Reasons")).to_have_value(re.compile(expected))
    panel.get_by_role("button", name="Recommend", exact=True).click()
    said(page, "Your recommendation went to the approvers.")


def decide(page: Page, number: str) -> None:
    page.goto("/official/")
    page.get_by_role("link", name=f"Decide on {number}").click()
    looked_at(page, "decision")
    page.get_by_label("I have no conflict of interest").check()
    sign(page, f"Sign the decision on {number}")
    said(page, "The units are credited")
    looked_at(page, "certificate")


def record_events(page: Page) -> None:
    page.get_by_role("link", name="What happened to these units since").click()
    page.get_by_role("link", name="Event on block 1").click()
    page.get_by_label("Last number struck").fill("9990010")
    page.get_by_label("To be replaced by").fill("2027-06-01")
    page.get_by_label("Where it is published").fill("Notice 12 of the programme")
    looked_at(page, "event-record")
    page.get_by_role("button", name="Record the event").click()
    said(page, "10 t are suspended")
    page.get_by_role("link", name="Adjustment of block 1").click()
    page.get_by_label("State").select_option("applied")
    page.get_by_label("Where it is published").fill("Annual information of the country, 2027")
    looked_at(page, "adjustment-record")
    page.get_by_role("button", name="Record the state").click()
    looked_at(page, "events")
    page.get_by_role("link", name="Close the event on block 1").click()
    looked_at(page, "event-close")
    page.get_by_role("link", name="What happened since").click()
    page.get_by_role("link", name="Account of the period").click()
    looked_at(page, "account")
    page.goto("/official/decisions/?kind=units")
    looked_at(page, "decisions")
