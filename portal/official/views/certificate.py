"""A certificate as officials see it: its paper, the work that seals it, and its end by two people."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.official.access import has_fresh_second_factor, official_only
from portal.official.forms import LEGAL_REVOCATION, ProposalDropForm, RevocationConfirmForm, RevocationProposalForm
from portal.ui.actors import actor_of
from portal.ui.files import certificate_response
from portal.ui.second_factor import has_authenticator_app, verify_code
from verification.audit.actors import Actor
from verification.certificates.enums import CertificateStatus
from verification.certificates.models import Certificate, RevocationProposal
from verification.certificates.revocation_effects import RevocationEffects, effects_of_revocation
from verification.certificates.selectors import certificates_for, status_of
from verification.certificates.services.revocation import (
    RevocationGrounds,
    confirm_revocation,
    drop_proposal,
    propose_revocation,
)
from verification.claims.policy import demand_official_without_conflict
from verification.disclosure.models import Disclosure
from verification.disclosure.selectors import disclosures_for
from verification.jobs.models import JobState
from verification.jobs.selectors import job_for_key
from verification.jobs.services import retry
from verification.kernel.errors import Conflict, DomainError, InvalidInput, NotAllowed
from verification.kernel.identifiers import grouped

OPEN_STATUSES = (CertificateStatus.VALID, CertificateStatus.BEING_SEALED)


@official_only
@require_safe
def certificate(request: HttpRequest, pk: object) -> HttpResponse:
    return _page(request, pk)


@official_only
@require_safe
def certificate_download(request: HttpRequest, pk: object) -> HttpResponse | FileResponse:
    """The sealed file, in a cover where the certificate ended; ``?file=sealed`` gives it alone."""
    found = _certificate_or_404(actor_of(request), pk)
    return certificate_response(found, wants_sealed_file=request.GET.get("file") == "sealed")


@official_only
@require_POST
def certificate_retry(request: HttpRequest, pk: object) -> HttpResponse:
    """Give the job that seals the certificate another five attempts."""
    found = _certificate_or_404(actor_of(request), pk)
    job = job_for_key(_key(found))
    if job is None or job.state != JobState.DEAD:
        messages.error(request, _("There is nothing to try again."))
    elif retry(job.pk):
        messages.success(request, _("The certificate is being sealed again."))
    else:
        messages.warning(request, _("It is queued; the work starts as soon as the workers can be reached."))
    return redirect("official:certificate", pk=pk)


@official_only
@require_POST
def revocation_propose(request: HttpRequest, pk: object) -> HttpResponse:
    """The first of two people; the button beside it only shows what it would touch. Nothing ends yet."""
    actor = actor_of(request)
    found = _certificate_or_404(actor, pk)
    form = RevocationProposalForm(request.POST, auto_id="propose_%s")
    status = 200
    if "preview" in request.POST:
        return _page(request, pk, propose=_previewed(form))
    if form.is_valid():
        try:
            propose_revocation(found, actor=actor, grounds=RevocationGrounds(**form.cleaned_data))
        except InvalidInput as refusal:
            form.add_problems(refusal)
        except (Conflict, NotAllowed) as refusal:
            status = _refused(request, refusal)
        else:
            messages.success(request, _("Your proposal is recorded. A different approver must confirm it."))
            return redirect("official:certificate", pk=pk)
    return _page(request, pk, status=status, propose=form)


@official_only
@require_POST
def revocation_confirm(request: HttpRequest, pk: object) -> HttpResponse:
    """The second person signs: certificate, approved values and claim end together."""
    actor = actor_of(request)
    proposal = _proposal_or_404(_certificate_or_404(actor, pk), request.POST.get("proposal", ""))
    form = RevocationConfirmForm(request.POST, auto_id="confirm_%s", asks_code=not has_fresh_second_factor(actor))
    status = 200
    if form.is_valid():
        if form.asks_code and not verify_code(request, form.cleaned_data["code"]):
            form.refuse_code()
            return _page(request, pk, confirm=form)
        try:
            revocation = confirm_revocation(proposal, actor=actor_of(request))
        except (Conflict, NotAllowed) as refusal:
            status = _refused(request, refusal)
        else:
            messages.success(
                request, _("Revoked under %(number)s. The public page says so now.") % {"number": revocation.number}
            )
            return redirect("official:certificate", pk=pk)
    return _page(request, pk, status=status, confirm=form)


@official_only
@require_POST
def revocation_drop(request: HttpRequest, pk: object) -> HttpResponse:
    """The second person does not agree; the certificate stays in force."""
    actor = actor_of(request)
    proposal = _proposal_or_404(_certificate_or_404(actor, pk), request.POST.get("proposal", ""))
    form = ProposalDropForm(request.POST, auto_id="drop_%s")
    status = 200
    if form.is_valid():
        try:
            drop_proposal(proposal, actor=actor, reason=form.cleaned_data["reason"])
        except (Conflict, NotAllowed) as refusal:
            status = _refused(request, refusal)
        else:
            messages.success(request, _("The proposal was dropped; the certificate stays in force."))
            return redirect("official:certificate", pk=pk)
    return _page(request, pk, status=status, drop=form)


def _hindrance(actor: Actor, certificate: Certificate) -> str:
    """Why this person may have no part in the certificate's end; empty where it may."""
    try:
        demand_official_without_conflict(actor, certificate.claim)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _page(request: HttpRequest, pk: object, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor = actor_of(request)
    found = _certificate_or_404(actor, pk)
    proposal = found.revocation_proposals.filter(closed_at=None).select_related("proposed_by").first()
    state = status_of(found)
    is_proposer = proposal is not None and str(proposal.proposed_by_id) == actor.id
    touched, hindrance = _touched(found, proposal, bound.get("propose")), _hindrance(actor, found)
    context = {
        "certificate": found,
        "claim": found.claim,
        "touched": touched,
        "shown_to": _shown_to(found, actor) if touched else [],
        "record": json.loads(found.record),
        "code": grouped(found.code),
        "status": state,
        "is_open": state in OPEN_STATUSES,
        "job": job_for_key(_key(found)),
        "proposal": proposal,
        "is_proposer": is_proposer,
        "hindrance": hindrance,
        "may_confirm": proposal is not None and actor.has_role("approver") and not is_proposer and not hindrance,
        "may_drop": proposal is not None and actor.has_role("approver") and not hindrance,
        "may_propose": proposal is None and bool(actor.roles & {"approver", "reviewer"}) and not hindrance,
        "has_authenticator_app": has_authenticator_app(request.user),
        "forms": {
            "propose": RevocationProposalForm(
                auto_id="propose_%s", initial={"effective_on": found.valid_from, "legal_ground": LEGAL_REVOCATION}
            ),
            "confirm": RevocationConfirmForm(auto_id="confirm_%s", asks_code=not has_fresh_second_factor(actor)),
            "drop": ProposalDropForm(auto_id="drop_%s"),
        }
        | bound,
    }
    return render(request, "official/certificate.html", context, status=status)


def _previewed(form: RevocationProposalForm) -> RevocationProposalForm:
    """To look at what is touched, the day is enough; reason and ground may still be missing."""
    for name in [name for name in form.errors if name != "effective_on"]:
        del form.errors[name]
    return form


def _touched(
    found: Certificate, proposal: RevocationProposal | None, form: RevocationProposalForm | None
) -> RevocationEffects | None:
    """From the day that is proposed, or that somebody is about to propose."""
    if proposal is not None:
        return effects_of_revocation(found, proposal.effective_on)
    day = form.cleaned_data.get("effective_on") if form is not None and form.is_bound else None
    return effects_of_revocation(found, day) if day else None


def _shown_to(found: Certificate, actor: Actor) -> list[Disclosure]:
    """The newest grant of each importer that was shown a report; it is told of a revocation."""
    grants = disclosures_for(actor, found.claim).order_by("granted_at", "pk")
    return sorted({grant.recipient_id: grant for grant in grants}.values(), key=lambda grant: grant.recipient.name)


def _certificate_or_404(actor: Actor, pk: object) -> Certificate:
    return get_object_or_404(certificates_for(actor), pk=pk)


def _proposal_or_404(found: Certificate, proposal_id: str) -> RevocationProposal:
    """The proposal that was on the page, not another one that took its place."""
    if not proposal_id.isdecimal():
        raise Http404
    return get_object_or_404(found.revocation_proposals, pk=int(proposal_id))


def _refused(request: HttpRequest, refusal: DomainError) -> int:
    messages.error(request, str(refusal))
    return 409 if isinstance(refusal, Conflict) else 403


def _key(found: Certificate) -> str:
    return f"certificate-{found.pk}"
