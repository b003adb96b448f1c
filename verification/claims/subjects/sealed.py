"""What is examined: content with its digest, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verification.claims.models import ClaimEvidence


@dataclass(frozen=True)
class SealedContent:
    """Content of a claim with its digest, and the instant at which it was sealed, or is looked at.

    ``uses`` are the files that stand in the claim now, where the caller has read them.
    """

    content: Mapping[str, Any]
    sha256: str
    at: datetime
    uses: Sequence[ClaimEvidence] | None = None
