"""W3C Bitstring Status List 1.0: one bit a certificate, the first bit leftmost. Pure.

A list is never shorter than 131,072 bits, so that asking for it does not tell which certificate is meant.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from verification.credentials.encoding import base64url, from_base64url, utc_text
from verification.credentials.keys import NotGenuine

LENGTH = 131_072
REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
KEPT_FOR = timedelta(minutes=5)
"""How long a reader may rely on a list without asking again (``ttl``, ``Cache-Control``)."""
VALID_FOR = timedelta(days=2)
"""Lists are signed anew every day; one that is older than this says nothing any more."""


def bits_of(indexes: Iterable[int]) -> bytes:
    """The raw list with these bits set. Raises ``IndexError`` for one that no list has."""
    bits = bytearray(LENGTH // 8)
    for index in indexes:
        if not 0 <= index < LENGTH:
            raise IndexError(f"A status list has no bit {index}.")
        bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits)


def is_set(bits: bytes, index: int) -> bool:
    """Raises ``IndexError`` beyond the end of the list."""
    if not 0 <= index < len(bits) * 8:
        raise IndexError(f"The status list has no bit {index}.")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def encoded(bits: bytes) -> str:
    """GZIP in multibase ``u``; the same bits give the same text."""
    return f"u{base64url(gzip.compress(bits, mtime=0))}"


def decoded(text: str) -> bytes:
    """The raw list. Raises ``NotGenuine`` for what is none, or is shorter or longer than ours."""
    reader = zlib.decompressobj(wbits=31)
    try:
        bits = reader.decompress(from_base64url(text.removeprefix("u")), LENGTH // 8 + 1)
    except (ValueError, zlib.error) as error:
        raise NotGenuine("The status list cannot be read.") from error
    if not text.startswith("u") or len(bits) != LENGTH // 8:
        raise NotGenuine("The status list has not the length of a status list.")
    return bits


def address_of(site_address: str, purpose: str, number: int) -> str:
    return f"{site_address}/status/{purpose}/{number}"


def list_credential(
    address: str, *, purpose: str, bits: bytes, issuer: str, issuer_name: str, signed_at: datetime
) -> dict[str, Any]:
    """The BitstringStatusListCredential, not yet signed. ``signed_at`` is wall-clock: freshness is about real time."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": issuer, "name": issuer_name},
        "validFrom": utc_text(signed_at),
        "validUntil": utc_text(signed_at + VALID_FOR),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(bits),
            "ttl": int(KEPT_FOR.total_seconds() * 1000),
        },
    }


def is_marked(credential: Mapping[str, Any], index: int) -> bool:
    """What a verified list says of one index. Raises ``NotGenuine`` and ``IndexError``."""
    subject = credential.get("credentialSubject")
    if not isinstance(subject, Mapping) or subject.get("type") != "BitstringStatusList":
        raise NotGenuine("It is no status list.")
    return is_set(decoded(str(subject.get("encodedList"))), index)
