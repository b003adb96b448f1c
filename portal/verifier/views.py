"""What a verifier sees and does. The numbers shown are the sealed ones, never the claim as it is now."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.files import evidence_response
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from portal.ui.second_factor import has_authenticator_app, verify_code
from portal.ui.uploads import largest_upload_megabytes
from portal.verifier.forms import DeclineForm, StatementForm
from portal.verifier.to_do import to_do_for
from verification.audit.actors import Actor
from verification.claims.enums import EngagementState
from verification.claims.models import Engagement
from verification.claims.policy import demand_fresh_second_factor
from verification.claims.selectors import engagements_for, evidence_of, file_for
from verification.claims.services.verification import confirm_snapshot, decline_engagement
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.kernel.errors import Conflict, InvalidInput, Problem, SecondFactorNeeded
from verification.registry.selectors import accreditations_of

PDF = "application/pdf"


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Open invitations first, then what was answered."""
    engagements = engagements_for(actor_of(request)).defer("claim__reading", "snapshot__content")
    context = {
        "to_do": to_do_for(engagements.filter(state=EngagementState.INVITED).order_by("invited_at")),
        "page": keyset_page(
            engagements.exclude(state=EngagementState.INVITED),
            order=("-invited_at", "-id"),
            cursor=request.GET.get("cursor", ""),
        ),
    }
    return render(request, "verifier/home.html", context)


@signed_in
@require_safe
def engagement(request: HttpRequest, pk: object) -> HttpResponse:
    """Exactly what was sealed, and the files of the claim."""
    found = _own_engagement_or_404(actor_of(request), pk)
    return render(request, "verifier/engagement.html", _shown(found))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_confirm(request: HttpRequest, pk: object) -> HttpResponse:
    """The statement. Whatever is refused, what was typed and uploaded stays."""
    actor = actor_of(request)
    found = _own_engagement_or_404(actor, pk)
    _demand_invited(found)
    asks_code = not _is_fresh(actor)
    accreditations = accreditations_of(found.verifier_id)
    form = StatementForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        accreditations=accreditations,
        asks_code=asks_code,
        initial={"seen_sha256": found.snapshot.sha256},
    )
    report = None
    if request.method == "POST":
        is_valid = form.is_valid()
        report = _report(form, found, actor)
        if is_valid and report and _proves(request, form) and _signs(request, form, found, report):
            messages.success(request, _("Your statement on claim %(claim)s is signed.") % {"claim": found.claim.number})
            return redirect("verifier:engagement", found.pk)
        if report:
            form.data = form.data.copy()
            form.data["kept_report"] = str(report.pk)
    context = _shown(found) | {
        "form": form,
        "report": report,
        "asks_code": asks_code,
        "has_authenticator_app": has_authenticator_app(request.user),
        "megabytes": largest_upload_megabytes(),
    }
    return render(request, "verifier/engagement_confirm.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_decline(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    found = _own_engagement_or_404(actor, pk)
    _demand_invited(found)
    form = DeclineForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            decline_engagement(found, actor=actor, reason=form.cleaned_data["reason"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("You declined; the producer was told."))
            return redirect("verifier:home")
    return render(request, "verifier/engagement_decline.html", {"engagement": found, "form": form})


@signed_in
@require_safe
def file(request: HttpRequest, pk: object) -> FileResponse:
    return evidence_response(actor_of(request), pk)


def _own_engagement_or_404(actor: Actor, pk: object) -> Engagement:
    return get_object_or_404(engagements_for(actor), pk=pk)


def _demand_invited(found: Engagement) -> None:
    if found.state != EngagementState.INVITED:
        raise Conflict(_("This invitation is closed: %(state)s.") % {"state": found.get_state_display().lower()})


def _shown(found: Engagement) -> dict[str, object]:
    content = json.loads(found.snapshot.content)
    return {
        "engagement": found,
        "content": content,
        "reading": content["reading"],
        "files": evidence_of(found.claim),
        "statement": getattr(found, "statement", None),
    }


def _report(form: StatementForm, found: Engagement, actor: Actor) -> EvidenceFile | None:
    """The uploaded report, or the one kept from an earlier try; a refusal goes beside the field."""
    upload = form.cleaned_data.get("report")
    if upload:
        try:
            stored = store_evidence(upload.chunks(), name=upload.name, organisation_id=found.verifier_id, actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
            return None
        return stored if _is_pdf(form, stored) else None
    kept = file_for(actor, form.cleaned_data.get("kept_report"))
    if kept is not None and kept.organisation_id == found.verifier_id:
        return kept
    if not form.has_error("report"):
        form.add_error("report", _("Choose the verification report."))
    return None


def _is_pdf(form: StatementForm, stored: EvidenceFile) -> bool:
    if stored.content_type == PDF:
        return True
    message, mend = _("The verification report is not a PDF."), _("Save it as PDF and choose that file.")
    form.add_problems(InvalidInput(message, [Problem("block", "FIL-019", message, mend, found=stored.name)]))
    return False


def _is_fresh(actor: Actor) -> bool:
    try:
        demand_fresh_second_factor(actor)
    except SecondFactorNeeded:
        return False
    return True


def _proves(request: HttpRequest, form: StatementForm) -> bool:
    """The second factor, where it has to be proved now."""
    if not form.asks_code or verify_code(request, form.cleaned_data["code"]):
        return True
    form.add_error("code", _("This code is wrong, was used already or is too old. Type the one shown now."))
    return False


def _signs(request: HttpRequest, form: StatementForm, found: Engagement, report: EvidenceFile) -> bool:
    try:
        confirm_snapshot(
            found,
            actor=actor_of(request),
            details=form.details,
            report=report,
            accreditation=form.cleaned_data["accreditation"],
        )
    except InvalidInput as refusal:
        form.add_problems(refusal)
        return False
    return True
