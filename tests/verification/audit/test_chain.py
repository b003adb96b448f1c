"""The audit record: append only, chained, and honest about where it broke."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.verification.audit.tampering import without_triggers
from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.audit.services import record_event, verify_chain

pytestmark = pytest.mark.db
SYSTEM = Actor.system()


def test_world_has_an_intact_chain(world: None) -> None:
    report = verify_chain()
    assert report.is_intact
    assert report.count == Event.objects.count() > 100


def test_events_outside_a_transaction_are_refused(own_database: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record_event("test.thing.done", actor=SYSTEM, subject_type="test", subject_id=1)


def test_floats_never_enter_the_record(world: None) -> None:
    with pytest.raises(TypeError, match=r"\$\.share"):
        record_event("test.thing.done", actor=SYSTEM, subject_type="test", subject_id=1, facts={"share": 0.1})


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event"])
def test_database_refuses_to_change_events(world: None, statement: str) -> None:
    with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
        connection.cursor().execute(statement)


def test_altered_row_is_named(world: None) -> None:
    victim = Event.objects.get(
        name="claims.claim.approve", subject_id__isnull=False, sequence__gt=1, facts__contains="000001"
    )
    without_triggers("UPDATE audit_event SET actor_label = 'Somebody else' WHERE sequence = %s", victim.sequence)
    report = verify_chain()
    assert (report.broken_at, report.broken_name) == (victim.sequence, "claims.claim.approve")
    assert report.why == "its content is not what was recorded"


def test_removed_row_and_cut_end_are_found(world: None) -> None:
    last = Event.objects.order_by("sequence").last()
    without_triggers("DELETE FROM audit_event WHERE sequence = %s", last.sequence)
    assert verify_chain().why == f"the chain ends at {last.sequence - 1}, its head says {last.sequence}"
    without_triggers("DELETE FROM audit_event WHERE sequence = %s", 7)
    assert verify_chain().why == "event 7 is missing"


def test_command_names_the_event_and_exits_with_one(world: None) -> None:
    said = io.StringIO()
    call_command("verify_audit", as_json=True, stdout=said)
    assert json.loads(said.getvalue())["intact"] is True
    without_triggers("UPDATE audit_event SET facts = '{}' WHERE sequence = %s", 9)
    said = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("verify_audit", as_json=True, stdout=said, stderr=io.StringIO())
    assert refusal.value.returncode == 1
    assert json.loads(said.getvalue())["broken_at"] == 9
