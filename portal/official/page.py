"""Everything that the page of one claim shows to an official."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.official.access import last_snapshot, sent_claim_or_404
from portal.official.findings import SHOWN as FINDINGS_SHOWN
from portal.official.findings import FindingRow, PageOfClaim, finding_rows
from portal.official.forms import AskForm, RecommendForm, ReleaseForm, SendBackForm, TakeForm
from portal.official.kinds import kind_of
from portal.official.numbers import content_of_snapshot
from portal.official.working_days import working_days_since_sent
from portal.ui.actors import actor_of
from verification.audit.actors import Actor
from verification.certificates.selectors import certificate_of
from verification.claims import policy
from verification.claims.enums import ClaimState
from verification.claims.kinds import manifest_of
from verification.claims.models import Claim, Snapshot
from verification.claims.selectors import evidence_of, statement_for_snapshot
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import NotAllowed
from verification.registry.selectors import standing_of


@dataclass(frozen=True)
class Actions:
    """What this person may do with the claim as it stands; the services judge again when it is done."""

    take: bool = False
    release: bool = False
    ask: bool = False
    answer: bool = False
    recommend: bool = False
    send_back: bool = False
    decide: bool = False

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def actions_for(actor: Actor, claim: Claim) -> Actions:
    def may(name: str) -> bool:
        transition = TRANSITIONS[name]
        if claim.state not in transition.sources:
            return False
        try:
            if transition.needs_fresh_second_factor:
                policy.demand_approver(actor, claim)
            else:
                policy.demand(actor, transition, claim)
        except NotAllowed:
            return False
        return True

    return Actions(
        take=may("take"),
        release=may("release"),
        ask=may("ask"),
        answer=may("recommend"),
        recommend=may("recommend"),
        send_back=may("send_back"),
        decide=may("approve"),
    )


def claim_page(request: HttpRequest, pk: object, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The claim as it stands now. ``bound`` are forms that were refused, by the name of their action."""
    actor = actor_of(request)
    claim = sent_claim_or_404(actor, pk)
    snapshot = last_snapshot(claim)
    actions = actions_for(actor, claim)
    content = content_of_snapshot(snapshot)
    rows = finding_rows(claim, snapshot, may_answer=actions.answer, refused=bound.get("answer"))
    kind = kind_of(claim)
    context = {
        "claim": claim,
        "kind": kind,
        "snapshot": snapshot,
        "content": content,
        "actions": actions,
        **kind.panel(PageOfClaim(request, claim, content, rows, may_judge=actions.recommend)),
        "findings": rows[:FINDINGS_SHOWN],
        "more_findings": max(0, len(rows) - FINDINGS_SHOWN),
        "open_count": sum(row.needs_answer for row in rows),
        "questions": claim.questions.select_related("asked_by", "answered_by"),
        "history": history_of(claim),
        "decision": claim.decision,
        "certificate": certificate_of(claim),
        "recommendation": claim.recommendations.select_related("reviewer").last(),
        "working_days": working_days_since_sent(claim, clock.today()),
        "is_clock_stopped": claim.state == ClaimState.INFO_REQUESTED,
        "is_decided": claim.decided_at is not None,
        "forms": _forms(claim, rows) | bound,
        **evidence_context(claim, snapshot),
    }
    return render(request, "official/claim.html", context, status=status)


def evidence_context(claim: Claim, snapshot: Snapshot) -> dict[str, Any]:
    """Files, and what the verifier said about exactly this snapshot."""
    statement = statement_for_snapshot(snapshot.pk)
    return {
        "files": evidence_of(claim),
        "needs_verifier": manifest_of(claim).needs_verifier,
        "statement": statement,
        "standing": standing_of(statement.accreditation, statement.report_dated_on) if statement else None,
    }


def history_of(claim: Claim) -> list[dict[str, Any]]:
    """Steps for people, the newest first."""
    steps = claim.steps.select_related("snapshot").order_by("-claim_version")
    return [
        {
            "title": TRANSITIONS[step.name].words,
            "at": step.at,
            "by": step.actor_label,
            "comment": step.comment,
            "sha256": step.snapshot.sha256 if step.snapshot else "",
        }
        for step in steps
    ]


def _forms(claim: Claim, rows: list[FindingRow]) -> dict[str, Any]:
    return {
        "take": TakeForm(auto_id="take_%s"),
        "release": ReleaseForm(auto_id="release_%s"),
        "ask": AskForm(auto_id="ask_%s", subjects=[row.finding.code for row in rows]),
        "recommend": RecommendForm(auto_id="recommend_%s", claim_kind=claim.kind, scheme=claim.scheme),
        "send_back": SendBackForm(auto_id="send_back_%s"),
    }
