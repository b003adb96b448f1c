"""A reviewer works on one page: reads documents beside the findings, keeps a note, asks with a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot
from tests.factories.files import pdf

pytestmark = [pytest.mark.e2e]


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"claim-page-{name}")


def test_reviewer_reads_notes_and_asks_on_one_page(open_portal: Callable[..., Page], tmp_path: Path):
    page = open_portal("reviewer")
    page.goto("/official/")
    page.get_by_role("row", name=re.compile("Gemlik")).get_by_role("rowheader").get_by_role("link").click()
    address = page.url
    read_the_report(page)
    read_a_cell(page, address)
    fold_the_numbers(page, address)
    keep_a_note(page)
    ask_about_a_document(page, tmp_path)
    assert_quiet(page)


def read_the_report(page: Page) -> None:
    page.locator("#documents").get_by_role("link", name=re.compile("Verification report")).first.click()
    viewer = page.locator("#viewer")
    expect(viewer.get_by_text(re.compile(r"Page 1 of \d+")).first).to_be_visible()
    picture = viewer.get_by_role("img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    viewer.get_by_text("Words of this page").click()
    expect(viewer.locator("pre")).to_be_visible()
    looked_at(page, "report")


def read_a_cell(page: Page, address: str) -> None:
    page.locator("#documents").get_by_role("link", name=re.compile("Communication template")).click()
    viewer = page.locator("#viewer")
    sheet = viewer.get_by_label("Sheet", exact=True)
    expect(sheet).to_be_visible()
    chosen = sheet.locator("option").first
    sheet.select_option(chosen.get_attribute("value"))
    viewer.get_by_role("button", name="Show").click()
    expect(page.locator("#viewer mark")).to_have_count(1)
    looked_at(page, "cells")
    page.goto(address)


def fold_the_numbers(page: Page, address: str) -> None:
    """What was folded stays folded when the page is opened again."""
    column = page.locator("details[data-remember=claim-numbers]")
    column.locator("summary").first.click()
    page.goto(address)
    expect(column).not_to_have_attribute("open", "")
    looked_at(page, "folded")
    column.locator("summary").first.click()
    expect(column).to_have_attribute("open", "")


def keep_a_note(page: Page) -> None:
    page.get_by_text("Write a note").click()
    page.get_by_label("New note").fill("The urea certificate looks like last year’s.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_role("status").first).to_have_text("Your note was kept.")
    expect(page.get_by_text("The urea certificate looks like last year’s.")).to_be_visible()


def ask_about_a_document(page: Page, folder: Path) -> None:
    path = folder / "form.pdf"
    path.write_bytes(pdf())
    page.get_by_role("link", name=re.compile(r"Ask the producer about .*\.xlsx")).click()
    panel = page.locator("#ask")
    expect(panel.get_by_label("About").first).to_have_value(re.compile("document:"))
    panel.get_by_label("Your question").first.fill("Which meter was read in July?")
    panel.get_by_label("Files for the producer").first.set_input_files(path)
    panel.get_by_text("Ask more at once").click()
    panel.get_by_label("Your question").nth(1).fill("Where does the urea come from?")
    looked_at(page, "asking")
    panel.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("status").first).to_contain_text("The producer was asked")
    expect(page.locator("#question-1").get_by_role("link", name="form.pdf")).to_be_visible()
    expect(page.locator("#question-2")).to_contain_text("Where does the urea come from?")
    looked_at(page, "asked")
