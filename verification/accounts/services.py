"""Changing what is known about a person."""

from __future__ import annotations

from django.db import transaction

from verification.accounts.models import User
from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.kernel.errors import InvalidInput, NotAllowed, Problem


@transaction.atomic
def rename_user(user: User, full_name: str, *, actor: Actor) -> User:
    """Set the name that stands beside future acts; past ones keep the name they were done under.

    Raises ``NotAllowed`` for anyone but the person, ``InvalidInput`` for an empty name.
    """
    if actor.id != str(user.pk):
        raise NotAllowed("Only the person may change their own name.")
    name = " ".join(full_name.split())
    if not name:
        raise InvalidInput(
            "The name is missing.", [Problem("block", "ACC-001", "The name is missing.", field="full_name")]
        )
    if name != user.full_name:
        former = user.full_name
        user.full_name = name
        user.save(update_fields=["full_name"])
        record_event(
            "accounts.user.renamed",
            actor=actor,
            subject_type="user",
            subject_id=user.pk,
            facts={"former": former, "name": name},
        )
    return user
