"""A customs officer drops the file of a certificate, then one that somebody changed, and reads it all in Arabic."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot

pytestmark = [pytest.mark.e2e]
SEALED_WITHIN_MS = 60_000


def test_dropped_files_are_judged_in_every_language(open_portal: Callable[..., Page]):
    content = issued_file(open_portal("producer"))
    page = open_portal()
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/check/")
    assert_accessible(page)
    screenshot(page, "check-form")
    drop(page, content)
    expect(page.get_by_role("heading", level=2).first).to_have_text("Valid")
    assert re.search(r"/check/digest/[0-9a-f]{64}/$", page.url)
    assert set(sent) == {"GET"}, "the file left the browser"
    assert_accessible(page)
    screenshot(page, "check-identical")
    assert_quiet(page)
    for code, name in (("ar", "العربية"), ("zh-hans", "简体中文"), ("hi", "हिन्दी")):
        page.get_by_role("link", name=name).click()
        expect(page.locator("html")).to_have_attribute("lang", code)
        screenshot(page, f"check-identical-{code}")
        if code == "ar":
            expect(page.locator("html")).to_have_attribute("dir", "rtl")
            assert_accessible(page)
    page.emulate_media(media="print")
    for gone in (".languages", ".drop-zone", ".masthead-tools"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".answers")).to_be_visible()
    page.emulate_media(media="screen")


def test_changed_file_is_sent_only_when_the_reader_says_so(open_portal: Callable[..., Page]):
    content = bytearray(issued_file(open_portal("producer")))
    content[len(content) // 2] ^= 1
    page = open_portal()
    page.goto("/check/?lang=en")
    drop(page, bytes(content))
    expect(page.get_by_text("Not a file that was issued")).to_be_visible()
    screenshot(page, "check-not-known")
    page.get_by_role("button", name="Check the file").press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("Altered|Unknown"))
    assert_accessible(page)
    screenshot(page, "check-altered")


def drop(page: Page, content: bytes) -> None:
    files: list[FilePayload] = [{"name": "paper.pdf", "mimeType": "application/pdf", "buffer": content}]
    page.get_by_label("PDF file").set_input_files(files)


def issued_file(page: Page) -> bytes:
    """The worker seals in the background; the page has the file when it is loaded again."""
    page.goto("/producer/certificates/")
    page.get_by_role("row", name="Aliağa").get_by_role("link").first.click()
    waited = 0
    while not (links := page.get_by_role("link", name="Download the sealed PDF")).count():
        assert waited < SEALED_WITHIN_MS, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        waited += 500
        page.reload()
    return page.request.get(str(links.first.get_attribute("href"))).body()
