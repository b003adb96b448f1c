"""What an approval of any kind of claim brings about, as the common part of approving needs to know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verification.certificates.models import Certificate
from verification.certificates.record import Identity
from verification.kernel.spans import Span


@dataclass(frozen=True)
class Effect:
    """``build_record`` makes the certificate's record from its identity and the block on the decision.

    ``legal_basis`` stands beside the scheme's own; ``replaced`` are certificates that nothing rests on any more.
    """

    span: Span
    build_record: Callable[[Identity, dict[str, Any]], dict[str, Any]]
    legal_basis: str = ""
    replaced: tuple[Certificate, ...] = ()
