"""What waits for the official: claims that nobody else could be meant for, as ``queue.needing`` finds them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.ui.states import shape_of
from portal.ui.to_do import ToDo
from verification.claims.enums import ClaimState
from verification.claims.models import Claim


def to_do_for(claims: Iterable[Claim]) -> list[ToDo]:
    return [_claim(claim) for claim in claims]


def _claim(claim: Claim) -> ToDo:
    decides = claim.state == ClaimState.RECOMMENDED
    title = _("Decide on %(number)s") if decides else _("Go on with %(number)s")
    sent = date_format(claim.submitted_at, "j M Y") if claim.submitted_at else ""
    return ToDo(
        title=title % {"number": claim.number},
        address=reverse("official:decision" if decides else "official:claim", args=[claim.pk]),
        detail=_("%(place)s, %(kind)s, sent %(day)s")
        % {"place": claim.place, "kind": claim.get_kind_display(), "day": sent},
        shape=shape_of(claim.state),
        word=ClaimState(claim.state).label,
    )
