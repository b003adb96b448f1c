"""What this room asks of the issuer's key: an id, its public part, and a signature. ES256 throughout (RFC 7518)."""

from __future__ import annotations

from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey


class PublicKey(Protocol):
    """A key that signs or once signed. ``key_id``: 16 hexadecimal digits, never given twice."""

    @property
    def key_id(self) -> str: ...

    @property
    def public_key(self) -> EllipticCurvePublicKey:
        """On the curve P-256."""


class Signer(PublicKey, Protocol):
    """The key that signs now, wherever its private part is kept."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA over SHA-256 of ``data``: r and s, 32 bytes each."""


class UnknownKey(LookupError):
    """No key of the issuer has this id."""


class NotGenuine(ValueError):
    """It is not what this issuer signed, or cannot be read; the message says which."""
