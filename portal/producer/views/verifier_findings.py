"""What a verifier found in the producer's numbers, its answers, and the verifier's sealed report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_forms import MessageForm
from portal.ui.forms import posted
from portal.ui.verification_report import verification_report_context, verification_report_file
from verification.claims.findings import confirmed_statement
from verification.claims.services.verifier_findings import write_to_verifier
from verification.claims.verifier_selectors import facts_of, findings_for_producer
from verification.kernel.errors import InvalidInput


@signed_in
@require_safe
def claim_verifier_findings(request: HttpRequest, pk: object) -> HttpResponse:
    claim = own_claim_or_404(actor_of(request), pk)
    rows = [(finding, facts_of(finding)) for finding in findings_for_producer(claim)]
    return render(request, "producer/verifier_findings.html", {"claim": claim, "rows": rows})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_verifier_finding(request: HttpRequest, pk: object, finding_pk: int) -> HttpResponse:
    """One finding with its conversation; the answer, which the verifier is told."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    finding = get_object_or_404(findings_for_producer(claim), pk=finding_pk)
    form = MessageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            write_to_verifier(finding, actor=actor, text=form.cleaned_data["text"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Your answer was sent; the verifier was told."))
            return redirect("producer:claim_verifier_finding", claim.pk, finding.pk)
    context = {"claim": claim, "finding": finding, "facts": facts_of(finding), "form": form}
    return render(request, "producer/verifier_finding.html", context)


@signed_in
@require_safe
def claim_verification(request: HttpRequest, pk: object) -> HttpResponse:
    claim = own_claim_or_404(actor_of(request), pk)
    context = verification_report_context(confirmed_statement(claim))
    return render(request, "producer/verification_report.html", context | {"claim": claim})


@signed_in
@require_safe
def claim_verification_file(request: HttpRequest, pk: object, form: str) -> HttpResponse:
    claim = own_claim_or_404(actor_of(request), pk)
    return verification_report_file(confirmed_statement(claim), form)
