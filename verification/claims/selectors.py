"""Reading claims, each selector scoped to the actor. What an actor may not see does not exist for it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from verification.audit.actors import Actor
from verification.claims.enums import ClaimState, EngagementState, ReversalOutcome
from verification.claims.models import (
    AnswerRow,
    Authorisation,
    Claim,
    ClaimEvidence,
    Engagement,
    PreCheck,
    QuestionFile,
    RegistryExport,
    ReversalEvent,
    Snapshot,
    VerificationStatement,
)
from verification.claims.workflow import OPEN_STATES
from verification.database.kept import Given, Kept
from verification.evidence.models import EvidenceFile
from verification.kernel import clock


def claims_for(actor: Actor) -> QuerySet[Claim]:
    """A producer's own claims; for officials, everything that was ever sent."""
    claims = Claim.objects.select_related("organisation", "installation", "reviewer")
    own = Q(organisation_id__in=actor.organisation_ids)
    if actor.is_official:
        return claims.filter(own | ~Q(submitted_at=None))
    return claims.filter(own)


def own_claims(actor: Actor) -> QuerySet[Claim]:
    return Claim.objects.select_related("organisation", "installation").filter(
        organisation_id__in=actor.organisation_ids
    )


def sent_claim_for(actor: Actor, pk: object) -> Claim | None:
    """A claim that was sent, for officials; without what pages of claims do not show of it."""
    return SENT_CLAIM.first(claim=pk) if actor.is_official else None


SENT_CLAIM = Kept(
    lambda: (
        Claim.objects.select_related("organisation", "installation", "reviewer")
        .filter(pk=Given("claim"), submitted_at__isnull=False)
        .defer("reading", "goods_in_short")
    )
)


def newest_snapshot(claim: Claim) -> Snapshot | None:
    """What was sealed last. The caller has checked that it may see the claim."""
    found = NEWEST_SNAPSHOT.first(claim=claim.pk)
    if found is not None:
        found.claim = claim
    return found


NEWEST_SNAPSHOT = Kept(lambda: Snapshot.objects.filter(claim=Given("claim")).order_by("-number")[:1])


def open_claims() -> QuerySet[Claim]:
    """What officials work at. The caller has checked that it is one who asks."""
    return Claim.objects.filter(due_on__isnull=False, state__in=OPEN_STATES)


def queue_for(actor: Actor) -> QuerySet[Claim]:
    """Open claims, the shortest clock first."""
    if not actor.is_official:
        return Claim.objects.none()
    return open_claims().select_related("organisation", "installation", "reviewer").order_by("due_on", "id")


def decided_claims(actor: Actor) -> QuerySet[Claim]:
    if not actor.is_official:
        return Claim.objects.none()
    return (
        Claim.objects.select_related("organisation", "installation")
        .prefetch_related("decisions")
        .exclude(decided_at=None)
        .order_by("-decided_at", "-id")
    )


def engagements_for(actor: Actor) -> QuerySet[Engagement]:
    """Invitations and statements of the actor's verifier organisations."""
    return (
        Engagement.objects.select_related(
            "claim__organisation", "claim__installation", "snapshot", "verifier", "statement"
        )
        .filter(verifier__pk__in=actor.organisation_ids)
        .exclude(state=EngagementState.REPLACED)
    )


def statement_for_snapshot(snapshot_id: int) -> VerificationStatement | None:
    return STATEMENT.first(snapshot=snapshot_id)


STATEMENT = Kept(
    lambda: (
        VerificationStatement.objects.filter(
            engagement__snapshot_id=Given("snapshot"), engagement__state=EngagementState.CONFIRMED
        )
        .select_related("engagement__verifier", "accreditation", "report", "sealed_report")
        .prefetch_related("accreditation__measures")
        .order_by("pk")[:1]
    )
)


def pre_checks_for(actor: Actor) -> QuerySet[PreCheck]:
    """Requests for an advance answer, each with what was sealed for it. The claim itself stays the claimant's draft."""
    if not actor.is_official:
        return PreCheck.objects.none()
    return PreCheck.objects.select_related("claim__organisation", "snapshot", "asked_by", "answered_by")


