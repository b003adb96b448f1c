"""What officials keep for their own work: views of the queue under names of their own."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.models import SavedView
from verification.claims.services.required import required
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed, Problem

MOST_VIEWS = 30
LONGEST_NAME, LONGEST_QUERY = 60, 500


@transaction.atomic
def save_view(*, actor: Actor, name: str, query: str) -> SavedView:
    """Keep filters under a name. Raises ``InvalidInput`` where the name is taken, too long, or one too many."""
    if not actor.is_official:
        raise NotAllowed("Only officials keep views of the queue.")
    named = " ".join(required(name, "name", "Give the view a name.").split())
    own = SavedView.objects.filter(user_id=actor.id)
    if len(named) > LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise _refused(f"The name has more than {LONGEST_NAME} characters, or the filters are too many.", "Shorten it.")
    if own.count() >= MOST_VIEWS:
        raise _refused(f"You have {MOST_VIEWS} views already.", "Delete one first.")
    view = SavedView(user_id=actor.id, name=named, query=query, saved_at=clock.now())
    try:
        with transaction.atomic():
            view.save(force_insert=True)
    except IntegrityError as error:
        raise _refused(f"You have a view named “{named}”.", "Choose another name, or delete that view.") from error
    record_event(
        "claims.view.saved",
        actor=actor,
        subject_type="saved_view",
        subject_id=view.pk,
        facts={"name": named, "query": query},
    )
    return view


@transaction.atomic
def delete_view(view: SavedView, *, actor: Actor) -> None:
    """One's own alone."""
    if str(view.user_id) != actor.id:
        raise NotAllowed("Only the person who saved a view deletes it.")
    record_event(
        "claims.view.deleted", actor=actor, subject_type="saved_view", subject_id=view.pk, facts={"name": view.name}
    )
    SavedView.objects.filter(pk=view.pk).delete()


def _refused(message: str, mend: str) -> InvalidInput:
    return InvalidInput("The view was not saved.", [Problem("block", "REV-060", message, mend, field="name")])
