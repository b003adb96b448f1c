"""Signatures over records of the audit: made with the portal's sealing key, checked with a certificate alone.

Detached and plain, so that ``openssl dgst -sha256 -verify`` checks them too. The key belongs to a room above; that
room names itself as the signer when the portal starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa


@dataclass(frozen=True)
class Signed:
    """A signature, the certificate that checks it (PEM), and that certificate's SHA-256 fingerprint."""

    signature: bytes
    certificate: str
    key_id: str


Signer = Callable[[bytes], Signed]
_signers: list[Signer] = []


def use_signer(signer: Signer) -> None:
    """Name the one who signs; a later call takes its place."""
    _signers[:] = [signer]


def sign(content: bytes) -> Signed:
    """Raises ``RuntimeError`` where nobody signs: there are no unsigned records."""
    if not _signers:
        raise RuntimeError("No signer was named when the portal started.")
    return _signers[0](content)


def sign_with(key_pem: bytes, certificate_pem: bytes, content: bytes) -> Signed:
    """ECDSA or RSA (PKCS #1 1.5), over SHA-256. Raises ``ValueError`` for a key of another kind."""
    key = serialization.load_pem_private_key(key_pem, password=None)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        signature = key.sign(content, ec.ECDSA(hashes.SHA256()))
    elif isinstance(key, rsa.RSAPrivateKey):
        signature = key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    else:
        raise ValueError("Records are signed with an elliptic-curve or an RSA key.")
    certificate = x509.load_pem_x509_certificate(certificate_pem)
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    return Signed(signature, pem, certificate.fingerprint(hashes.SHA256()).hex())


def has_signed(certificate_pem: str, signature: bytes, content: bytes) -> bool:
    """Whether the key of the certificate made this signature over exactly this content."""
    try:
        key = x509.load_pem_x509_certificate(certificate_pem.encode()).public_key()
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint_of(certificate_pem: str) -> str:
    """SHA-256 of the certificate, hex. Raises ``ValueError`` for anything else than a certificate."""
    return x509.load_pem_x509_certificate(certificate_pem.encode()).fingerprint(hashes.SHA256()).hex()


def was_issued_under(certificate_pem: str, root_pem: str) -> bool:
    """Whether the root signed the certificate."""
    try:
        certificate = x509.load_pem_x509_certificate(certificate_pem.encode())
        certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(root_pem.encode()))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
