"""Reading the verifier's work, scoped to the actor; and what its rules need from earlier claims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, QuerySet

from verification.audit.actors import Actor
from verification.claims.enums import EngagementState
from verification.claims.models import (
    Claim,
    Engagement,
    FindingMessage,
    SealedReport,
    Snapshot,
    VerificationStatement,
    VerificationWork,
    VerifierFinding,
)
from verification.claims.subjects.statement import audits_before, earlier_statements, standing_when_signed
from verification.claims.verification.additions import (
    Additions,
    additions_from,
    methods_problems,
    terms_problems,
    visit_problems,
)
from verification.claims.verification.assembly import Sealed
from verification.claims.verification.conclusion import FindingFacts
from verification.claims.verification.team import team_problems
from verification.claims.verification.visits import limits_on, visit_refusal
from verification.claims.verification.words import DraftPart
from verification.claims.workflow import OPEN_STATES
from verification.kernel.errors import Problem
from verification.registry.models import Accreditation, Organisation


def works_for(actor: Actor) -> QuerySet[VerificationWork]:
    """Works of the actor's verifier organisations; nobody else's."""
    return VerificationWork.objects.select_related("claim__organisation", "claim__installation", "verifier").filter(
        verifier__pk__in=actor.organisation_ids
    )


def work_of(engagement: Engagement) -> VerificationWork | None:
    """The accepted work to which an invitation belongs."""
    return VerificationWork.objects.filter(claim_id=engagement.claim_id, verifier_id=engagement.verifier_id).first()


def open_engagement(work: VerificationWork) -> Engagement | None:
    """The invitation on the numbers that are sealed now and wait for the verifier."""
    return work.engagements.filter(state=EngagementState.INVITED).select_related("snapshot").first()


def additions_of(work: VerificationWork) -> Additions:
    """The report's own part as far as it is filled in."""
    return additions_from({draft.part: draft.answers for draft in work.drafts.all()})


def findings_of(work: VerificationWork) -> QuerySet[VerifierFinding]:
    """Findings with what was written about them. The caller has checked that it may see the work."""
    messages = Prefetch("messages", FindingMessage.objects.select_related("written_by"))
    return work.findings.select_related("closing__snapshot", "snapshot", "raised_by").prefetch_related(messages)


def findings_for_producer(claim: Claim) -> QuerySet[VerifierFinding]:
    """Everything that verifiers found in a claim. The caller has checked that the claim is its own."""
    messages = Prefetch("messages", FindingMessage.objects.select_related("written_by"))
    return (
        VerifierFinding.objects.filter(work__claim=claim)
        .select_related("work__verifier", "closing__snapshot", "snapshot")
        .prefetch_related(messages)
        .order_by("work__accepted_at", "number")
    )


def facts_of(finding: VerifierFinding) -> FindingFacts:
    closing = getattr(finding, "closing", None)
    return FindingFacts(
        number=finding.number,
        kind=finding.kind,
        is_material=finding.is_material,
        subject=finding.subject,
        text=finding.text,
        outcome=closing.outcome if closing else "",
        reason=closing.reason if closing else "",
    )


def finding_facts(work: VerificationWork) -> list[FindingFacts]:
    return [facts_of(finding) for finding in work.findings.select_related("closing")]


def sealed_of(snapshot: Snapshot) -> Sealed:
    return Sealed(json.loads(snapshot.content), snapshot.number, snapshot.sha256)


def problems_by_part(claim: Claim, sealed: Sealed, additions: Additions) -> dict[str, list[Problem]]:
    """What each part of the report still lacks, or which rule it breaks."""
    earlier = earlier_statements(claim)
    return {
        DraftPart.TEAM: list(
            team_problems(additions.team, audits_before=audits_before(claim, earlier, additions.lead_auditor))
        ),
        DraftPart.VISITS: list(_visit_problems(claim, sealed, additions)),
        DraftPart.TERMS: list(terms_problems(additions.terms)),
        DraftPart.METHODS: list(methods_problems(additions.methods)),
        DraftPart.PRECURSORS: [],
    }


def history_of(claim: Claim, additions: Additions) -> dict[int, str]:
    """Visits of earlier years: as declared, and where the portal has a statement, as signed."""
    return additions.history | {year: seen.visit_kind for year, seen in earlier_statements(claim).items()}


def _visit_problems(claim: Claim, sealed: Sealed, additions: Additions) -> Iterator[Problem]:
    found = list(visit_problems(additions.visits, claim.period_start))
    yield from found
    if any(problem.field == "kind" for problem in found):
        return
    refusal = visit_refusal(
        additions.visits.kind,
        history_of(claim, additions),
        claim.period_start.year,
        limits=limits_on(claim.period_end - timedelta(days=1)),
        makes_electricity_alone=sealed.makes_electricity_alone,
        is_force_majeure=additions.visits.is_force_majeure,
    )
    if refusal:
        yield Problem("block", refusal.code, refusal.message, refusal.mend, field="kind", reference=refusal.reference)


def sealed_report_of(statement: VerificationStatement) -> SealedReport | None:
    """The report sealed with the statement; statements signed before reports were sealed have none."""
    return SealedReport.objects.filter(statement=statement).first()


@dataclass(frozen=True)
class TouchedStatement:
    """A statement of a verifier under a measure. ``problem`` is empty where the statement stays valid."""

    statement: VerificationStatement
    problem: str

    @property
    def claim(self) -> Claim:
        return self.statement.engagement.claim

    @property
    def is_claim_open(self) -> bool:
        return self.claim.state in OPEN_STATES

    @property
    def stands(self) -> bool:
        return not self.problem


def statements_touched(accreditation: Accreditation) -> list[TouchedStatement]:
    """Statements under an accreditation that has a measure, those that no longer stand first."""
    if not accreditation.measures.exists():
        return []
    signed = (
        VerificationStatement.objects.filter(accreditation=accreditation, engagement__state=EngagementState.CONFIRMED)
        .select_related("engagement__claim__organisation", "engagement__claim__installation", "accreditation")
        .select_related("engagement__claim__reviewer")
        .prefetch_related("accreditation__measures")
        .order_by("-signed_at")
    )
    touched = [TouchedStatement(statement, standing_when_signed(statement).why) for statement in signed]
    return sorted(touched, key=lambda each: each.stands)


def statements_touched_for(actor: Actor, verifier: Organisation) -> list[TouchedStatement]:
    """What measures on the verifier's accreditations mean for its statements; for officials."""
    if not actor.is_official:
        return []
    return [each for accreditation in verifier.accreditations.all() for each in statements_touched(accreditation)]
