"""What waits for the official: claims that nobody else could be meant for, as ``needs.needing`` finds them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.ui.states import shape_of
from portal.ui.to_do import ToDo
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState
from verification.claims.models import Claim


def to_do_for(claims: Iterable[Claim], actor: Actor) -> list[ToDo]:
    return [_claim(claim, actor) for claim in claims]


def _claim(claim: Claim, actor: Actor) -> ToDo:
    decides = claim.state == ClaimState.RECOMMENDED
    sent = date_format(claim.submitted_at, "j M Y") if claim.submitted_at else ""
    return ToDo(
        title=_title(claim, actor) % {"number": claim.number},
        address=reverse("official:decision" if decides else "official:claim", args=[claim.pk]),
        detail=_("%(place)s, %(kind)s, sent %(day)s")
        % {"place": claim.place, "kind": claim.get_kind_display(), "day": sent},
        due_on=claim.due_on,
        shape=shape_of(claim.state),
        word=ClaimState(claim.state).label,
    )


def _title(claim: Claim, actor: Actor) -> str:
    if claim.state == ClaimState.RECOMMENDED:
        return _("Decide on %(number)s")
    if claim.state == ClaimState.IN_APPEAL:
        return _("Take the appeal on %(number)s")
    if str(claim.reviewer_id) != actor.id:
        return _("Stand in on %(number)s")
    return _("Go on with %(number)s")
