"""Private keys in a PKCS#11 token: a hardware security module, or SoftHSM to try it.

The PIN is read from the environment each time. A process has one session at a time, because a login belongs to
the process and ends with its session.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from verification.signing.errors import KeyUnavailable

if TYPE_CHECKING:
    from pkcs11 import Session

_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def token_session() -> Iterator[Session]:
    """A session that is logged in. Raises ``KeyUnavailable`` when token or key cannot be used."""
    from pkcs11 import PKCS11Error
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import open_pkcs11_session

    with _ONE_AT_A_TIME:
        try:
            session = open_pkcs11_session(
                settings.PKCS11_MODULE,
                token_criteria=TokenCriteria(label=settings.PKCS11_TOKEN),
                user_pin=os.environ.get("PORTAL_PKCS11_PIN"),
            )
            try:
                yield session
            finally:
                session.close()
        except PKCS11Error as error:
            raise KeyUnavailable(
                f"The token {settings.PKCS11_TOKEN!r} cannot be used: {type(error).__name__} {error}".rstrip()
            ) from error


def public_key_in_token(label: str) -> ec.EllipticCurvePublicKey:
    """The public half of an elliptic-curve key. Raises ``KeyUnavailable``, and ``ValueError`` for another kind."""
    from pkcs11 import KeyType, ObjectClass, PublicKey
    from pkcs11.util.ec import encode_ec_public_key

    with token_session() as session:
        found = session.get_key(object_class=ObjectClass.PUBLIC_KEY, key_type=KeyType.EC, label=label)
        if not isinstance(found, PublicKey):
            raise KeyUnavailable(f"The key {label!r} of the token is not a public one.")
        der = encode_ec_public_key(found)
    key = serialization.load_der_public_key(der)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError(f"The key {label!r} of the token is not one of an elliptic curve.")
    return key


def sign_in_token(label: str, content: bytes) -> bytes:
    """ECDSA over SHA-256 as 64 bytes r and s. Raises ``KeyUnavailable``."""
    from pkcs11 import KeyType, Mechanism, ObjectClass, SignMixin

    digest = hashes.Hash(hashes.SHA256())
    digest.update(content)
    with token_session() as session:
        key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, key_type=KeyType.EC, label=label)
        if not isinstance(key, SignMixin):
            raise KeyUnavailable(f"The key {label!r} of the token may not sign.")
        return bytes(key.sign(digest.finalize(), mechanism=Mechanism.ECDSA))
