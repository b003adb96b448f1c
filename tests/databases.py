"""A database of one's own, with real commits, for tests of races and of what happens after a commit.

The test database is copied, the connection pointed at the copy, and the copy dropped at the end.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Point the default connection at a copy of the test database for the length of the test."""
    with django_db_blocker.unblock():
        original = connection.settings_dict["NAME"]
        copy = _copy(str(original))
        connection.close()
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = original
            _drop(copy)


def _copy(original: str) -> str:
    name = f"copy_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        path = str(Path(settings.VAR_DIR) / f"{name}.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [path])
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
