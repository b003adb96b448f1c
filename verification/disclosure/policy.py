"""Who may show a report, and who may see it. Denied unless said otherwise here."""

from __future__ import annotations

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.disclosure.models import Disclosure
from verification.kernel.errors import NotAllowed


def demand_may_disclose(actor: Actor, claim: Claim) -> None:
    """Only the producer decides who sees its reports."""
    if not actor.belongs_to(claim.organisation_id):
        raise NotAllowed("Only the producer of this claim decides who sees its reports.")


def may_view(actor: Actor, disclosure: Disclosure) -> bool:
    """Only the recipient, and only while the grant is open."""
    return disclosure.ended_at is None and actor.belongs_to(disclosure.recipient_id)
