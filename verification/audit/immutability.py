"""Migration operation: the database itself refuses to change or delete issued rows."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_SQLITE_UPDATE = """CREATE TRIGGER {table}_immutable_update BEFORE UPDATE ON {table} FOR EACH ROW
WHEN {changed} BEGIN SELECT RAISE(ABORT, '{message}'); END"""
_SQLITE_DELETE = """CREATE TRIGGER {table}_immutable_delete BEFORE DELETE ON {table} FOR EACH ROW
BEGIN SELECT RAISE(ABORT, '{message}'); END"""
_POSTGRES_FUNCTION = """CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_POSTGRES_UPDATE = """CREATE TRIGGER {table}_immutable_update BEFORE UPDATE ON {table} FOR EACH ROW
WHEN ({changed}) EXECUTE FUNCTION {table}_refuse()"""
_POSTGRES_DELETE = """CREATE TRIGGER {table}_immutable_delete BEFORE DELETE ON {table} FOR EACH ROW
EXECUTE FUNCTION {table}_refuse()"""


class MakeImmutable(Operation):
    """Triggers on SQLite and PostgreSQL that refuse UPDATE and DELETE on ``table``.

    ``write_once`` names columns that may go from NULL (or the empty text) to a value, once.
    A later migration that rebuilds the table on SQLite must apply this operation ``again``: PostgreSQL, which
    rebuilds nothing, still has the triggers.
    """

    reversible = True

    def __init__(
        self, table: str, columns: Sequence[str] = (), write_once: Sequence[str] = (), *, again: bool = False
    ) -> None:
        self.table, self.columns, self.write_once, self.again = table, tuple(columns), tuple(write_once), again

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        vendor = schema_editor.connection.vendor
        if self.again and vendor != "sqlite":
            return
        message = f"{self.table}: issued rows never change; write a new row that points back"
        parts = {"table": self.table, "message": message, "changed": self._changed(vendor)}
        statements = (
            (_SQLITE_UPDATE, _SQLITE_DELETE)
            if vendor == "sqlite"
            else (_POSTGRES_FUNCTION, _POSTGRES_UPDATE, _POSTGRES_DELETE)
        )
        for statement in statements:
            schema_editor.execute(statement.format(**parts), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if self.again:
            return
        on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {self.table}"
        schema_editor.execute(f"DROP TRIGGER {self.table}_immutable_update{on_table}")
        schema_editor.execute(f"DROP TRIGGER {self.table}_immutable_delete{on_table}")
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.execute(f"DROP FUNCTION {self.table}_refuse()")

    def describe(self) -> str:
        return f"Refuse changes of issued rows in {self.table}"

    def _changed(self, vendor: str) -> str:
        """The condition under which an UPDATE is refused."""
        if not self.write_once:
            return "1" if vendor == "sqlite" else "true"
        differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
        fixed = [f'NEW."{column}" {differs} OLD."{column}"' for column in self.columns if column not in self.write_once]
        once = [
            f'(OLD."{column}" IS NOT NULL AND NEW."{column}" {differs} OLD."{column}")' for column in self.write_once
        ]
        return " OR ".join(fixed + once)


class AllowChanges(MakeImmutable):
    """Takes away what ``MakeImmutable`` with the same words made, for a migration that makes it anew."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Allow changes of rows in {self.table}"
