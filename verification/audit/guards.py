"""Migration operation: the database itself refuses rows that break a rule between people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


@dataclass(frozen=True)
class Guard:
    """``refused_where`` is SQL that both databases understand, over ``NEW``; what fits it is refused as ``message``."""

    name: str
    refused_where: str
    message: str


class GuardInserts(Operation):
    """Triggers on SQLite and PostgreSQL that refuse an INSERT into ``table`` where a guard fits.

    SQLite looks at every trigger when any table is rebuilt: a later migration that rebuilds a table which a guard
    names must undo this operation before it, and apply it again after.
    """

    reversible = True

    def __init__(self, table: str, guards: Sequence[Guard]) -> None:
        self.table, self.guards = table, tuple(guards)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for guard in self.guards:
            for statement in self._statements(guard, schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for guard in self.guards:
            schema_editor.execute(f"DROP TRIGGER {guard.name}{'' if is_sqlite else f' ON {self.table}'}", params=None)
            if not is_sqlite:
                schema_editor.execute(f"DROP FUNCTION {guard.name}()", params=None)

    def describe(self) -> str:
        return f"Refuse rows of {self.table} that break a rule between people"

    def _statements(self, guard: Guard, vendor: str) -> list[str]:
        start = f"CREATE TRIGGER {guard.name} BEFORE INSERT ON {self.table} FOR EACH ROW"
        if vendor == "sqlite":
            return [f"{start} WHEN {guard.refused_where} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"]
        return [
            f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {guard.refused_where} "
            f"THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NEW; END $$",
            f"{start} EXECUTE FUNCTION {guard.name}()",
        ]
