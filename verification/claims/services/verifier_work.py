"""A verifier accepts the work on a claim and fills in its part of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.claims.enums import EngagementState
from verification.claims.models import Engagement, ReportDraft, VerificationWork
from verification.claims.policy import demand_verifier
from verification.claims.verification.additions import additions_from
from verification.claims.verification.words import DraftPart
from verification.claims.verifier_selectors import open_engagement, problems_by_part, sealed_of, work_of
from verification.kernel import clock
from verification.kernel.errors import Conflict, InvalidInput, Problem
from verification.notifications.services import notify
from verification.registry.models import Membership
from verification.registry.selectors import members_of, verifiers_accredited_on

IMPARTIALITY = (
    "We have no conflict of interest with the operator of this installation: no common ownership, no advice to it"
    " on its emissions, its monitoring or its control system, and nobody who acts for it or depends on it takes part."
)
"""What the verifier declares when it accepts (Delegated Regulation (EU) 2025/2551, Annex II, 1.7)."""


@transaction.atomic
def accept_invitation(engagement: Engagement, *, actor: Actor, has_declared: bool) -> VerificationWork:
    """Take on the work, with a declaration of impartiality. It lasts over newer sealings of the same claim.

    Raises ``NotAllowed``, ``Conflict`` (closed, or accepted already) and ``InvalidInput``.
    """
    demand_verifier(actor, engagement.claim, engagement.verifier_id)
    asked = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if asked.state != EngagementState.INVITED:
        raise Conflict(f"This invitation is closed: {EngagementState(asked.state).label.lower()}.")
    if work_of(engagement):
        raise Conflict("This work was accepted already.")
    problems = _obstacles_to_accepting(engagement, has_declared=has_declared)
    if problems:
        raise InvalidInput("The invitation was not accepted.", problems)
    work = VerificationWork(
        claim_id=engagement.claim_id,
        verifier_id=engagement.verifier_id,
        impartiality=IMPARTIALITY,
        accepted_by_id=int(actor.id),
        accepted_at=clock.now(),
    )
    work.save(force_insert=True)
    record_event(
        "claims.work.accepted",
        actor=actor,
        subject_type="claim",
        subject_id=engagement.claim_id,
        facts={"verifier": engagement.verifier.name, "impartiality": IMPARTIALITY},
    )
    notify(
        members_of(engagement.claim.organisation_id),
        "verifier_accepted",
        address=f"/producer/claims/{engagement.claim_id}/verifier/",
        claim=engagement.claim.number,
        verifier=engagement.verifier.name,
    )
    return work


@transaction.atomic
def save_part(work: VerificationWork, part: DraftPart, *, actor: Actor, answers: Mapping[str, Any]) -> ReportDraft:
    """Keep one part of the report. The last one who saves it is heard; what is signed is shown before.

    Raises ``NotAllowed``, ``Conflict`` where nothing waits for a statement, and ``InvalidInput`` naming the
    rule that visits or terms break. People come one by one, so the team is judged as a whole elsewhere.
    """
    demand_verifier(actor, work.claim, work.verifier_id)
    VerificationWork.objects.select_for_update().get(pk=work.pk)
    engagement = demand_open_engagement(work)
    if part != DraftPart.TEAM:
        found = problems_by_part(work.claim, sealed_of(engagement.snapshot), additions_from({part: answers}))[part]
        if found:
            raise InvalidInput("This part was not saved.", found)
    draft = ReportDraft.objects.filter(work=work, part=part).first() or ReportDraft(work=work, part=part)
    draft.answers = dict(answers)
    draft.saved_by_id, draft.saved_at = int(actor.id), clock.now()
    draft.save()
    return draft


def demand_open_engagement(work: VerificationWork) -> Engagement:
    """The invitation that waits for this verifier. Raises ``Conflict`` where there is none."""
    engagement = open_engagement(work)
    if engagement is None:
        raise Conflict("No sealed numbers wait for you now. When the producer seals new ones, you are told.")
    return engagement


def _obstacles_to_accepting(engagement: Engagement, *, has_declared: bool) -> list[Problem]:
    problems = []
    if not has_declared:
        problems.append(
            Problem(
                "block",
                "VER-039",
                "The declaration of impartiality is missing.",
                "Tick it, or decline the invitation.",
                field="declaration",
                reference="Delegated Regulation (EU) 2025/2551, Annex II, 1.7",
            )
        )
    if engagement.verifier not in verifiers_accredited_on(clock.today()):
        problems.append(
            Problem("block", "VER-020", "You have no accreditation that holds today.", "Ask your accreditation body.")
        )
    acting = Membership.objects.filter(ended_at=None)
    own = acting.filter(organisation_id=engagement.verifier_id).values("user_id")
    if acting.filter(organisation_id=engagement.claim.organisation_id, user_id__in=own).exists():
        problems.append(
            Problem(
                "block",
                "VER-025",
                "A person belongs to you and to the producer.",
                "A verifier is independent of the operator: decline the invitation.",
                reference="EN ISO/IEC 17029, 5.3",
            )
        )
    return problems
