"""The key that signs credentials (ES256), apart from the key of the seals: both may be replaced by themselves.

An id is made from the public key, so no id is ever used for two keys. Public keys lie in files, so that listing
them never needs the token.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings

from verification.signing import folder
from verification.signing.errors import KeyUnavailable
from verification.signing.token import sign_in_token

_HALF = 32


@dataclass(frozen=True)
class IssuerKey:
    """A public key (P-256) under its id; a retired one stays listed, so that what it signed still verifies."""

    key_id: str
    public_key: ec.EllipticCurvePublicKey
    is_current: bool


@dataclass(frozen=True)
class IssuerSigner:
    """Signs with the current key, wherever its private half lies."""

    key_id: str
    public_key: ec.EllipticCurvePublicKey
    _sign: Callable[[bytes], bytes] = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """ES256 (RFC 7518, 3.4): 64 bytes, r and s. Raises ``KeyUnavailable``, also where key and id do not belong
        together."""
        signature = self._sign(data)
        r, s = (int.from_bytes(half) for half in (signature[:_HALF], signature[_HALF:]))
        try:
            self.public_key.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise KeyUnavailable(f"The issuer's private key is not the one of {self.key_id}.") from error
        return signature


def issuer_signer() -> IssuerSigner:
    """Raises ``FileNotFoundError`` where the issuer's key was not made."""
    public_key = load_public_key(folder.read(folder.ISSUER_PUBLIC_KEY))
    return IssuerSigner(issuer_key_id(public_key), public_key, _with_token if folder.uses_token() else _with_file)


def issuer_keys() -> list[IssuerKey]:
    """The current key first, then those that were retired."""
    current = load_public_key(folder.read(folder.ISSUER_PUBLIC_KEY))
    retired = [load_public_key(path.read_bytes()) for path in sorted(retired_folder().glob("issuer-*.pem"))]
    keys = [IssuerKey(issuer_key_id(current), current, True)]
    return keys + [IssuerKey(issuer_key_id(key), key, False) for key in retired]


def issuer_key_id(public_key: ec.EllipticCurvePublicKey) -> str:
    """First 16 hex digits of the SHA-256 of the key's SubjectPublicKeyInfo (DER)."""
    return sha256(
        public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).hexdigest()[:16]


def public_key_pem(public_key: ec.EllipticCurvePublicKey) -> bytes:
    return public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def load_public_key(pem: bytes) -> ec.EllipticCurvePublicKey:
    """Raises ``ValueError`` for a key that is not on P-256."""
    key = serialization.load_pem_public_key(pem)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("The issuer's key is one on the curve P-256.")
    return key


def retired_name(public_key: ec.EllipticCurvePublicKey) -> str:
    """Where the public key lies once it is retired, from the folder of keys."""
    return f"{folder.RETIRED}/issuer-{issuer_key_id(public_key)}.pem"


def retired_folder() -> Path:
    return folder.key_folder() / folder.RETIRED


def _with_token(content: bytes) -> bytes:
    return sign_in_token(settings.PKCS11_ISSUER_KEY, content)


def _with_file(content: bytes) -> bytes:
    key = serialization.load_pem_private_key(folder.read(folder.ISSUER_KEY), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeyUnavailable(f"{folder.ISSUER_KEY} is not a key of an elliptic curve.")
    r, s = decode_dss_signature(key.sign(content, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(_HALF) + s.to_bytes(_HALF)
