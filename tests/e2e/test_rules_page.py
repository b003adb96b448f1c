"""Anyone reads the rules, on a large screen and on a small one, and comes to a rule by its code."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import assert_accessible, assert_quiet, screenshot

pytestmark = [pytest.mark.e2e]


def test_visitor_reads_the_rules(page: Page):
    page.goto("/checks/#VER-015")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rules that are checked")
    expect(page.locator("#VER-015")).to_be_in_viewport()
    assert_accessible(page)
    assert_quiet(page)
    screenshot(page, "checks")
