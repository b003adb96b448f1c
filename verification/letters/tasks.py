"""The background work of this room."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from verification.audit.actors import Actor
from verification.claims.models import Step
from verification.claims.services.search import queue_indexing
from verification.jobs.daily import every_day
from verification.jobs.handlers import handles
from verification.jobs.selectors import dead_jobs
from verification.jobs.services import retry
from verification.letters.enums import LetterKind
from verification.letters.models import LetterEdition
from verification.letters.occasions import OCCASIONS
from verification.signing.upgrading import queue_batches


@handles("letters.write")
def write(payload: dict[str, Any]) -> dict[str, Any]:
    """Imports what draws only in the worker, as for certificates."""
    from verification.letters.services import request_letter

    step = Step.objects.select_related("claim__organisation", "claim__installation").get(pk=payload["step"])
    occasion = OCCASIONS[step.name]
    with transaction.atomic():
        letter = request_letter(step.claim, occasion.kind, occasion.facts(step.claim, step), actor=Actor.system())
        facts = occasion.beside(step.claim) if occasion.beside else None
        if facts:
            request_letter(step.claim, LetterKind.ASSESSMENT, facts, actor=Actor.system())
        queue_indexing(step.claim, f"letter-{letter.pk}")
    return {"letter": letter.number}


@every_day("letters.upgrade")
def queue_upgrades() -> dict[str, Any]:
    """What was sealed since yesterday is extended; what could not be sealed is tried again."""
    dead = list(dead_jobs("letters.seal"))
    for job in dead:
        retry(job.pk)
    return queue_batches(LetterEdition, "letters.upgrade") | {"tried_again": len(dead)}


@handles("letters.upgrade")
def upgrade(payload: dict[str, Any]) -> dict[str, Any]:
    from verification.letters.services import upgrade_letters

    return upgrade_letters(payload["editions"])


@handles("letters.seal")
def seal(payload: dict[str, Any]) -> dict[str, Any]:
    from verification.letters.services import seal_letter

    return {"sha256": seal_letter(payload["letter"]).sha256}
