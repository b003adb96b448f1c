"""What waits for the official: claims that nobody else could be meant for, as ``needs.needing`` finds them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.official.lines import Line
from portal.ui.states import shape_of
from portal.ui.to_do import ToDo
from verification.audit.actors import Actor
from verification.claims.enums import ClaimState


def to_do_for(lines: Iterable[Line], actor: Actor) -> list[ToDo]:
    return [_claim(line, actor) for line in lines]


def _claim(claim: Line, actor: Actor) -> ToDo:
    decides = claim.state == ClaimState.RECOMMENDED
    sent = date_format(claim.submitted_at, "j M Y") if claim.submitted_at else ""
    return ToDo(
        title=_title(claim, actor) % {"number": claim.number},
        address=reverse("official:decision" if decides else "official:claim", args=[claim.pk]),
        detail=_("%(place)s, %(kind)s, sent %(day)s") % {"place": claim.place, "kind": claim.kind_word, "day": sent},
        due_on=claim.due_on,
        shape=shape_of(claim.state),
        word=claim.state_word,
    )


def _title(claim: Line, actor: Actor) -> str:
    if claim.state == ClaimState.RECOMMENDED:
        return _("Decide on %(number)s")
    if claim.state == ClaimState.IN_APPEAL:
        return _("Take the appeal on %(number)s")
    if str(claim.reviewer_id) != actor.id:
        return _("Stand in on %(number)s")
    return _("Go on with %(number)s")
