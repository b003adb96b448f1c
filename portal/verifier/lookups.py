"""Finding the person's own invitations and works. What belongs to another verifier is not found."""

from __future__ import annotations

import json
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from verification.audit.actors import Actor
from verification.claims.enums import EngagementState
from verification.claims.models import Engagement, VerificationWork, VerifierFinding
from verification.claims.selectors import engagements_for, evidence_of
from verification.claims.verifier_selectors import findings_of, works_for
from verification.kernel.errors import Conflict


def own_engagement_or_404(actor: Actor, pk: object) -> Engagement:
    return get_object_or_404(engagements_for(actor), pk=pk)


def own_work_or_404(actor: Actor, pk: object) -> VerificationWork:
    return get_object_or_404(works_for(actor), pk=pk)


def finding_or_404(work: VerificationWork, number: int) -> VerifierFinding:
    finding = get_object_or_404(findings_of(work), number=number)
    finding.work = work
    return finding


def demand_invited(found: Engagement) -> None:
    if found.state != EngagementState.INVITED:
        raise Conflict(_("This invitation is closed: %(state)s.") % {"state": found.get_state_display().lower()})


def shown_numbers(found: Engagement) -> dict[str, Any]:
    """Exactly what was sealed, never the claim as it is now."""
    content = json.loads(found.snapshot.content)
    return {
        "engagement": found,
        "content": content,
        "reading": content["reading"],
        "files": evidence_of(found.claim),
        "statement": getattr(found, "statement", None),
    }
