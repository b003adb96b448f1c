"""The demonstration's world on a really running portal: web server and worker, on a database of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from portal.settings.env import BASE_DIR
from portal.ui.demonstration import PASSWORD, person
from tests.prepared import prepared

READY_SECONDS = 60
STOP_SECONDS = 30
IDLE_SECONDS = 90
DATABASE = "portal.sqlite3"
JOBS_TO_DO = "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running') AND not_before <= ?"

LONGEST_CODE_SECONDS = 35


@pytest.fixture(scope="session")
def portal_template() -> Path:
    """A folder set up as a newcomer would: keys, tables, demonstration, its certificates sealed."""
    return prepared("portal", _set_up)


def _set_up(folder: Path) -> None:
    environment = _environment(folder, _free_port())
    for command in ("make_keys", "migrate", "demo"):
        subprocess.run(
            [sys.executable, "manage.py", command, "-v0"],
            cwd=BASE_DIR,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with _serving(folder):
        _wait_until_idle(folder)


@dataclass(frozen=True)
class RunningPortal:
    """A portal that answers, and where its database, files and cache are."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def running_portal(portal_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    folder = tmp_path_factory.mktemp("portal") / "var"
    shutil.copytree(portal_template, folder)
    with _serving(folder) as address:
        yield RunningPortal(address, folder)


@pytest.fixture(scope="module")
def portal_site(running_portal: RunningPortal, portal_template: Path) -> str:
    """The address of a running portal with the demonstration as it was made: what one journey did, no other meets."""
    _wait_until_idle(running_portal.folder)
    _start_afresh(running_portal.folder, portal_template)
    return running_portal.address


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
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
        # The first listener switches the dialogue's interception on, which a key pressed at once would come before.
        page.on("filechooser", lambda _chooser: None)
        if key and not _is_still_signed_in(page, key, sessions):
            sign_in(page, key)
            sessions[key] = context.storage_state()
        return page

    yield open_one
    for context in contexts:
        context.close()


def _is_still_signed_in(page: Page, key: str, sessions: dict[str, Any]) -> bool:
    if key not in sessions:
        return False
    page.goto(reverse("account:home"))
    return page.get_by_role("banner").get_by_role("link", name=person(key).full_name).is_visible()


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


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Web server and worker on what is in the folder; gives the address."""
    port = _free_port()
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "scripts/serve"],
            cwd=BASE_DIR,
            env=_environment(folder, port),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(address, server, folder / "serve.log")
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=STOP_SECONDS)


def _wait_until_idle(folder: Path) -> None:
    """The worker has done what could be done by now."""
    deadline = time.monotonic() + IDLE_SECONDS
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(folder / DATABASE, timeout=20)) as database:
            (waiting,) = database.execute(
                JOBS_TO_DO, [datetime.now(UTC).replace(tzinfo=None).isoformat(" ")]
            ).fetchone()
        if not waiting:
            return
        time.sleep(0.2)
    raise RuntimeError(f"The worker did not come to rest:\n{(folder / 'serve.log').read_text()}")


def _start_afresh(folder: Path, template: Path) -> None:
    """The template's rows under the running portal, in one transaction; whoever is signed in remains so."""
    with (
        closing(sqlite3.connect(folder / DATABASE, timeout=20)) as database,
        closing(sqlite3.connect(template / DATABASE)) as made,
    ):
        signed_in = database.execute("SELECT session_key, session_data, expire_date FROM django_session").fetchall()
        made.backup(database)
        with database:
            database.executemany("INSERT INTO django_session VALUES (?, ?, ?)", signed_in)
    for kept in (folder / "cache").glob("*.djcache"):
        kept.unlink(missing_ok=True)


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
