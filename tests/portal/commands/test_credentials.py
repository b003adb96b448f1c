"""The forms of a certificate in a folder, and an offline code checked with nothing but that folder."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from verification.certificates.models import Certificate
from verification.credentials.services import keep_offline_code, sign_credential, sign_list

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("world")]


def call(*words: object) -> dict:
    said = io.StringIO()
    call_command(*map(str, words), "--json", stdout=said)
    return json.loads(said.getvalue())


def dumped(city: str, folder: Path) -> Certificate:
    certificate = Certificate.objects.get(claim__installation__city=city)
    record = json.loads(certificate.record)
    sign_credential(certificate.pk, record, document_sha256="ab" * 32)
    keep_offline_code(certificate.pk, record)
    sign_list(1, "revocation")
    call("dump_credential", certificate.number, "--to", folder)
    return certificate


def test_folder_is_enough_to_check_everything(tmp_path: Path) -> None:
    certificate = dumped("Aliağa", tmp_path)
    read = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert set(read) == {
        "credential.json", "credential.vc+jwt", "credential.secured.json", "did.json", "status-list.vc+jwt",
        "status-list.json", "offline-code.txt", "record.json", "record.schema.json",
    }  # fmt: skip
    Draft202012Validator(json.loads(read["record.schema.json"])).validate(json.loads(read["record.json"]))
    folder = ["--did", tmp_path / "did.json", "--status-list", tmp_path / "status-list.vc+jwt"]
    said = call("check_offline_code", tmp_path / "offline-code.txt", *folder)
    assert said["number"] == certificate.number
    assert said["status"].startswith("not revoked on 20")
    assert call("check_offline_code", read["offline-code.txt"])["status"] == "not asked"


def test_revoked_and_altered_codes_are_not_to_be_relied_on(tmp_path: Path) -> None:
    dumped("İskenderun", tmp_path)
    folder = ["--did", tmp_path / "did.json", "--status-list", tmp_path / "status-list.vc+jwt"]
    with pytest.raises(CommandError, match="revoked or replaced") as revoked:
        call("check_offline_code", tmp_path / "offline-code.txt", *folder)
    assert revoked.value.returncode == 1
    code = (tmp_path / "offline-code.txt").read_text()
    swapped = code[:-5] + ("00" if code[-5:-3] != "00" else "11") + code[-3:]
    with pytest.raises(CommandError, match="altered"):
        call("check_offline_code", swapped)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no certificate EU-CBAM-2027-999999"):
        call("dump_credential", "EU-CBAM-2027-999999", "--to", tmp_path)
    with pytest.raises(CommandError, match="cannot be read") as unread:
        call("check_offline_code", tmp_path / "nothing")
    assert unread.value.returncode == 2
