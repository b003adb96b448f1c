"""Reading what officials keep for their own work."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.models import Recommendation, SavedView, ScreenedClaim, ScreeningList
from verification.database.kept import Given, Kept


def views_of(actor: Actor) -> QuerySet[SavedView]:
    """One's own alone."""
    return SavedView.objects.filter(user_id=int(actor.id)) if actor.is_official else SavedView.objects.none()


def views_kept_by(actor: Actor) -> list[SavedView]:
    """The same, read at once."""
    return VIEWS.rows(person=int(actor.id)) if actor.is_official else []


VIEWS = Kept(lambda: SavedView.objects.filter(user_id=Given("person")))


def screening_lists_for(actor: Actor) -> QuerySet[ScreeningList]:
    """Lists of which something still waits for a decision, the oldest first; for officials."""
    if not actor.is_official:
        return ScreeningList.objects.none()
    return ScreeningList.objects.select_related("reviewer").filter(
        Exists(ScreenedClaim.objects.filter(_waiting(), list=OuterRef("pk")))
    )


def waiting_of(screening: ScreeningList) -> QuerySet[ScreenedClaim]:
    """What of the list still waits for a decision on this very recommendation."""
    return screening.screened.filter(_waiting()).select_related(
        "recommendation__claim__organisation", "recommendation__claim__installation"
    )


def _waiting() -> Exists:
    newer = Recommendation.objects.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
    standing = Recommendation.objects.filter(~Exists(newer), claim__state=ClaimState.RECOMMENDED)
    return Exists(standing.filter(pk=OuterRef("recommendation")))
