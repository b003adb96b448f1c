"""What waits for the verifier: open invitations, the one asked first on top."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.to_do import ToDo
from verification.claims.models import Engagement


def to_do_for(invitations: QuerySet[Engagement]) -> list[ToDo]:
    return [_invitation(engagement) for engagement in invitations]


def _invitation(engagement: Engagement) -> ToDo:
    claim = engagement.claim
    detail = _("%(producer)s · claim %(claim)s, sealed numbers %(n)s")
    return ToDo(
        title=f"{claim.place}, {claim.period_start.year}",
        address=reverse("verifier:engagement", args=[engagement.pk]),
        detail=detail % {"producer": claim.organisation.name, "claim": claim.number, "n": engagement.snapshot.number},
        word=_("Your statement is asked"),
        at=engagement.invited_at,
    )
