"""The background work of this room."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from verification.audit.actors import Actor
from verification.claims.models import Step
from verification.claims.services.search import queue_indexing
from verification.jobs.handlers import handles
from verification.letters.occasions import OCCASIONS


@handles("letters.write")
def write(payload: dict[str, Any]) -> dict[str, Any]:
    """Imports what draws only in the worker, as for certificates."""
    from verification.letters.services import request_letter

    step = Step.objects.select_related("claim__organisation", "claim__installation").get(pk=payload["step"])
    occasion = OCCASIONS[step.name]
    with transaction.atomic():
        letter = request_letter(step.claim, occasion.kind, occasion.facts(step.claim, step), actor=Actor.system())
        queue_indexing(step.claim, f"letter-{letter.pk}")
    return {"letter": letter.number}


@handles("letters.seal")
def seal(payload: dict[str, Any]) -> dict[str, Any]:
    from verification.letters.services import seal_letter

    return {"sha256": seal_letter(payload["letter"]).sha256}
