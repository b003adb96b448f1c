"""What waits for the verifier: sealed numbers to confirm, the ones asked first on top."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.to_do import ToDo
from verification.claims.models import Engagement, VerificationWork


def to_do_for(waiting: Iterable[tuple[Engagement, VerificationWork | None]]) -> list[ToDo]:
    """Each with the work that the verifier accepted, if it did."""
    return [_invitation(engagement, work) for engagement, work in waiting]


def _invitation(engagement: Engagement, work: VerificationWork | None) -> ToDo:
    claim = engagement.claim
    detail = _("%(producer)s · claim %(claim)s, sealed numbers %(n)s")
    return ToDo(
        title=f"{claim.place}, {claim.period_start.year}",
        address=reverse("verifier:work", args=[work.pk])
        if work
        else reverse("verifier:engagement", args=[engagement.pk]),
        detail=detail % {"producer": claim.organisation.name, "claim": claim.number, "n": engagement.snapshot.number},
        word=_("In work") if work else _("You are invited"),
        shape="half" if work else "act",
        at=engagement.invited_at,
    )
