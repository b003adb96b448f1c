"""What somebody with the rights of the database's owner could do to the record by hand."""

from __future__ import annotations

from django.db import connection

from verification.audit.chain import GENESIS
from verification.audit.models import Event
from verification.audit.walking import sha256_as_stored


def without_triggers(statement: str, *parameters: object, table: str = "audit_event") -> None:
    with connection.cursor() as cursor:
        for kind in ("update", "delete"):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable_{kind}{on_table}")
        cursor.execute(statement, parameters)


def cut_end(first: int) -> None:
    """Remove the events from ``first`` on, and let the head say so."""
    without_triggers("DELETE FROM audit_event WHERE sequence >= %s", first)
    _set_head(Event.objects.latest("sequence"))


def write_anew(sequence: int, label: str) -> None:
    """Alter one event and give it and all that follow new hashes: a chain that holds in itself."""
    without_triggers("UPDATE audit_event SET actor_label = %s WHERE sequence = %s", label, sequence)
    previous = GENESIS
    with connection.cursor() as cursor:
        for event in Event.objects.order_by("sequence"):
            event.previous_sha256 = previous
            previous = event.sha256 = sha256_as_stored(event)
            cursor.execute(
                "UPDATE audit_event SET previous_sha256 = %s, sha256 = %s WHERE sequence = %s",
                [event.previous_sha256, event.sha256, event.sequence],
            )
    _set_head(Event.objects.latest("sequence"))


def _set_head(last: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_chainhead SET sequence = %s, sha256 = %s", [last.sequence, last.sha256])
