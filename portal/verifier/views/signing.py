"""The signature: opinion, report and second factor, on exactly the sealed numbers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.second_factor import has_authenticator_app, verify_code
from portal.ui.uploads import largest_upload_megabytes
from portal.verifier.forms import StatementForm
from portal.verifier.lookups import demand_invited, own_engagement_or_404, shown_numbers
from verification.audit.actors import Actor
from verification.claims.models import Engagement, VerificationWork
from verification.claims.policy import demand_fresh_second_factor
from verification.claims.selectors import file_for
from verification.claims.services.verification import StatementDetails, confirm_snapshot
from verification.claims.verifier_selectors import additions_of, work_of
from verification.disclosure.verification import annexes_of
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.kernel.errors import InvalidInput, Problem, SecondFactorNeeded
from verification.registry.selectors import accreditations_of

PDF = "application/pdf"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def engagement_confirm(request: HttpRequest, pk: object) -> HttpResponse:
    """The statement. Whatever is refused, what was typed and uploaded stays."""
    actor = actor_of(request)
    found = own_engagement_or_404(actor, pk)
    demand_invited(found)
    work = work_of(found)
    if work is None:
        return redirect("verifier:engagement_accept", found.pk)
    asks_code = not _is_fresh(actor)
    form = StatementForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        accreditations=accreditations_of(found.verifier_id),
        asks_code=asks_code,
        initial={"seen_sha256": found.snapshot.sha256},
    )
    report = None
    if request.method == "POST":
        is_valid = form.is_valid()
        report = _report(form, found, actor)
        if is_valid and report and _proves(request, form) and _signs(request, form, work, found, report):
            messages.success(request, _("Your statement on claim %(claim)s is signed.") % {"claim": found.claim.number})
            return redirect("verifier:engagement", found.pk)
        if report:
            form.data = form.data.copy()
            form.data["kept_report"] = str(report.pk)
    context = shown_numbers(found) | {
        "form": form,
        "work": work,
        "report": report,
        "asks_code": asks_code,
        "has_authenticator_app": has_authenticator_app(request.user),
        "megabytes": largest_upload_megabytes(),
    }
    return render(request, "verifier/engagement_confirm.html", context)


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


def _signs(
    request: HttpRequest, form: StatementForm, work: VerificationWork, found: Engagement, report: EvidenceFile
) -> bool:
    answers = form.cleaned_data
    details = StatementDetails(
        opinion=answers["opinion"],
        assurance=answers["assurance"],
        report_number=answers["report_number"],
        report_dated_on=answers["report_dated_on"],
        seen_sha256=answers["seen_sha256"],
        additions=additions_of(work),
    )
    try:
        confirm_snapshot(
            found,
            actor=actor_of(request),
            details=details,
            report=report,
            accreditation=answers["accreditation"],
            annexes=annexes_of(found.snapshot),
        )
    except InvalidInput as refusal:
        form.add_refusal(refusal)
        return False
    return True
