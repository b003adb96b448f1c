"""What every test stands on: sealing keys and the demonstration's clock."""

from __future__ import annotations

import subprocess

import pytest

from portal.settings.env import BASE_DIR
from tests.clock import set_test_clock
from verification.signing.making import make_keys

pytest_plugins = ["tests.databases", "tests.people", "tests.e2e.running_portal"]


def pytest_configure(config: pytest.Config) -> None:
    set_test_clock()
    if not hasattr(config, "workerinput"):
        subprocess.run([BASE_DIR / "scripts" / "catalogues"], check=True)


@pytest.fixture(scope="session", autouse=True)
def _sealing_keys() -> None:
    make_keys()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped for lack of a part is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
