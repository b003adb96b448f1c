"""Who seals: the key of a file or that of a token, chosen by settings. There is no third way and no way round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from django.conf import settings

from verification.audit.signing import Signed, has_signed, sign_with
from verification.signing import folder
from verification.signing.errors import KeyUnavailable
from verification.signing.token import token_session
from verification.signing.trust import certificate_of
from verification.signing.waiting import run_to_end

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer


def key_id() -> str:
    """SHA-256 fingerprint of the sealing certificate, hex."""
    return _certificate().fingerprint(hashes.SHA256()).hex()


@contextmanager
def sealing_signer() -> Iterator[Signer]:
    """The signer of one document, as pyHanko knows it. Raises ``KeyUnavailable`` and ``FileNotFoundError``."""
    if folder.uses_token():
        from verification.signing.token_signer import TokenSigner

        with token_session() as session:
            yield TokenSigner(
                session,
                signing_cert=certificate_of(folder.read(folder.SEAL_CERTIFICATE)),
                key_label=settings.PKCS11_SEAL_KEY,
                use_raw_mechanism=_is_of_elliptic_curve(),
            )
        return
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from verification.signing.encoded_once import FileSigner

    _demand_matching_files()
    yield FileSigner(
        signing_cert=certificate_of(folder.read(folder.SEAL_CERTIFICATE)),
        signing_key=load_private_key_from_pemder_data(folder.read(folder.SEAL_KEY), passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


def signed_with_the_sealing_key(content: bytes) -> Signed:
    """A detached signature (ECDSA or RSA over SHA-256). Raises ``KeyUnavailable`` and ``FileNotFoundError``."""
    pem = folder.read(folder.SEAL_CERTIFICATE)
    if not folder.uses_token():
        _demand_matching_files()
        return sign_with(folder.read(folder.SEAL_KEY), pem, content)
    with sealing_signer() as signer:
        signature = run_to_end(signer.async_sign_raw(content, "sha256"))
    if not has_signed(pem.decode(), signature, content):
        raise KeyUnavailable(f"The key in the token is not the one that {folder.SEAL_CERTIFICATE} certifies.")
    return Signed(signature, _certificate().public_bytes(serialization.Encoding.PEM).decode(), key_id())


def _certificate() -> x509.Certificate:
    return x509.load_pem_x509_certificate(folder.read(folder.SEAL_CERTIFICATE))


def _is_of_elliptic_curve() -> bool:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    return isinstance(_certificate().public_key(), EllipticCurvePublicKey)


def _demand_matching_files() -> None:
    """While keys are replaced, one of the two files may be the new one already."""
    key = serialization.load_pem_private_key(folder.read(folder.SEAL_KEY), password=None)
    if key.public_key() != _certificate().public_key():
        raise KeyUnavailable(f"{folder.SEAL_KEY} is not the key that {folder.SEAL_CERTIFICATE} certifies.")
