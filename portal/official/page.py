"""Everything that the page of one claim shows to an official."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.official.access import last_snapshot, sent_claim_or_404
from portal.official.forms import AnswerFindingForm, AskForm, RecommendForm, ReleaseForm, SendBackForm, TakeForm
from portal.official.numbers import chart_of, content_of_snapshot
from portal.official.working_days import working_days_since_sent
from portal.ui.actors import actor_of
from portal.ui.computation.recalculation import recalculation_of
from portal.ui.earlier import approved_before, years_of
from portal.ui.goods import ReadGood, goods_of
from portal.ui.pictures import pictures_of
from portal.ui.references import references_of
from verification.audit.actors import Actor
from verification.checks.model import Finding, Severity
from verification.claims import policy
from verification.claims.enums import ClaimState
from verification.claims.findings import findings_on_snapshot
from verification.claims.models import Claim, FindingAnswer, Snapshot
from verification.claims.selectors import evidence_of, statement_for_snapshot
from verification.claims.workflow import TRANSITIONS
from verification.kernel import clock
from verification.kernel.errors import NotAllowed
from verification.registry.selectors import standing_of

NEEDING_ANSWER = (Severity.REFER, Severity.BLOCK)
ANSWER_WORDS = {
    Severity.BLOCK: _("Stands against approval"),
    Severity.REFER: _("Needs your answer"),
    Severity.WARN: _("Worth a look"),
    Severity.INFO: _("Advice"),
}


@dataclass(frozen=True)
class FindingRow:
    """A finding with the answer that is recorded, and the form for one where it is asked for."""

    finding: Finding
    word: Any
    answer: FindingAnswer | None
    form: AnswerFindingForm | None

    @property
    def needs_answer(self) -> bool:
        return self.finding.severity in NEEDING_ANSWER and self.answer is None


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
    goods = goods_of(content["reading"])
    good = _chosen(goods, request.GET.get("good", ""))
    rows = finding_rows(claim, snapshot, may_answer=actions.answer, refused=bound.get("answer"))
    context = {
        "claim": claim,
        "snapshot": snapshot,
        "content": content,
        "actions": actions,
        "goods": goods,
        "good": good,
        **_pictures(claim, content, good),
        "findings": rows,
        "open_count": sum(row.needs_answer for row in rows),
        "questions": claim.questions.select_related("asked_by", "answered_by"),
        "history": history_of(claim),
        "decision": getattr(claim, "decision", None),
        "certificate": getattr(claim, "certificate", None),
        "recommendation": claim.recommendations.select_related("reviewer").last(),
        "working_days": working_days_since_sent(claim, clock.today()),
        "is_clock_stopped": claim.state == ClaimState.INFO_REQUESTED,
        "is_decided": claim.decided_at is not None,
        "forms": _forms(rows) | bound,
        **evidence_context(claim, snapshot),
    }
    return render(request, "official/claim.html", context, status=status)


def _pictures(claim: Claim, content: dict[str, Any], good: ReadGood | None) -> dict[str, Any]:
    """Of the good that was chosen; drawn from what was sealed."""
    recalculation = recalculation_of(claim, content["reading"])
    found: dict[str, Any] = {"has_computation": recalculation is not None}
    if good is None:
        return found
    references = references_of(claim.scheme, good, claim.period_end - timedelta(days=1))
    years = years_of(claim, good, approved_before(claim))
    return found | {"chart": chart_of(good, references), **pictures_of(recalculation, good, years)}


def finding_rows(
    claim: Claim, snapshot: Snapshot, *, may_answer: bool, refused: AnswerFindingForm | None = None
) -> list[FindingRow]:
    """Findings that need an answer first, then those answered, then the rest."""
    answers = {
        answer.finding_key: answer
        for answer in claim.finding_answers.filter(snapshot=snapshot).select_related("answered_by")
    }
    rows = []
    for position, finding in enumerate(findings_on_snapshot(claim, snapshot)):
        answer = answers.get(finding.key)
        form = None
        if may_answer and finding.severity in NEEDING_ANSWER and answer is None:
            form = AnswerFindingForm(initial={"finding_key": finding.key})
            if refused is not None and refused.data.get("finding_key") == finding.key:
                form = refused
            form.auto_id = f"answer_{position}_%s"
        rows.append(FindingRow(finding, ANSWER_WORDS[Severity(finding.severity)], answer, form))
    return sorted(rows, key=lambda row: (not row.needs_answer, row.answer is None))


def evidence_context(claim: Claim, snapshot: Snapshot) -> dict[str, Any]:
    """Files, and what the verifier said about exactly this snapshot."""
    statement = statement_for_snapshot(snapshot.pk)
    return {
        "files": evidence_of(claim),
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


def _chosen(goods: list[ReadGood], position: str) -> ReadGood | None:
    if position.isdecimal() and int(position) < len(goods):
        return goods[int(position)]
    return goods[0] if goods else None


def _forms(rows: list[FindingRow]) -> dict[str, Any]:
    return {
        "take": TakeForm(auto_id="take_%s"),
        "release": ReleaseForm(auto_id="release_%s"),
        "ask": AskForm(auto_id="ask_%s", subjects=[row.finding.code for row in rows]),
        "recommend": RecommendForm(auto_id="recommend_%s"),
        "send_back": SendBackForm(auto_id="send_back_%s"),
    }
