"""A browser on a running site, with a check for accessibility and pictures to look at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from portal.settings.env import BASE_DIR

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"": 1280, "-360": 360}
AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# Two cores are shared with every other test: what a person would wait for may take longer than when alone.
expect.set_options(timeout=15_000)

# The browser's own loop runs in this thread; the database of the test is used from it on purpose.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser for one person on the site; call it once per role."""
    contexts: list[BrowserContext] = []

    def open_one(*, color_scheme: str = "light", **options: object) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 1280, "height": 900},
            color_scheme=color_scheme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    return open_browser()


def findings_of_axe(page: Page) -> list[dict]:
    """What axe finds on the page that a click is leading to: a page that goes away meanwhile is left for the next."""
    for _ in range(5):
        page.wait_for_load_state("load")
        address = page.url
        try:
            if not page.evaluate("'axe' in window"):
                page.evaluate(AXE_SCRIPT)
            found = page.evaluate("rules => axe.run(rules).then(results => results.violations)", AXE_RULES)
        except Error:
            page.wait_for_timeout(200)
            continue
        if page.url == address:
            return found
    raise AssertionError(f"{page.url} never came to rest")


def assert_accessible(page: Page) -> None:
    """No finding of axe on the page, at the width of a desk and of a telephone, and nothing wider than it."""
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        found = findings_of_axe(page)
        told = [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in found]
        assert told == [], f"{page.url} at {width} px"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{page.url} is {overflow} px wider than a screen of {width} px"
    page.set_viewport_size({"width": 1280, "height": 900})


def assert_quiet(page: Page) -> None:
    """The browser had nothing to complain about: no script error, nothing refused by the content policy."""
    assert page.complaints == []


def screenshot(page: Page, name: str) -> None:
    """Pictures at both widths in ``var/screenshots``, for people to look at; taken where PORTAL_SCREENSHOTS is set."""
    if not os.environ.get("PORTAL_SCREENSHOTS"):
        return
    folder = BASE_DIR / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=folder / f"{name}{suffix}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
