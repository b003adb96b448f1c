"""What happens to a claim and concerns those to whom its reports were shown."""

from __future__ import annotations

from verification.claims import after
from verification.claims.models import Claim, Step
from verification.jobs.services import enqueue


def listen() -> None:
    after.register("revoke", queue_message)


def queue_message(claim: Claim, step: Step) -> None:
    """The revocation itself is written after the step; the work in the background finds it."""
    enqueue("disclosure.tell_of_revocation", key=f"revocation-step-{step.pk}", payload={"claim": str(claim.pk)})
