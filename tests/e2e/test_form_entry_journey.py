"""An electric arc furnace files its year by form: on a telephone's width, with the keyboard alone.

Numbers are those of the Commission's worked example of an EAF mill with bought ferro-alloys.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.e2e.keyboard import Keyboard
from tests.e2e.test_producer_journey import confirm, heading

pytestmark = [pytest.mark.e2e]
TELEPHONE = {"width": 360, "height": 800}
FURNACE, MILL = "EAF incl. casting", "Rolling mill"
PRECURSORS = (
    ("Crude steel", "Crude steel", "80540", "1.48", "0.2039991177", "Actual"),
    ("FeNi 28%", "Alloys", "346773.0239304", "3", "2.499833", "Actual"),
    ("FeCr 52%", "Alloys", "331213", "2.5", "2.349893", "Actual"),
    ("FeMn 31%", "Alloys", "60595", "1.3", "1.900073", "Default"),
)


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"form-{name}")
    page.set_viewport_size(TELEPHONE)


def test_arc_furnace_is_filed_by_form_with_the_keyboard_alone(open_portal: Callable[..., Page]):
    page = open_portal("producer")
    page.set_viewport_size(TELEPHONE)
    keys = Keyboard(page)
    page.goto("/producer/claims/start/")
    keys.choose("Installation", "Karaçam Profile")
    keys.choose("Reporting year", "2026")
    keys.press("Start")
    number = re.search(r"EC-\d{4}-\d{6}", page.get_by_role("status").first.inner_text()).group()
    keys.press("Start the form")
    looked_at(page, "task-list")

    give_processes(page, keys)
    give_production(page, keys)
    give_energy(page, keys)
    give_precursors(page, keys)
    give_goods(page, keys)

    open_part(page, keys, "Results and checks")
    expect(page.locator("main")).to_contain_text("1.43961")
    expect(page.locator("main")).to_contain_text("1.00149")
    looked_at(page, "results")
    keys.press("Back to the claim")

    keys.press("Verifier’s opinion")
    keys.choose("Verifier", "Anadolu")
    keys.press("Seal and ask")
    verifier = open_portal("verifier")
    confirm(verifier, number)

    page.goto("/producer/")
    keys.press(f"Send claim {number}")
    keys.tick("I declare")
    keys.press("Send the claim")
    expect(heading(page)).to_have_text("The claim was sent")
    assert_quiet(page)


def open_part(page: Page, keys: Keyboard, title: str) -> None:
    keys.press(title)


def add(page: Page, keys: Keyboard, what: str) -> None:
    keys.press(f"Add: {what}")


def save(page: Page, keys: Keyboard) -> None:
    keys.press("Save")
    expect(page.get_by_role("alert")).to_have_count(0)


def back_to_claim(keys: Keyboard) -> None:
    keys.press("Back to the claim")


def give_processes(page: Page, keys: Keyboard) -> None:
    open_part(page, keys, "Processes and routes")
    for name, category, emissions in ((FURNACE, "Crude steel", "171005.308857"), (MILL, "Iron or steel", "402245.415")):
        add(page, keys, "Production process")
        keys.type_into("Name", name)
        keys.choose("Aggregated goods category", category)
        keys.type_into("Direct emissions of the process", emissions)
        save(page, keys)
    looked_at(page, "processes")
    back_to_claim(keys)


def give_production(page: Page, keys: Keyboard) -> None:
    """With a reload in the middle, before anything was saved by hand: nothing typed is lost."""
    open_part(page, keys, "Production")
    keys.press(FURNACE)
    keys.type_into("Made for the market", "1007")
    keys.choose("Unit of Made for the market", "thousand t")
    with page.expect_response(lambda response: response.request.headers.get("x-autosave") == "1"):
        keys.type_into("Electric arc furnace", "2 234 000")
        keys.reach("Unit of")
    expect(page.locator("#base-produced_for_market")).to_have_text("= 1007000 t")
    page.reload()
    expect(page.get_by_label("Made for the market", exact=False).first).to_have_value("1007")
    expect(page.get_by_label("Electric arc furnace", exact=True)).to_have_value("2 234 000")
    looked_at(page, "production")
    keys.type_into(MILL, "1227000")
    save(page, keys)
    keys.press(MILL)
    keys.type_into("Made for the market", "1133000")
    keys.type_into("All production routes", "1133000")
    save(page, keys)
    back_to_claim(keys)


def give_energy(page: Page, keys: Keyboard) -> None:
    open_part(page, keys, "Heat and electricity")
    add(page, keys, "Electricity source")
    keys.type_into("Name", "Public grid")
    keys.choose("Kind", "Public grid")
    keys.type_into("Electricity in the period", "1888.46")
    keys.choose("Unit of Electricity in the period", "GWh")
    keys.type_into("Emission factor", "0,833")
    keys.choose("Rule of the factor", "D.4(b)")
    save(page, keys)
    for process, electricity in ((FURNACE, "1563800"), (MILL, "324660")):
        keys.press(process)
        keys.choose("Does the process use electricity", "Yes")
        keys.type_into("Electricity used", electricity)
        save(page, keys)
    looked_at(page, "energy")
    back_to_claim(keys)


def give_precursors(page: Page, keys: Keyboard) -> None:
    open_part(page, keys, "Precursors")
    for name, category, amount, direct, indirect, source in PRECURSORS:
        add(page, keys, "Bought precursor")
        keys.type_into("Name", name)
        keys.choose("Aggregated goods category", category)
        keys.choose("Country where it was made", "India")
        keys.choose("Where the values come from", source)
        keys.type_into("Direct embedded emissions", direct)
        keys.type_into("Indirect embedded emissions", indirect)
        if source == "Default":
            keys.type_into("Why a default value is used", "The supplier gave no verified data.")
        keys.type_into(FURNACE, amount)
        save(page, keys)
    looked_at(page, "precursors")
    back_to_claim(keys)


def give_goods(page: Page, keys: Keyboard) -> None:
    open_part(page, keys, "Goods")
    for process, code in ((FURNACE, "72189911"), (MILL, "73041100")):
        add(page, keys, "Good")
        keys.choose("Made by", process)
        keys.type_into("CN code", code)
        save(page, keys)
    looked_at(page, "goods")
    back_to_claim(keys)
