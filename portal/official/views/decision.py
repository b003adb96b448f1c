"""The approver's page: what is signed, what it does, and the signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.official.access import has_fresh_second_factor, last_snapshot, official_only, sent_claim_or_404
from portal.official.forms import DecisionForm, SendBackForm
from portal.official.numbers import content_of_snapshot, effects_of_approval
from portal.official.page import evidence_context, finding_rows
from portal.ui.actors import actor_of
from portal.ui.goods import goods_of
from portal.ui.second_factor import has_authenticator_app, verify_code
from verification.audit.actors import Actor
from verification.certificates.services.approval import approve_claim
from verification.claims import policy
from verification.claims.enums import ClaimState, DecisionOutcome, RecommendationKind
from verification.claims.models import Claim, Recommendation, Snapshot
from verification.claims.services.review import refuse_claim
from verification.determination.services import span_of_override
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.reference.selectors import published_release


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: object) -> HttpResponse:
    """Decide with a fresh second factor. Whatever is refused, what was typed stays on the page."""
    actor = actor_of(request)
    claim = sent_claim_or_404(actor, pk)
    if claim.state != ClaimState.RECOMMENDED and request.method != "POST":
        return redirect("official:claim", pk=pk)
    form = DecisionForm(request.POST or None, asks_code=not has_fresh_second_factor(actor), initial=_initial(claim))
    status = 200
    if request.method == "POST" and form.is_valid() and _proves(request, form):
        try:
            return _decided(request, claim, form)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        except (Conflict, NotAllowed) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 403
            messages.error(request, str(refusal))
    claim = sent_claim_or_404(actor, pk)
    if claim.state != ClaimState.RECOMMENDED:
        messages.error(request, _("This claim no longer waits for a decision. Nothing of yours was saved."))
        return redirect("official:claim", pk=pk)
    if status == 409:
        form = _reread(form, claim)
    return render(request, "official/decision.html", _context(request, claim, form), status=status)


def _initial(claim: Claim) -> dict[str, Any]:
    recommendation = claim.recommendations.last()
    if recommendation is None:
        return {"seen_version": claim.version}
    is_approval = recommendation.kind == RecommendationKind.APPROVE
    return {
        "seen_version": claim.version,
        "outcome": DecisionOutcome.APPROVED if is_approval else DecisionOutcome.REFUSED,
        "reasons": recommendation.reasons,
    }


def _proves(request: HttpRequest, form: DecisionForm) -> bool:
    """The second factor, where it has to be proved now."""
    if not form.asks_code or verify_code(request, form.cleaned_data["code"]):
        return True
    form.refuse_code()
    return False


def _decided(request: HttpRequest, claim: Claim, form: DecisionForm) -> HttpResponse:
    actor = actor_of(request)
    if form.cleaned_data["outcome"] == DecisionOutcome.APPROVED:
        certificate = approve_claim(claim, actor=actor, ruling=form.ruling)
        messages.success(
            request,
            _("Approved. The values are in force; certificate %(number)s is being sealed.")
            % {"number": certificate.number},
        )
        return redirect("official:certificate", pk=certificate.pk)
    refused = refuse_claim(claim, actor=actor, ruling=form.ruling)
    messages.success(request, _("Refused by decision %(number)s; the producer was told.") % {"number": refused.number})
    return redirect("official:claim", pk=claim.pk)


def _reread(form: DecisionForm, claim: Claim) -> DecisionForm:
    """The same words about the claim as it stands now: the person reads it again before signing."""
    typed = {name: form.data.get(name, "") for name in ("outcome", "reasons", "legal_ground")}
    return DecisionForm(asks_code=form.asks_code, initial=typed | {"seen_version": claim.version})


def _context(request: HttpRequest, claim: Claim, form: DecisionForm) -> dict[str, Any]:
    actor = actor_of(request)
    snapshot = last_snapshot(claim)
    recommendation = claim.recommendations.select_related("reviewer").latest("recommended_at", "pk")
    span = span_of_override(claim.scheme, claim.period_start.year)
    evidence = evidence_context(claim, snapshot)
    return {
        "claim": claim,
        "snapshot": snapshot,
        "recommendation": recommendation,
        "span": span,
        "effects": effects_of_approval(claim, goods_of(content_of_snapshot(snapshot)["reading"]), span),
        "findings": finding_rows(claim, snapshot, may_answer=False),
        "changes": _changes(claim, snapshot, recommendation, evidence),
        "hindrance": _hindrance(actor, claim),
        "form": form,
        "asks_code": form.asks_code,
        "has_authenticator_app": has_authenticator_app(request.user),
        "send_back_form": SendBackForm(auto_id="send_back_%s"),
        **evidence,
    }


def _hindrance(actor: Actor, claim: Claim) -> str:
    """Why this person may not decide; empty where it may."""
    try:
        policy.demand_approver(actor, claim)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


@dataclass(frozen=True)
class Change:
    """Something that is not as it was when the reviewer recommended."""

    text: str


def _changes(
    claim: Claim, snapshot: Snapshot, recommendation: Recommendation, evidence: dict[str, Any]
) -> list[Change]:
    since = recommendation.recommended_at
    changes = []
    if recommendation.snapshot_id != snapshot.pk:
        changes.append(Change(_("The numbers were sealed again; the recommendation is about an older snapshot.")))
    if any(use.attached_at > since for use in evidence["files"]):
        changes.append(Change(_("Evidence was added.")))
    if published_release(claim.scheme) != published_release(claim.scheme, known_at=since):
        changes.append(Change(_("A new release of the reference data was published.")))
    if evidence["standing"] is None or not evidence["standing"].holds:
        changes.append(Change(_("The verifier’s accreditation does not hold on the date of its report.")))
    return changes
