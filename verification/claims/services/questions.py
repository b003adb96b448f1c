"""Questions to a producer with files of the officials' own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.models import Claim, Question
from verification.claims.services.review import Asking, ask_producer
from verification.claims.workflow import TRANSITIONS
from verification.evidence.services import keep_for_party, received


@dataclass(frozen=True)
class Upload:
    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def ask_with_files(
    claim: Claim, *, actor: Actor, questions: Sequence[tuple[Asking, Sequence[Upload]]]
) -> list[Question]:
    """Ask, and keep what is attached with the claim's organisation, so that its members may read it.

    Raises ``InvalidInput`` for a file that is not accepted, with nothing asked.
    """
    policy.demand(actor, TRANSITIONS["ask"], claim)
    asked = []
    for asking, uploads in questions:
        files = []
        for upload in uploads:
            with received(upload.chunks, name=upload.name) as file:
                files.append(keep_for_party(file, organisation_id=claim.organisation_id, actor=actor))
        asked.append(replace(asking, files=(*asking.files, *files)))
    return ask_producer(claim, actor=actor, questions=asked)
