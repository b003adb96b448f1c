"""Who may change reference data."""

from __future__ import annotations

from verification.audit.actors import Actor
from verification.kernel.errors import NotAllowed


def may_load_packs(actor: Actor) -> bool:
    """A steward, or the system on behalf of whoever runs the command on the server."""
    return actor.kind == "system" or actor.has_role("steward")


def require_may_load_packs(actor: Actor) -> None:
    """Raises ``NotAllowed``."""
    if not may_load_packs(actor):
        raise NotAllowed("Reference data are loaded and published by a steward.")
