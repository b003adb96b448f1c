"""The issuer as a decentralised identifier: a did:web and the document that lists its keys. Pure.

Every key stands in two forms, as JsonWebKey (for JOSE) and as Multikey (for Data Integrity). Retired keys stay
listed, so that what they signed verifies as long as it is in force; an id is never given to another key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verification.credentials.encoding import base58, base64url, from_base64url
from verification.credentials.keys import NotGenuine, PublicKey

CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/jwk/v1",
    "https://w3id.org/security/multikey/v1",
]
_P256_PUB = b"\x80\x24"
"""Multicodec ``p256-pub`` (0x1200) as a varint."""


def did_of(site_address: str) -> str:
    """did:web of the portal's address; a port is percent-encoded, as the method demands."""
    return f"did:web:{quote(urlsplit(site_address).netloc, safe='')}"


def method_id(did: str, key_id: str) -> str:
    """What a ``kid`` names."""
    return f"{did}#{key_id}"


def multikey_id(did: str, key_id: str) -> str:
    """What a ``verificationMethod`` of a Data Integrity proof names."""
    return f"{did}#{key_id}-multikey"


def did_document(did: str, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """``/.well-known/did.json``. Raises ``ValueError`` where two keys share an id, or there is none."""
    listed = list(keys)
    if not listed or len({key.key_id for key in listed}) != len(listed):
        raise ValueError("A did document lists at least one key, and each id once.")
    methods = [method for key in listed for method in _methods(did, key)]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def public_jwk(key: PublicKey, did: str) -> dict[str, str]:
    """The key as RFC 7517 writes it."""
    numbers = key.public_key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": base64url(numbers.x.to_bytes(32, "big")),
        "y": base64url(numbers.y.to_bytes(32, "big")),
        "alg": "ES256",
        "use": "sig",
        "kid": method_id(did, key.key_id),
    }


def multikey(public_key: EllipticCurvePublicKey) -> str:
    """The compressed point as W3C Controlled Identifiers writes it: base58btc of the multicodec prefix and the key."""
    point = public_key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return f"z{base58(_P256_PUB + point)}"


@dataclass(frozen=True)
class ListedKey:
    """A key as a did document lists it."""

    key_id: str
    public_key: EllipticCurvePublicKey


def keys_of(document: Mapping[str, Any]) -> list[ListedKey]:
    """The keys with which the did asserts something. Raises ``NotGenuine`` where it is no document of this portal."""
    try:
        methods = [each for each in document["verificationMethod"] if each["type"] == "JsonWebKey"]
        asserting = [each for each in methods if each["id"] in document["assertionMethod"]]
        return [_listed(each["id"].rpartition("#")[2], each["publicKeyJwk"]) for each in asserting]
    except (KeyError, TypeError, ValueError) as error:
        raise NotGenuine("It is no did document that lists keys on the curve P-256.") from error


def _listed(key_id: str, jwk: Mapping[str, str]) -> ListedKey:
    if (jwk["kty"], jwk["crv"]) != ("EC", "P-256"):
        raise ValueError("Another kind of key.")
    x, y = (int.from_bytes(from_base64url(jwk[name])) for name in ("x", "y"))
    return ListedKey(key_id, EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key())


def _methods(did: str, key: PublicKey) -> list[dict[str, Any]]:
    return [
        {
            "id": method_id(did, key.key_id),
            "type": "JsonWebKey",
            "controller": did,
            "publicKeyJwk": public_jwk(key, did),
        },
        {
            "id": multikey_id(did, key.key_id),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey(key.public_key),
        },
    ]
