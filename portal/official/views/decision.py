"""The approver's page: what is signed, what it does, and the signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.official.access import has_fresh_second_factor, official_only, sent_claim_or_404
from portal.official.decision_wordings import filled_in, offered
from portal.official.findings import SHOWN as FINDINGS_SHOWN
from portal.official.findings import finding_rows
from portal.official.forms import DecisionForm, SendBackForm
from portal.official.kinds import kind_of
from portal.official.numbers import content_of_snapshot
from portal.official.outcomes import first_choice, outcomes_for, sign
from portal.official.page import evidence_context
from portal.ui.actors import actor_of
from portal.ui.second_factor import has_authenticator_app, verify_code
from verification.audit.actors import Actor
from verification.claims import policy
from verification.claims.enums import ClaimState
from verification.claims.findings import last_snapshot
from verification.claims.models import Claim, Recommendation, Snapshot
from verification.claims.services.transitions import has_open_appeal
from verification.kernel.errors import Conflict, InvalidInput, NotAllowed
from verification.ledger.selectors import account_of
from verification.reference.selectors import published_release


@official_only
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: object) -> HttpResponse:
    """Decide with a fresh second factor. Whatever is refused, what was typed stays on the page."""
    actor = actor_of(request)
    claim = sent_claim_or_404(actor, pk)
    if claim.state != ClaimState.RECOMMENDED and request.method != "POST":
        return redirect("official:claim", pk=pk)
    snapshot = last_snapshot(claim)
    effect = kind_of(claim).effect(claim, content_of_snapshot(snapshot))
    effect |= {"outcomes": outcomes_for(claim, snapshot, effect)}
    effect["wordings"] = offered(claim, snapshot)
    form = DecisionForm(
        request.POST or None,
        asks_code=not has_fresh_second_factor(actor),
        outcomes=effect["outcomes"],
        wordings=effect["wordings"],
        initial=_initial(claim, effect),
    )
    status = 200
    if "fill" in request.POST:
        form = _filled(form, claim, snapshot, effect)
    elif request.method == "POST" and form.is_valid() and _proves(request, form):
        try:
            _demand_same_effect(form, effect)
            return _decided(request, claim, form, effect)
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
        form = _reread(form, claim, effect)
    return render(request, "official/decision.html", _context(request, claim, form, effect), status=status)


def _initial(claim: Claim, effect: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"seen_version": claim.version, "seen_effect": effect["fingerprint"]}
    if effect.get("legal_ground"):
        found["legal_ground"] = effect["legal_ground"]
    recommendation = claim.recommendations.last()
    draft = claim.draft_decisions.last()
    if draft is not None and not has_open_appeal(claim):
        found |= {"reasons": draft.reasons, "legal_ground": draft.legal_ground}
    elif recommendation is not None:
        found |= {"reasons": recommendation.reasons}
    return found | {"outcome": first_choice(recommendation, effect["outcomes"])}


def _proves(request: HttpRequest, form: DecisionForm) -> bool:
    """The second factor, where it has to be proved now."""
    if not form.asks_code or verify_code(request, form.cleaned_data["code"]):
        return True
    form.refuse_code()
    return False


def _demand_same_effect(form: DecisionForm, effect: Mapping[str, Any]) -> None:
    """Another decision may have taken of the same limit since the page was read."""
    if form.cleaned_data["seen_effect"] != effect["fingerprint"]:
        raise Conflict("What the approval would do changed after you opened the page. Read it again before you sign.")


def _decided(request: HttpRequest, claim: Claim, form: DecisionForm, effect: Mapping[str, Any]) -> HttpResponse:
    said, certificate = sign(claim, actor_of(request), form.cleaned_data["outcome"], form.ruling, done=effect["done"])
    messages.success(request, said)
    if certificate is not None:
        return redirect("official:certificate", pk=certificate)
    return redirect("official:claim", pk=claim.pk)


def _reread(form: DecisionForm, claim: Claim, effect: Mapping[str, Any]) -> DecisionForm:
    """The same words about the claim as it stands now: the person reads it again before signing."""
    typed = {name: form.data.get(name, "") for name in ("outcome", "wording", "reasons", "legal_ground")}
    initial = typed | {"seen_version": claim.version, "seen_effect": effect["fingerprint"]}
    return DecisionForm(
        asks_code=form.asks_code, outcomes=effect["outcomes"], wordings=effect["wordings"], initial=initial
    )


def _filled(form: DecisionForm, claim: Claim, snapshot: Snapshot, effect: Mapping[str, Any]) -> DecisionForm:
    """The page again with the wording as reasons; what it lacks is told beside the form."""
    try:
        typed = filled_in(claim, snapshot, form.data.dict())
    except InvalidInput as refusal:
        form.is_valid()
        form.add_problems(refusal)
        return form
    return DecisionForm(
        asks_code=form.asks_code, outcomes=effect["outcomes"], wordings=effect["wordings"], initial=typed
    )


def _context(request: HttpRequest, claim: Claim, form: DecisionForm, effect: Mapping[str, Any]) -> dict[str, Any]:
    actor = actor_of(request)
    snapshot = last_snapshot(claim)
    recommendation = claim.recommendations.select_related("reviewer").latest("recommended_at", "pk")
    evidence = evidence_context(claim, snapshot)
    rows = finding_rows(claim, snapshot, may_answer=False)
    return {
        "claim": claim,
        "kind": kind_of(claim),
        "snapshot": snapshot,
        "recommendation": recommendation,
        "draft": claim.draft_decisions.select_related("drafted_by", "commented_by").last(),
        "appeal": claim.appeals.filter(closed_at=None).first(),
        **effect,
        "findings": rows[:FINDINGS_SHOWN],
        "more_findings": max(0, len(rows) - FINDINGS_SHOWN),
        "changes": _changes(claim, snapshot, recommendation, evidence),
        "is_declared": claim.conflict_declarations.filter(official_id=actor.id, has_conflict=False).exists(),
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
    if _has_new_entries(claim, since):
        changes.append(Change(_("Units of another claim moved in the account of the period; less may be left.")))
    if evidence["needs_verifier"] and (evidence["standing"] is None or not evidence["standing"].holds):
        changes.append(Change(_("The verifier’s accreditation does not hold on the date of its report.")))
    return changes


def _has_new_entries(claim: Claim, since: datetime) -> bool:
    """Whether the claimant's account of the period moved; a claim without units has none."""
    account = account_of(claim.organisation, claim.scheme, claim.period_start)
    return account is not None and account.entries.filter(at__gt=since).exclude(reference=claim.number).exists()
