"""What a checkpoint says, and the small file that is kept away from the portal. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from verification.audit.signing import fingerprint_of, has_signed
from verification.kernel.canonical import canonical_bytes

FORMAT = "audit-checkpoint-1"
_WHAT_IS_SIGNED = ("format", "sequence", "count", "head_sha256", "at")


@dataclass(frozen=True)
class CheckpointRecord:
    """After ``count`` events the chain ended at ``sequence`` in ``head_sha256``. ``signature`` is base64 (DER)."""

    sequence: int
    count: int
    head_sha256: str
    at: datetime
    key_id: str = ""
    signature: str = ""
    certificate: str = ""

    @property
    def signed_bytes(self) -> bytes:
        record = self.as_dict()
        return canonical_bytes({name: record[name] for name in _WHAT_IS_SIGNED})

    @property
    def is_signed(self) -> bool:
        """Whether the certificate that comes with it is the one it names, and its key signed exactly this."""
        try:
            signature = base64.b64decode(self.signature, validate=True)
            is_named = fingerprint_of(self.certificate) == self.key_id
        except (binascii.Error, ValueError):
            return False
        return is_named and has_signed(self.certificate, signature, self.signed_bytes)

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "sequence": self.sequence,
            "count": self.count,
            "head_sha256": self.head_sha256,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "key_id": self.key_id,
            "signature": self.signature,
            "certificate": self.certificate,
        }

    def as_file(self) -> bytes:
        return json.dumps(self.as_dict(), indent=2).encode() + b"\n"


def read_checkpoint(content: bytes) -> CheckpointRecord:
    """The record of a checkpoint's file. Raises ``ValueError`` for anything else; the signature is not judged here."""
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise ValueError
        record = CheckpointRecord(
            sequence=_whole(found["sequence"]),
            count=_whole(found["count"]),
            head_sha256=str(found["head_sha256"]),
            at=datetime.fromisoformat(found["at"]),
            key_id=str(found["key_id"]),
            signature=str(found["signature"]),
            certificate=str(found["certificate"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("This is not the file of a checkpoint.") from error
    return record


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError
    return value
