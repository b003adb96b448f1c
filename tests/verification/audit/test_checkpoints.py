"""Checkpoints: what the chain alone cannot show, a signed head that was kept elsewhere does."""

from __future__ import annotations

import io
import json
import subprocess
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.verification.audit.tampering import cut_end, without_triggers, write_anew
from verification.audit.actors import Actor
from verification.audit.checkpoints import read_checkpoint
from verification.audit.models import Checkpoint, Event
from verification.audit.services import make_checkpoint, record_event, verify_chain
from verification.audit.walking import BrokenChain, record_of
from verification.signing.folder import ROOT_CERTIFICATE, key_folder

pytestmark = pytest.mark.db


def _record(times: int = 1) -> None:
    for number in range(times):
        record_event("test.thing.done", actor=Actor.system(), subject_type="test", subject_id=number)


def test_checkpoint_signs_the_head_once(world: None) -> None:
    first = make_checkpoint()
    last = Event.objects.latest("sequence")
    assert (first.sequence, first.count, first.head_sha256) == (last.sequence, last.sequence, last.sha256)
    assert record_of(first).is_signed
    assert make_checkpoint() == first
    _record()
    second = make_checkpoint()
    assert (second.sequence, second.count) == (first.sequence + 1, first.count + 1)
    assert verify_chain().checkpoints == 2


def test_nothing_broken_is_signed(world: None) -> None:
    without_triggers("UPDATE audit_event SET actor_label = 'Somebody else' WHERE sequence = %s", 9)
    with pytest.raises(BrokenChain, match="event 9"):
        make_checkpoint()
    assert not Checkpoint.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE audit_checkpoint SET count = 1", "DELETE FROM audit_checkpoint"])
def test_database_refuses_to_change_checkpoints(world: None, statement: str) -> None:
    make_checkpoint()
    with pytest.raises(IntegrityError, match="issued rows never change"), transaction.atomic():
        connection.cursor().execute(statement)


def test_cut_end_is_found_by_the_checkpoint_alone(world: None) -> None:
    kept = record_of(make_checkpoint())
    without_triggers("DELETE FROM audit_checkpoint", table="audit_checkpoint")
    cut_end(kept.sequence - 4)
    assert verify_chain().is_intact
    report = verify_chain([kept])
    assert report.broken_at == kept.sequence - 4
    assert report.why == (
        f"the chain ends at {kept.sequence - 5}, the checkpoint of {kept.at:%Y-%m-%d %H:%M} UTC saw {kept.sequence}"
    )


def test_chain_that_was_written_anew_is_found_between_two_checkpoints(world: None) -> None:
    first = record_of(make_checkpoint())
    _record(5)
    second = record_of(make_checkpoint())
    without_triggers("DELETE FROM audit_checkpoint", table="audit_checkpoint")
    write_anew(first.sequence + 3, "Somebody else")
    assert verify_chain().is_intact
    report = verify_chain([second, first])
    assert (report.broken_at, report.checkpoints) == (first.sequence + 1, 1)
    assert f"something in events {first.sequence + 1} to {second.sequence} was altered" in report.why


def test_stored_checkpoints_cannot_be_forged_without_the_key(world: None) -> None:
    row = make_checkpoint()
    write_anew(9, "Somebody else")
    last = Event.objects.latest("sequence")
    without_triggers("UPDATE audit_checkpoint SET head_sha256 = %s", last.sha256, table="audit_checkpoint")
    assert verify_chain().why == f"the checkpoint over {row.sequence} events bears no valid signature"


def test_signature_covers_every_part(world: None) -> None:
    kept = record_of(make_checkpoint())
    changed = [
        replace(kept, sequence=kept.sequence + 1),
        replace(kept, count=kept.count - 1),
        replace(kept, head_sha256="0" * 64),
        replace(kept, at=kept.at.replace(year=2026)),
        replace(kept, key_id="0" * 64),
        replace(kept, signature="AAAA"),
        replace(kept, certificate="none"),
    ]
    assert [each.is_signed for each in changed] == [False] * len(changed)


def test_file_is_kept_read_again_and_checked_with_openssl(world: None, tmp_path: Path) -> None:
    call_command("audit_checkpoint", to=tmp_path, stdout=io.StringIO())
    (path,) = tmp_path.iterdir()
    kept = read_checkpoint(path.read_bytes())
    assert kept == record_of(Checkpoint.objects.get())
    (tmp_path / "signed").write_bytes(kept.signed_bytes)
    (tmp_path / "seal.pem").write_text(kept.certificate)
    shell = (
        "openssl x509 -in seal.pem -pubkey -noout > key.pem && "
        f"printf %s '{kept.signature}' | openssl base64 -d -A > signature && "
        "openssl dgst -sha256 -verify key.pem -signature signature signed"
    )
    told = subprocess.run(shell, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S602
    assert told.stdout == "Verified OK\n"


def test_command_holds_the_chain_against_kept_files(world: None, tmp_path: Path) -> None:
    path, root = tmp_path / "kept.json", key_folder() / ROOT_CERTIFICATE
    call_command("audit_checkpoint", to=path, stdout=io.StringIO())
    said = io.StringIO()
    call_command("verify_audit", checkpoint=[path], root=root, as_json=True, stdout=said)
    told = json.loads(said.getvalue())
    assert (told["intact"], told["checkpoints"], told["keys"]) == (True, 2, [Checkpoint.objects.get().key_id])
    without_triggers("DELETE FROM audit_checkpoint", table="audit_checkpoint")
    write_anew(9, "Somebody else")
    assert _refusal_of(checkpoint=[path]) == (1, "The audit record is not intact.")


def test_command_refuses_files_that_prove_nothing(world: None, tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    call_command("audit_checkpoint", to=path, stdout=io.StringIO())
    forged, other, stranger = tmp_path / "forged.json", tmp_path / "other.json", tmp_path / "root.pem"
    forged.write_text(json.dumps(json.loads(path.read_text()) | {"count": 1}))
    other.write_text("{}")
    stranger.write_text(json.loads(path.read_text())["certificate"])
    assert _refusal_of(checkpoint=[forged]) == (1, f"{forged} bears no valid signature; it proves nothing.")
    assert _refusal_of(checkpoint=[other]) == (2, f"{other}: This is not the file of a checkpoint.")
    assert _refusal_of(checkpoint=[tmp_path / "none"])[0] == 2
    assert _refusal_of(checkpoint=[path], root=stranger) == (
        1,
        f"{path} was signed with a key that does not come from this root.",
    )


def test_walk_keeps_its_memory_bounded(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the chain, the same memory."""
    monkeypatch.setattr("verification.audit.walking.BATCH", 50)
    verify_chain()
    _record(200)
    small = _peak_of_a_walk()
    _record(600)
    assert verify_chain().count == 800
    assert _peak_of_a_walk() < small * 1.5


def _peak_of_a_walk() -> int:
    tracemalloc.start()
    assert verify_chain().is_intact
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _refusal_of(**options: object) -> tuple[int, str]:
    with pytest.raises(CommandError) as refusal:
        call_command("verify_audit", stdout=io.StringIO(), stderr=io.StringIO(), **options)
    return refusal.value.returncode, str(refusal.value)
