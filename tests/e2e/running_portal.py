"""The demonstration's world on a really running portal: web server and worker, on a database of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from portal.settings.env import BASE_DIR
from portal.ui.demonstration import PASSWORD, person

READY_SECONDS = 60
STOP_SECONDS = 30

LONGEST_CODE_SECONDS = 35


@pytest.fixture(scope="session")
def portal_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder set up as a newcomer would: keys, tables, demonstration. Made once, whatever the number of workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "portal-template", shared / "portal-template.done"
    with (shared / "portal-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            environment = _environment(folder, _free_port())
            for command in ("make_keys", "migrate", "demo"):
                subprocess.run(
                    [sys.executable, "manage.py", command, "-v0"],
                    cwd=BASE_DIR,
                    env=environment,
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            done.touch()
    return folder


@pytest.fixture(scope="module")
def portal_site(portal_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running portal with a world of its own: what one journey does, no other meets."""
    var_dir, port = tmp_path_factory.mktemp("portal") / "var", _free_port()
    shutil.copytree(portal_template, var_dir)
    environment = _environment(var_dir, port)
    log = (var_dir / "serve.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "scripts/serve"], cwd=BASE_DIR, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, server, var_dir / "serve.log")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=STOP_SECONDS)
        log.close()


@pytest.fixture(scope="module")
def sessions(portal_site: str) -> dict[str, Any]:
    """What the browser of each person kept after it signed in: a code of the second factor works once in 30 s."""
    return {}


@pytest.fixture
def open_portal(chromium: Browser, portal_site: str, sessions: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser on the running portal; with a person's key, signed in."""
    contexts: list[BrowserContext] = []

    def open_one(key: str = "") -> Page:
        context = chromium.new_context(
            base_url=portal_site,
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
            storage_state=sessions.get(key),
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if key in sessions:
            page.goto(reverse("account:home"))
        elif key:
            sign_in(page, key)
            sessions[key] = context.storage_state()
        return page

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page: Page, key: str) -> None:
    """As people do; where a second factor is asked, with the digits that the demonstration shows."""
    somebody = person(key)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(somebody.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    signed_in = page.get_by_role("banner").get_by_role("link", name=somebody.full_name)
    if somebody.totp_secret:
        _prove_second_factor(page, signed_in)
    signed_in.wait_for()


def _prove_second_factor(page: Page, signed_in: Locator) -> None:
    """A code works once: where the same person signed in with it a moment ago, the next one is waited for."""
    notice = page.locator(".notice .code")
    notice.wait_for()
    address, used = page.url, ""
    for _ in range(LONGEST_CODE_SECONDS):
        code = notice.inner_text()
        if code != used:
            used = code
            page.get_by_label("Six digits from your authenticator").fill(code)
            page.get_by_role("button", name="Sign in", exact=True).click()
            with suppress(PlaywrightTimeoutError):
                signed_in.wait_for(timeout=4000)
                return
        page.wait_for_timeout(1000)
        page.goto(address)


def _environment(var_dir: Path, port: int) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "PORTAL_SECRET_KEY": "only for one run of the tests",
        "PORTAL_VAR_DIR": str(var_dir),
        "PORTAL_SIGNING_KEY_DIR": str(var_dir / "keys"),
        "PORTAL_DEMONSTRATION_DATE": "2027-03-15",
        "PORTAL_SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"The portal did not start:\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