def reversals_for(actor: Actor) -> QuerySet[ReversalEvent]:
    """Events on accepted units; officials see all, a party those of its claims."""
    events = ReversalEvent.objects.select_related("claim__organisation", "block", "recorded_by")
    return events if actor.is_official else events.filter(claim__organisation_id__in=actor.organisation_ids)


def overdue_reversals(actor: Actor) -> QuerySet[ReversalEvent]:
    """Open events whose day to be replaced has passed, the oldest first."""
    return (reversals_for(actor) & reversals_overdue_on(clock.today())).order_by("replacement_due_on", "pk")


def reversals_overdue_on(day: date | Given) -> QuerySet[ReversalEvent]:
    """Everybody's. The caller has checked that an official asks."""
    return ReversalEvent.objects.filter(outcome=ReversalOutcome.OPEN, replacement_due_on__lt=day)


def registry_exports_for(actor: Actor) -> QuerySet[RegistryExport]:
    """Exports of registries that were loaded, the newest first; for officials."""
    if not actor.is_official:
        return RegistryExport.objects.none()
    return RegistryExport.objects.select_related("loaded_by")


def evidence_of(claim: Claim) -> QuerySet[ClaimEvidence]:
    """Files that stand in the claim now. The caller has checked that it may see the claim."""
    return claim.evidence.filter(removed_at=None).select_related("file")


def files_of(claim: Claim) -> list[ClaimEvidence]:
    """The same, read at once."""
    return FILES.rows(claim=claim.pk)


FILES = Kept(lambda: ClaimEvidence.objects.filter(claim=Given("claim"), removed_at=None).select_related("file"))


def file_for(actor: Actor, file_id: UUID | str) -> EvidenceFile | None:
    """The file, if it is of the actor's organisation, or stands in a claim that the actor examines or verifies,
    or belongs to a question that the actor's organisation was asked."""
    file = EvidenceFile.objects.filter(pk=file_id).first()
    if file is None or actor.belongs_to(file.organisation_id):
        return file
    uses = ClaimEvidence.objects.filter(file=file)
    reports = VerificationStatement.objects.filter(report=file)
    if actor.is_official:
        was_sent, is_asked = ~Q(claim__submitted_at=None), Q(claim__state=ClaimState.PRE_CHECK)
        is_seen = (
            uses.filter(was_sent | is_asked).exists()
            or Authorisation.objects.filter(was_sent | is_asked, document=file).exists()
            or reports.exclude(engagement__claim__submitted_at=None).exists()
            or QuestionFile.objects.filter(file=file).exists()
        )
    else:
        is_seen = (
            uses.filter(claim__engagements__verifier__pk__in=actor.organisation_ids).exists()
            or reports.filter(engagement__claim__organisation_id__in=actor.organisation_ids).exists()
            or QuestionFile.objects.filter(
                file=file, question__claim__organisation_id__in=actor.organisation_ids
            ).exists()
        )
    return file if is_seen else None


def predecessors_of(claim: Claim) -> list[Claim]:
    """Claims with which this one is compared: the one that it amends, and last year's approved one."""
    found = [claim.amends] if claim.amends else []
    if claim.installation is None:
        return found
    last_year = Claim.objects.filter(
        installation_id=claim.installation.pk,
        scheme=claim.scheme,
        period_end=claim.period_start,
        state__in=(ClaimState.APPROVED, ClaimState.EXPIRED, ClaimState.SUPERSEDED),
    ).order_by("-decided_at")
    return found + list(last_year[:1])


def stored_answers(claim: Claim) -> dict[str, dict[str, dict[str, str]]]:
    """Every answer of the claim as it was typed, in the order of the sections' rows."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in AnswerRow.objects.filter(claim=claim).order_by("position", "pk"):
        found.setdefault(row.section, {})[row.key] = row.values
    return found
