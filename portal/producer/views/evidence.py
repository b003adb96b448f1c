from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.forms import EvidenceForm
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_forms import attach_from
from portal.ui.files import evidence_response
from portal.ui.uploads import largest_upload_megabytes
from verification.claims.selectors import evidence_of
from verification.claims.services.producer import remove_evidence
from verification.claims.workflow import EDITABLE_STATES
from verification.evidence.enums import Purpose


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_evidence(request: HttpRequest, pk: object) -> HttpResponse:
    """The files of a claim; while it is with the producer, one more."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    if form.is_bound and form.is_valid() and attach_from(form, claim, actor):
        messages.success(request, _("The file was attached."))
        return redirect("producer:claim_evidence", claim.pk)
    context = {
        "claim": claim,
        "form": form,
        "files": evidence_of(claim),
        "is_editable": claim.state in EDITABLE_STATES,
        "megabytes": largest_upload_megabytes(),
    }
    return render(request, "producer/claim_evidence.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_evidence_remove(request: HttpRequest, pk: object, use_pk: int) -> HttpResponse:
    """Ask, then take the file out of the claim. It stays on record."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    use = get_object_or_404(evidence_of(claim).exclude(purpose=Purpose.COMMUNICATION_TEMPLATE), pk=use_pk)
    if request.method == "POST":
        remove_evidence(use, actor=actor)
        messages.success(request, _("“%(name)s” is no longer part of the claim.") % {"name": use.file.name})
        return redirect("producer:claim_evidence", claim.pk)
    return render(request, "producer/claim_evidence_remove.html", {"claim": claim, "use": use})


@signed_in
@require_safe
def file(request: HttpRequest, pk: object) -> FileResponse:
    return evidence_response(actor_of(request), pk)
