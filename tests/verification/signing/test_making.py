"""What lies in the folder of keys after set-up, after an update and after a rotation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.core.management import CommandError, call_command

from verification.audit.signing import has_signed, was_issued_under
from verification.signing import folder
from verification.signing.apps import sealing_key_is_there, somebody_else_tells_the_time
from verification.signing.errors import KeyUnavailable, SealingError
from verification.signing.issuer import issuer_keys, issuer_signer
from verification.signing.making import make_keys, renew_revocations, rotate_keys
from verification.signing.signers import key_id, signed_with_the_sealing_key
from verification.signing.trust import trusted_roots

pytestmark = pytest.mark.unit


def test_deployment_is_warned_that_it_stamps_its_own_time(settings: Any) -> None:
    settings.TSA_URL = ""
    assert [warning.id for warning in somebody_else_tells_the_time()] == ["signing.W001"]
    settings.TSA_URL = "https://tsa.example/"
    assert somebody_else_tells_the_time() == []


def test_everything_is_made_once_and_for_its_owner_alone(keys: Path) -> None:
    assert [error.id for error in sealing_key_is_there()] == ["signing.E001"]
    assert make_keys() is True
    made = {path.name: path.read_bytes() for path in keys.iterdir() if path.is_file()}
    assert set(made) == {*folder.needed_files(), folder.ROOT_KEY, folder.ROOT_REVOCATIONS, ".lock"}
    assert all(not (keys / name).stat().st_mode & 0o077 for name in made if name != ".lock")
    assert make_keys() is False
    assert {name: (keys / name).read_bytes() for name in made} == made
    assert sealing_key_is_there() == []
    stamps = x509.load_pem_x509_certificate(made[folder.STAMP_CERTIFICATE])
    usage = stamps.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    assert (usage.critical, [purpose.dotted_string for purpose in usage.value]) == (True, ["1.3.6.1.5.5.7.3.8"])


def test_half_a_sealing_key_is_not_overwritten(keys: Path) -> None:
    make_keys()
    (keys / folder.SEAL_KEY).unlink()
    with pytest.raises(FileExistsError, match=r"seal-key\.pem"):
        make_keys()


def test_folder_of_an_earlier_version_gets_what_it_lacks_and_stays_trusted(keys: Path) -> None:
    make_keys()
    before = {name: folder.read(name) for name in ("root.pem", "seal.pem", "seal-key.pem")}
    for path in [path for path in keys.iterdir() if path.name not in before]:
        path.unlink()
    assert make_keys() is True
    assert sealing_key_is_there() == []
    assert folder.read("root.pem") != before["root.pem"], "the key of the earlier root was never kept"
    assert len(trusted_roots()) == 2
    assert [path.read_bytes() for path in (keys / "roots").iterdir()] == [before["root.pem"]]
    assert [path.read_bytes() for path in (keys / "retired").iterdir()] == [before["seal.pem"]]


def test_root_of_somebody_else_is_never_replaced(keys: Path, settings: Any) -> None:
    make_keys()
    settings.AUTHORITY_NAME = "Another name than that of the root"
    for name in (folder.ROOT_KEY, folder.ROOT_REVOCATIONS, folder.STAMP_CERTIFICATE, folder.STAMP_KEY):
        (keys / name).unlink()
    root = folder.read("root.pem")
    with pytest.raises(SealingError, match="PORTAL_TSA_URL"):
        make_keys()
    settings.TSA_URL = "http://127.0.0.1:9/"
    assert make_keys() is False
    assert (folder.read("root.pem"), folder.missing_key_files()) == (root, [])


def test_rotation_keeps_what_was_signed_verifiable_and_no_id_comes_twice(keys: Path) -> None:
    make_keys()
    seal_before, old = key_id(), issuer_signer()
    said = old.sign(b"before")
    new = rotate_keys()
    assert new == {"seal": key_id(), "issuer": issuer_signer().key_id}
    assert seal_before != key_id()
    assert [(key.key_id, key.is_current) for key in issuer_keys()] == [(new["issuer"], True), (old.key_id, False)]
    r, s = int.from_bytes(said[:32]), int.from_bytes(said[32:])
    issuer_keys()[1].public_key.verify(encode_dss_signature(r, s), b"before", ec.ECDSA(hashes.SHA256()))
    assert len(said) == 64
    assert (keys / "retired" / f"seal-{seal_before[:16]}.pem").is_file()
    root = folder.read("root.pem").decode()
    assert was_issued_under(folder.read("seal.pem").decode(), root)
    rotate_keys(with_root=True)
    assert len(trusted_roots()) == 2
    assert not was_issued_under(folder.read("seal.pem").decode(), root)


def test_change_that_was_cut_short_is_finished_by_the_next_call(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_keys()

    def dies(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        with pytest.raises(InterruptedError):
            rotate_keys()
    assert (keys / "ready").is_dir()
    (keys / "ready" / "seal.pem").replace(keys / "seal.pem")
    with pytest.raises(KeyUnavailable):
        signed_with_the_sealing_key(b"between two files")
    assert make_keys() is False
    signed = signed_with_the_sealing_key(b"afterwards")
    assert has_signed(signed.certificate, signed.signature, b"afterwards")
    assert len(issuer_keys()) == 2


def test_issuer_does_not_sign_under_the_id_of_another_key(keys: Path) -> None:
    make_keys()
    signer = issuer_signer()
    rotate_keys()
    with pytest.raises(KeyUnavailable, match=signer.key_id):
        signer.sign(b"with the new key, under the old id")


def test_revocations_are_made_anew_only_where_the_root_is(keys: Path) -> None:
    make_keys()
    before = x509.load_der_x509_crl(folder.read("root.crl"))
    assert renew_revocations() is True
    after = x509.load_der_x509_crl(folder.read("root.crl"))
    assert list(after) == []
    assert after.next_update_utc is not None
    assert after.last_update_utc >= before.last_update_utc
    (keys / folder.ROOT_KEY).unlink()
    assert renew_revocations() is False


def test_kind_of_signer_that_is_not_known_stops_the_start(keys: Path, settings: Any) -> None:
    make_keys()
    settings.SIGNER = "none"
    assert [error.id for error in sealing_key_is_there()] == ["signing.E002"]


def test_commands_make_and_rotate(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="run make_keys first"):
        call_command("rotate_keys", skip_checks=True)
    call_command("make_keys", "--json")
    call_command("rotate_keys", "--json")
    assert json.loads(capsys.readouterr().out.partition("}")[2]) == {"seal": key_id(), "issuer": issuer_signer().key_id}
