"""The file of a case proves itself: whatever is altered, missing or added is named by a script that needs nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verification.casefile.files import Members, bad_lines, checked, members_of, one_byte_changed, only
from verification.audit.actors import Actor
from verification.casefile.check import event_sha256
from verification.certificates.models import Certificate
from verification.certificates.services.issue import issue_certificate
from verification.claims.models import Claim
from verification.kernel.canonical import canonical_bytes

pytestmark = pytest.mark.db


@pytest.fixture
def approved(claim_at) -> Claim:
    claim = claim_at("Aliağa")
    issue_certificate(str(Certificate.objects.get(claim=claim).pk))
    return claim


@pytest.fixture
def members(approved: Claim, acting) -> Members:
    return members_of(approved, acting("approver"))


def test_file_as_exported_holds(members: Members, tmp_path: Path) -> None:
    code, lines = checked(members, tmp_path)
    assert code == 0
    assert "OK   manifest.json: is the one that the export recorded" in lines
    assert "OK   seal.pem: was issued under root.pem" in lines
    assert "OK   manifest.sig: the key in seal.pem signed this manifest" in lines
    assert lines[-1] == "ALL OF IT IS AS EXPORTED"
    told = {line.split(": ")[0].removeprefix("OK").strip() for line in lines if line.startswith("OK")}
    assert set(members) <= told


def test_unpacked_file_is_checked_by_the_script_in_it(members: Members, tmp_path: Path) -> None:
    for name, content in members.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    done = subprocess.run([sys.executable, "-I", "check.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "ALL OF IT IS AS EXPORTED")


@pytest.mark.parametrize("prefix", ["documents/", "snapshots/", "certificates/", "files/certificate_editions/"])
def test_altered_document_is_named_and_so_is_the_event_that_knew_it(prefix: str, members: Members, tmp_path: Path):
    name = only(members, lambda each: each.startswith(prefix))
    members[name] = one_byte_changed(members[name])
    sha256 = hashlib.sha256(members[name]).hexdigest()
    said = bad_lines(members, tmp_path)
    assert said[0] == f"{name}: altered: its SHA-256 is {sha256}"
    assert len(said) > 1
    assert {line.split(" recorded")[0].rsplit(" ", 1)[0] for line in said[1:]} == {f"{name}: altered: event"}


@pytest.mark.parametrize("name", ["records/steps.jsonl", "index.html", "check.py", "audit/checkpoint.json"])
def test_altered_record_is_named(name: str, members: Members, tmp_path: Path) -> None:
    members[name] = one_byte_changed(members[name])
    said = bad_lines(members, tmp_path)
    assert [line.split(": altered")[0] for line in said] == [name]


def test_altered_event_is_named(members: Members, tmp_path: Path) -> None:
    sequence = _lines_of(members)[4]["sequence"]
    _replace_event(members, 4, lambda event: event | {"at": "2027-01-01T00:00:00.000000+00:00"})
    said = bad_lines(members, tmp_path)
    assert said[0].startswith("audit/events.jsonl: altered")
    assert [line.split(" ")[1] for line in said[1:]] == [str(sequence)]
    assert said[1].endswith("altered: it is not what was recorded")


def test_event_with_a_new_hash_is_named_too(members: Members, tmp_path: Path) -> None:
    def forged(event):
        event["actor"][2] = "Somebody else"
        return event | {"sha256": event_sha256(event)}

    sequence = _lines_of(members)[4]["sequence"]
    _replace_event(members, 4, forged)
    said = [line for line in bad_lines(members, tmp_path) if line.startswith(f"event {sequence} ")]
    assert [line.split(": ", 1)[1] for line in said] == ["altered: it is not what was recorded"]


def test_missing_and_added_events_are_named(members: Members, tmp_path: Path) -> None:
    lines = members["audit/events.jsonl"].splitlines(keepends=True)
    gone, extra = json.loads(lines[3]), json.loads(lines[4]) | {"sequence": 10**6}
    members["audit/events.jsonl"] = b"".join([*lines[:3], *lines[4:], json.dumps(extra).encode()])
    said = bad_lines(members, tmp_path)
    assert f"event {gone['sequence']}: missing" in said
    assert f"event 1000000 {extra['name']}: added: the manifest does not know it" in said


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "seal.pem", "root.pem", "export-event.json"])
@pytest.mark.parametrize("where", [0.3, 0.5, 0.7])
def test_altered_proof_is_noticed(name: str, where: float, members: Members, tmp_path: Path) -> None:
    members[name] = one_byte_changed(members[name], int(len(members[name]) * where))
    said = bad_lines(members, tmp_path)
    named = {line.split(":")[0] for line in said}
    assert name in named


def test_manifest_and_event_that_were_written_anew_fail_the_signature(members: Members, tmp_path: Path) -> None:
    """Whoever alters a document, the manifest and the export's event alike still has not the key."""
    name = only(members, lambda each: each.startswith("documents/"))
    members[name] = one_byte_changed(members[name])
    manifest = json.loads(members["manifest.json"])
    manifest["members"][name]["sha256"] = hashlib.sha256(members[name]).hexdigest()
    manifest["proofs"] = []
    members["manifest.json"] = canonical_bytes(manifest)
    event = json.loads(members["export-event.json"])
    facts = json.loads(event["facts"])
    facts["manifest_sha256"] = hashlib.sha256(members["manifest.json"]).hexdigest()
    event["facts"] = canonical_bytes(facts).decode()
    members["export-event.json"] = json.dumps(event | {"sha256": event_sha256(event)}).encode()
    assert bad_lines(members, tmp_path) == [
        "manifest.sig: the key in seal.pem did not sign this manifest: manifest or signature was altered"
    ]


