"""Sealing with a key that never leaves its token: SoftHSM stands in for the hardware."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings as portal_settings

from verification.audit.signing import has_signed
from verification.signing import authority, folder
from verification.signing.apps import sealing_key_is_there
from verification.signing.authority import Root, certificate_pem
from verification.signing.errors import KeyUnavailable, SealingError
from verification.signing.issuer import issuer_keys, issuer_signer
from verification.signing.making import make_keys, rotate_keys
from verification.signing.signers import signed_with_the_sealing_key
from verification.signing.token import public_key_in_token

pytestmark = pytest.mark.integration
PIN = "246802"


@pytest.fixture
def token(keys: Path, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token with two keys, and a folder with certificates but without any private key for sealing."""
    tool = shutil.which("softhsm2-util")
    assert tool, "softhsm2 is needed for this test; `make test` installs it"
    (module,) = [path for path in Path("/usr/lib").rglob("libsofthsm2.so") if not path.is_symlink()]
    (tmp_path / "tokens").mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(configuration))
    monkeypatch.setenv("PORTAL_PKCS11_PIN", PIN)
    words = [tool, "--init-token", "--free", "--label", "portal", "--pin", PIN, "--so-pin", PIN]
    subprocess.run(words, check=True, capture_output=True)
    make_keys()
    settings.SIGNER, settings.PKCS11_MODULE, settings.PKCS11_TOKEN = "pkcs11", str(module), "portal"
    _make_key("seal")
    _make_key("issuer")
    root = Root(
        x509.load_pem_x509_certificate(folder.read("root.pem")),
        serialization.load_pem_private_key(folder.read("root-key.pem"), None),
    )
    (keys / "seal.pem").write_bytes(certificate_pem(authority.certify_seal(root, public_key_in_token("seal"))))
    for name in ("seal-key.pem", "issuer-key.pem"):
        (keys / name).unlink()


def test_token_seals_signs_and_issues(token: None, keys: Path, settings: Any) -> None:
    assert make_keys() is True, "the issuer's public key is noted, the one of files retired"
    assert sealing_key_is_there() == []
    signed = signed_with_the_sealing_key(b"the head of the audit record")
    assert has_signed(signed.certificate, signed.signature, b"the head of the audit record")
    signer = issuer_signer()
    assert len(signer.sign(b"a credential")) == 64
    assert [key.key_id for key in issuer_keys() if key.is_current] == [signer.key_id]
    assert len(issuer_keys()) == 2
    with pytest.raises(SealingError, match="token"):
        rotate_keys()
    settings.PKCS11_SEAL_KEY = "issuer"
    with pytest.raises(KeyUnavailable, match=r"seal\.pem"):
        signed_with_the_sealing_key(b"with a key that was not certified")
    settings.PKCS11_TOKEN = "elsewhere"
    with pytest.raises(KeyUnavailable, match="elsewhere"):
        signed_with_the_sealing_key(b"nothing")


def _make_key(label: str) -> None:
    from pkcs11 import Attribute, KeyType, lib
    from pkcs11.util.ec import encode_named_curve_parameters

    curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    with lib(portal_settings.PKCS11_MODULE).get_token(token_label="portal").open(rw=True, user_pin=PIN) as session:
        session.create_domain_parameters(KeyType.EC, curve, local=True).generate_keypair(store=True, label=label)
