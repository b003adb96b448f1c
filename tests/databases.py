"""Two databases for tests: an empty one, and one that holds the demonstration's world.

A test that asks for ``world`` (or for anything built on it) runs on the second; every other test
on the first. Either way its changes are rolled back. ``own_database`` gives a test a copy of the
world with real commits, for races and for what happens after a commit.
"""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from tests.clock import set_test_clock
from tests.prepared import prepared

NAMES = pytest.StashKey[dict[str, str]]()
CURRENT = pytest.StashKey[pytest.Item]()
NEEDS_WORLD = {"world", "own_database"}


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker,
    _sealing_keys: None,
) -> Iterator[None]:
    """An empty database, and one of the world where a collected test needs it; each a copy of one made once."""
    original = str(connection.settings_dict["NAME"])
    with django_db_blocker.unblock():
        names = {"empty": _copy(prepared(f"empty-{connection.vendor}", _make_empty).read_text())}
        if any(NEEDS_WORLD & set(item.fixturenames) for item in request.session.items):
            made = prepared(f"world-{connection.vendor}", _make_world)
            names["world"] = _copy(made.read_text())
            shutil.copytree(made.with_suffix(".media"), settings.MEDIA_ROOT, dirs_exist_ok=True)
        request.config.stash[NAMES] = names
        use_database(names[_kind(request.config.stash[CURRENT])])
    yield
    with django_db_blocker.unblock():
        use_database(original)
        for name in names.values():
            _drop(name)


def _make_empty(path: Path) -> None:
    """Tables without rows, under the name that is written to ``path``."""
    created = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    path.write_text(_kept(_copy(str(connection.settings_dict["NAME"])), path))
    teardown_databases(created, verbosity=0)


def _make_world(path: Path) -> None:
    """The demonstration, with its files beside ``path``."""
    made = _copy(path.with_name(f"empty-{connection.vendor}").read_text())
    before = str(connection.settings_dict["NAME"])
    use_database(made)
    call_command("demo", verbosity=0)
    connections.close_all()
    use_database(before)
    shutil.copytree(settings.MEDIA_ROOT, path.with_suffix(".media"))
    path.write_text(_kept(made, path))


def _kept(name: str, path: Path) -> str:
    """A database that outlives this process; a file of SQLite is moved for that."""
    return str(shutil.move(name, path.with_suffix(".sqlite3"))) if connection.vendor == "sqlite" else name


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of the test opens a transaction, point the connection at its database."""
    set_test_clock()
    item.config.stash[CURRENT] = item
    names = item.config.stash.get(NAMES, None)
    if names:
        use_database(names[_kind(item)])


def use_database(name: str) -> None:
    if str(connection.settings_dict["NAME"]) != name:
        connections.close_all()
        connection.settings_dict["NAME"] = name


@pytest.fixture
def world(db: None) -> None:
    """The demonstration's world; what the test changes is rolled back."""


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A copy of the world with real commits, and no sealed files of an earlier copy."""
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "certificates", ignore_errors=True)
    with django_db_blocker.unblock():
        original = str(connection.settings_dict["NAME"])
        copy = _copy(original)
        use_database(copy)
        try:
            yield
        finally:
            use_database(original)
            _drop(copy)


def _kind(item: pytest.Item) -> str:
    return "world" if NEEDS_WORLD & set(item.fixturenames) else "empty"


def _copy(original: str) -> str:
    name = f"copy_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        path = str(Path(settings.VAR_DIR) / f"{name}.sqlite3")
        with closing(sqlite3.connect(original)) as database:
            database.execute("VACUUM INTO ?", [path])
        return path
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return name


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
