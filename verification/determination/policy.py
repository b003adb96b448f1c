"""Who may put approved values into force and end them."""

from __future__ import annotations

from verification.audit.actors import Actor
from verification.kernel.errors import NotAllowed


def may_decide_overrides(actor: Actor) -> bool:
    """The official with the second signature, or the system carrying out what was signed."""
    return actor.kind == "system" or actor.has_role("approver")


def require_may_decide_overrides(actor: Actor) -> None:
    """Raises ``NotAllowed``."""
    if not may_decide_overrides(actor):
        raise NotAllowed("An approved value is put into force, replaced or ended by an approver.")
