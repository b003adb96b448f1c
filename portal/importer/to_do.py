"""What waits for the importer: its claims' procedure, and units that an event struck and that can be replaced."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.ui.due_process.to_do import possible_appeals, procedure_to_do
from portal.ui.to_do import ToDo
from verification.audit.actors import Actor
from verification.claims.enums import ReversalOutcome
from verification.claims.models import ReversalEvent
from verification.claims.selectors import reversals_for

MOST = 20


def to_do_for(actor: Actor) -> list[ToDo]:
    """Only the person's own organisations, also for a person who is an official besides."""
    own = reversals_for(actor).filter(claim__organisation_id__in=actor.organisation_ids)
    waiting = own.filter(outcome=ReversalOutcome.OPEN).order_by("replacement_due_on", "pk")
    return [*procedure_to_do(actor), *(_event(event) for event in waiting[:MOST]), *possible_appeals(actor)]


def _event(event: ReversalEvent) -> ToDo:
    return ToDo(
        title=_("Replace %(t)s t of claim %(claim)s") % {"t": event.quantity, "claim": event.claim.number},
        address=reverse("units:claim_replace", args=[event.claim_id, event.pk]),
        detail=event.get_kind_display(),
        due_on=event.replacement_due_on,
        word=_("Replace by %(day)s") % {"day": date_format(event.replacement_due_on, "j M Y")},
    )
