"""Seals with a key that never leaves its token. Imported only where one is used."""

from __future__ import annotations

from pyhanko.sign.pkcs11 import PKCS11Signer

from verification.signing.encoded_once import EncodesOnce


class TokenSigner(EncodesOnce, PKCS11Signer):
    """A key of a PKCS#11 token."""
