"""A producer and an official look at the pictures of a claim and at the steps behind its value."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot

pytestmark = [pytest.mark.e2e]


@pytest.mark.parametrize("city", ["Gebze", "Gemlik"])
def test_producer_sees_where_the_value_comes_from(open_portal: Callable[..., Page], city: str):
    page = open_portal("producer")
    page.goto("/producer/claims/")
    page.get_by_role("row", name=city).get_by_role("link").first.click()
    page.goto(f"{page.url}results/")
    expect(page.get_by_role("img", name="What the value is made of")).to_be_visible()
    expect(page.get_by_role("img", name="beside the default")).to_be_visible()
    assert_one_flow_picture(page)
    assert_accessible(page)
    screenshot(page, f"pictures-results-{city}")

    page.get_by_role("link", name="How was this computed?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How this was computed")
    closed = page.locator("details.step:not([open]) > summary").first
    closed.click()
    assert_accessible(page)
    screenshot(page, f"pictures-computation-{city}")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Everything as CSV").click()
    assert downloading.value.suggested_filename.endswith("-computation.csv")
    assert_quiet(page)


def test_official_sees_the_parts_of_the_sealed_value(open_portal: Callable[..., Page]):
    page = open_portal("reviewer")
    page.goto("/official/")
    page.get_by_role("row", name="Gebze").get_by_role("rowheader").get_by_role("link").click()
    expect(page.get_by_role("img", name="What the value is made of")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "pictures-official")
    page.get_by_role("link", name="How was this computed?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How this was computed")
    assert_accessible(page)
    assert_quiet(page)


def assert_one_flow_picture(page: Page) -> None:
    """Large screens have the picture with names, small ones that with numbers and their key, never both."""
    for width, seen, hidden in ((1280, "svg.flow-wide", "svg.flow-narrow"), (360, "svg.flow-narrow", "svg.flow-wide")):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(seen)).to_be_visible()
        expect(page.locator(hidden)).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
