"""Letters of the demonstration's claims, written and sealed as the workers would."""

from __future__ import annotations

from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.letters.models import Letter
from verification.letters.occasions import OCCASIONS
from verification.letters.services import request_letter, seal_letter


def written_letter(claim: Claim, transition: str = "approve") -> Letter:
    """The letter of the claim's last step of this name; the same one every time."""
    step = claim.steps.filter(name=transition).latest("claim_version")
    occasion = OCCASIONS[transition]
    return request_letter(claim, occasion.kind, occasion.facts(claim, step), actor=Actor.system())


def sealed_letter(claim: Claim, transition: str = "approve") -> Letter:
    letter = written_letter(claim, transition)
    seal_letter(str(letter.pk))
    letter.refresh_from_db()
    return letter
