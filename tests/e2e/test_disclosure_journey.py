"""A producer shares a summary, the importer reads it, the log says so, and sharing ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot

pytestmark = [pytest.mark.e2e]


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    screenshot(page, f"disclosure-{name}")


def test_summary_is_shared_read_logged_and_ended(open_portal: Callable[..., Page], tmp_path: Path):
    producer = open_portal("producer")
    open_reports(producer, "Mersin")
    share_summary(producer)
    reports_address = producer.url

    importer = open_portal("importer")
    read_summary(importer, tmp_path)
    report_address = importer.url

    producer.goto(reports_address)
    log = producer.get_by_role("table", name=re.compile("Every look at a report"))
    expect(log.get_by_role("cell", name="Read on screen")).to_be_visible()
    expect(log.get_by_role("cell", name="Downloaded as PDF")).to_be_visible()
    looked_at(producer, "log")
    end_sharing(producer)
    for page in (producer, importer):
        assert_quiet(page)
    assert importer.goto(report_address).status == 404


def open_reports(page: Page, city: str) -> None:
    page.goto("/producer/claims/")
    page.get_by_role("row", name=re.compile(city)).get_by_role("link").first.click()
    page.get_by_role("link", name="Legal reports").click()
    looked_at(page, "reports")
    page.get_by_role("link", name="Operator’s emissions report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Operator’s emissions report")
    looked_at(page, "full")
    page.get_by_role("link", name="Legal reports").click()


def share_summary(page: Page) -> None:
    page.get_by_role("link", name="Share a report").click()
    looked_at(page, "share-search")
    page.get_by_label("Registration number or name of the importer").fill("Nordhafen")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("No importer is registered under exactly this number or name.")).to_be_visible()
    page.get_by_label("Registration number or name of the importer").fill("HRB 220417")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="One importer found")).to_be_visible()
    looked_at(page, "share-found")
    page.get_by_label(re.compile("Summary report")).check()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("status").first).to_contain_text("Nordhafen Import GmbH was told")


def read_summary(page: Page, folder: Path) -> None:
    page.goto("/importer/")
    page.get_by_role("link", name="Reports shared with you").click()
    looked_at(page, "importer-list")
    page.get_by_role("link", name=re.compile("Mersin")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Operator’s summary emissions report")
    looked_at(page, "importer-summary")
    with page.expect_download() as coming:
        page.get_by_role("link", name="PDF", exact=True).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    assert path.name.endswith("_operator-summary-report_snapshot-1.pdf")
    assert path.read_bytes().startswith(b"%PDF-")


def end_sharing(page: Page) -> None:
    page.get_by_role("link", name=re.compile("End.*Nordhafen Import GmbH")).click()
    looked_at(page, "end")
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("status").first).to_contain_text("no longer sees this report")
