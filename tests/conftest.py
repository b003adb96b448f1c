"""What every test stands on: sealing keys and the demonstration's clock."""

from __future__ import annotations

from datetime import date

import pytest

from tests import databases
from verification.certificates.seal import make_keys
from verification.kernel import clock

TODAY = date(2027, 3, 15)

pytest_plugins = ["tests.databases", "tests.people"]


def set_test_clock() -> None:
    clock.demonstrate(clock.Demonstration(starts_on=TODAY, anchored_on=clock.wall_now().date()))


def pytest_configure() -> None:
    set_test_clock()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    set_test_clock()
    databases.choose_database(item)


@pytest.fixture(scope="session", autouse=True)
def _sealing_keys() -> None:
    make_keys()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped for lack of a part is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