def test_missing_and_added_members_are_named(members: Members, tmp_path: Path) -> None:
    name = only(members, lambda each: each.startswith("documents/"))
    del members[name]
    members["documents/extra.pdf"] = b"%PDF"
    assert bad_lines(members, tmp_path) == [
        "documents/extra.pdf: added: the manifest does not know it",
        f"{name}: missing",
    ]


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "seal.pem", "root.pem", "export-event.json"])
def test_missing_proof_is_named(name: str, members: Members, tmp_path: Path) -> None:
    del members[name]
    assert f"{name}: missing" in bad_lines(members, tmp_path)


def test_another_root_is_noticed_by_its_fingerprint(members: Members, tmp_path: Path) -> None:
    code, lines = checked(members, tmp_path, "--root-sha256", "00" * 32)
    assert code == 1
    assert "BAD  root.pem: its SHA-256 is not the one that you gave" in lines


def test_signature_holds_for_openssl(members: Members, tmp_path: Path) -> None:
    for name in ("manifest.json", "manifest.sig", "seal.pem", "root.pem"):
        (tmp_path / name).write_bytes(members[name])
    shell = (
        "openssl x509 -in seal.pem -pubkey -noout > key.pem && openssl verify -CAfile root.pem seal.pem && "
        "openssl dgst -sha256 -verify key.pem -signature manifest.sig manifest.json"
    )
    done = subprocess.run(shell, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S602
    assert done.stdout == "seal.pem: OK\nVerified OK\n"


def test_what_is_no_file_of_a_case_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(b"not a zip")
    script = Path(sys.modules["verification.casefile.check"].__file__)
    done = subprocess.run([sys.executable, "-I", str(script), str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"BAD  {path}: cannot be read")


def test_script_speaks_old_python() -> None:
    """Nothing newer than 3.8 in its grammar; nothing but the standard library."""
    import ast

    script = Path(sys.modules["verification.casefile.check"].__file__)
    tree = ast.parse(script.read_text(), feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported == {
        "__future__", "argparse", "base64", "collections", "hashlib", "json", "pathlib", "sys", "zipfile",
    }  # fmt: skip


def _lines_of(members: Members) -> list[dict]:
    return [json.loads(line) for line in members["audit/events.jsonl"].splitlines()]


def _replace_event(members: Members, index: int, change) -> None:
    lines = _lines_of(members)
    lines[index] = change(lines[index])
    members["audit/events.jsonl"] = b"\n".join(json.dumps(line, ensure_ascii=False).encode() for line in lines) + b"\n"


def test_system_may_export(approved: Claim) -> None:
    assert "manifest.json" in members_of(approved, Actor.system("export_case"))
