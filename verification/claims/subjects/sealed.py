"""What is examined: content with its digest, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class SealedContent:
    """Content of a claim with its digest, and the instant at which it was sealed, or is looked at."""

    content: Mapping[str, Any]
    sha256: str
    at: datetime
