"""Signing where a second factor is asked: the demonstration shows the digits, each code counts once.

A page that was opened while the factor was fresh may be signed a moment too late, and a code may have been used at
sign-in just before. Then the form comes back with what was typed and asks for a code, and a person types the next one.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.e2e.keyboard import Keyboard

LABEL = "Six digits from your authenticator"
CODE_SECONDS = 30
MOST_TRIES = 4


def sign(page: Page, button: str) -> None:
    """Press ``button`` with the keyboard, with a code wherever one is asked, until the page asks for none."""
    typed = ""
    for _try in range(MOST_TRIES):
        if page.get_by_label(LABEL).count():
            shown = page.locator(".notice .code").inner_text()
            if shown == typed:
                page.wait_for_timeout(CODE_SECONDS * 1000)
            Keyboard(page).type_into(LABEL, shown)
            typed = shown
        Keyboard(page).press(button)
        if not page.get_by_label(LABEL).count():
            return
    raise AssertionError(f"{page.url} asked for a code {MOST_TRIES} times: {page.locator('main').inner_text()}")
