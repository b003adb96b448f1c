"""What every test stands on: sealing keys, the demonstration's world and its clock."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from verification.certificates.seal import make_keys
from verification.kernel import clock

TODAY = date(2027, 3, 15)

pytest_plugins = ["tests.databases", "tests.people"]


def set_test_clock() -> None:
    clock.demonstrate(clock.Demonstration(starts_on=TODAY, anchored_on=clock.wall_now().date()))


@pytest.fixture(scope="session", autouse=True)
def _sealing_keys() -> None:
    make_keys()


@pytest.fixture(autouse=True)
def _clock() -> None:
    """The product's clock reads 15 March 2027, as in the demonstration."""
    set_test_clock()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, _sealing_keys: None) -> None:
    """The test database holds the demonstration's world; a test's own changes are rolled back."""
    with django_db_blocker.unblock():
        set_test_clock()
        call_command("demo", verbosity=0)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped for lack of a part is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
