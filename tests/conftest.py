"""What every test stands on: sealing keys and the demonstration's clock."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from portal.settings.env import BASE_DIR
from tests.clock import set_test_clock
from tests.prepared import prepared
from verification.signing.making import make_keys

pytest_plugins = ["tests.databases", "tests.people", "tests.e2e.running_portal"]


def pytest_configure(config: pytest.Config) -> None:
    set_test_clock()
    # Ended from outside, a run stops the portal and the browser that it started, as it does on Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        subprocess.run([BASE_DIR / "scripts" / "catalogues"], check=True)


@pytest.fixture(scope="session", autouse=True)
def _sealing_keys() -> None:
    """The same keys in every process: what one sealed, the others can check."""
    shutil.copytree(prepared("keys", _make_keys), settings.SIGNING_KEY_DIR, dirs_exist_ok=True)


def _make_keys(path: Path) -> None:
    make_keys()
    shutil.copytree(settings.SIGNING_KEY_DIR, path)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped for lack of a part is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
