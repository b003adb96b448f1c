"""The end of an approval: no declaration can rest on it any more. Before that, reminders to renew."""

from __future__ import annotations

from django.db import transaction

from verification.audit.actors import Actor
from verification.certificates.models import Certificate
from verification.claims.enums import ClaimState
from verification.claims.kinds import address_of
from verification.claims.models import Claim
from verification.claims.services.deadlines import remind_once
from verification.claims.services.transitions import move
from verification.kernel import clock
from verification.kernel.errors import Conflict
from verification.reference.selectors import procedure_of
from verification.registry.selectors import members_of

EXPIRY = Actor.system("expiry")


def act_on_expiry() -> dict[str, int]:
    """Expire approved claims whose last use is over, and remind of those whose last use comes; how many of each.

    The certificate stays what it is for the imports of its span; an approval can still be superseded or revoked.
    """
    done = {"expired": 0, "reminded": 0}
    approved = Claim.objects.filter(state=ClaimState.APPROVED, certificates__isnull=False).distinct()
    for claim in approved.iterator(chunk_size=500):
        try:
            with transaction.atomic():
                claim.refresh_from_db(from_queryset=Claim.objects.select_for_update(of=("self",)))
                outcome = _follow(claim)
        except Conflict:  # somebody superseded or revoked it meanwhile
            continue
        if outcome:
            done[outcome] += 1
    return done


def _follow(claim: Claim) -> str:
    if claim.state != ClaimState.APPROVED:
        return ""
    procedure, today = procedure_of(claim.scheme), clock.today()
    last_use_on = procedure.last_use_on(claim.period_end)
    if today > last_use_on:
        move(claim, "expire", EXPIRY, facts={"last_use_on": last_use_on.isoformat()})
        return "expired"
    left = (last_use_on - today).days
    due = sorted(days for days in procedure.renewal_reminder_days if left <= days)
    if not due:
        return ""
    certificate = Certificate.objects.filter(claim=claim).latest("issued_at")
    is_new = remind_once(
        claim,
        members_of(claim.organisation_id),
        "renewal_reminder",
        key=f"renewal-{certificate.pk}-{due[0]}",
        address=address_of(claim),
        last_use_on=last_use_on.isoformat(),
        days=str(left),
    )
    return "reminded" if is_new else ""
