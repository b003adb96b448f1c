"""What higher rooms do after a step of a claim, in its transaction. ``move`` runs it last.

A handler only queues work: what the step's use case writes after ``move`` is not there yet when it runs.
"""

from __future__ import annotations

from collections.abc import Callable

from verification.claims.models import Claim, Step
from verification.claims.workflow import TRANSITIONS

Handler = Callable[[Claim, Step], None]
_handlers: dict[str, list[Handler]] = {}


def register(transition: str, handler: Handler) -> None:
    """Run ``handler`` after every step of this name. Raises ``KeyError`` for a transition that the table lacks."""
    known = _handlers.setdefault(TRANSITIONS[transition].name, [])
    if handler not in known:
        known.append(handler)


def run(claim: Claim, step: Step) -> None:
    """Every handler of the step, in the order of registration; an error undoes the step."""
    for handler in _handlers.get(step.name, ()):
        handler(claim, step)
