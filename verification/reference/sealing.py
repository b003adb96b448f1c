"""Migration operations by database, and the one that closes a release when it is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation

_SQLITE_SEAL = """CREATE TRIGGER {table}_sealed BEFORE INSERT ON {table} FOR EACH ROW
WHEN (SELECT published_at FROM reference_release WHERE id = NEW.release_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, '{message}'); END"""
_POSTGRES_SEAL_FUNCTION = """CREATE FUNCTION {table}_seal() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF (SELECT published_at FROM reference_release WHERE id = NEW.release_id) IS NOT NULL THEN
    RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$"""
_POSTGRES_SEAL = """CREATE TRIGGER {table}_sealed BEFORE INSERT ON {table} FOR EACH ROW
EXECUTE FUNCTION {table}_seal()"""


class SqlByVendor(Operation):
    """Statements for SQLite and for PostgreSQL that do the same, forwards and backwards."""

    reversible = True

    def __init__(
        self, *, sqlite: Sequence[str], postgresql: Sequence[str], undo_sqlite: Sequence[str] = (),
        undo_postgresql: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.sqlite, self.postgresql = tuple(sqlite), tuple(postgresql)
        self.undo_sqlite, self.undo_postgresql = tuple(undo_sqlite), tuple(undo_postgresql)

    def state_forwards(self, app_label: str, state: object) -> None:
        """Triggers and exclusions are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(schema_editor, self.sqlite, self.postgresql)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._run(schema_editor, self.undo_sqlite, self.undo_postgresql)

    def describe(self) -> str:
        return "Let the database keep a rule that the models cannot express"

    @staticmethod
    def _run(schema_editor: Any, sqlite: Sequence[str], postgresql: Sequence[str]) -> None:
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            schema_editor.execute(statement, params=None)


def close_with_release(table: str) -> SqlByVendor:
    """Refuse new rows in ``table`` once their release is published."""
    parts = {"table": table, "message": f"{table}: the release is published and takes no more rows"}
    return SqlByVendor(
        sqlite=[_SQLITE_SEAL.format(**parts)],
        postgresql=[_POSTGRES_SEAL_FUNCTION.format(**parts), _POSTGRES_SEAL.format(**parts)],
        undo_sqlite=[f"DROP TRIGGER {table}_sealed"],
        undo_postgresql=[f"DROP TRIGGER {table}_sealed ON {table}", f"DROP FUNCTION {table}_seal()"],
    )


class Undo(Operation):
    """Take back an operation of an earlier migration; to be followed by its like where only a rebuild needs it gone.

    A rebuild of a table loses the table's triggers on SQLite and keeps them on PostgreSQL: taken off before and put
    on after, they are the same on both.
    """

    reversible = True

    def __init__(self, operation: Operation) -> None:
        self.operation = operation

    def state_forwards(self, app_label: str, state: object) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Undo: {self.operation.describe()}"
