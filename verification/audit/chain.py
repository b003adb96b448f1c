"""The hash chain, pure: what is hashed, and what it starts from."""

from __future__ import annotations

from datetime import UTC, datetime

from verification.kernel.canonical import sha256_of

GENESIS = "0" * 64


def event_sha256(
    *,
    sequence: int,
    name: str,
    at: datetime,
    clock: str,
    actor: tuple[str, str, str],
    subject: tuple[str, str],
    facts: str,
    previous_sha256: str,
) -> str:
    """SHA-256 over the canonical form of everything that an event says."""
    return sha256_of(
        {
            "sequence": sequence,
            "name": name,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "clock": clock,
            "actor": list(actor),
            "subject": list(subject),
            "facts": facts,
            "previous": previous_sha256,
        }
    )
