"""A carbon price claim: start it, see how far it is, fill in its parts, see what follows from it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.forms import scheme_name
from portal.producer.frames import PRICES
from portal.producer.lookups import own_certificates, own_installations
from portal.producer.prices.forms import PriceEvidenceForm, PriceStartForm
from portal.producer.prices.progress import in_words, price_progress, tasks_of
from portal.producer.prices.sections import part_named
from portal.producer.progress import complete_count, what_comes_next
from portal.producer.views.claims import may_withdraw
from portal.producer.views.evidence import attach_from
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_history import history_of
from portal.ui.due_process.pages import procedure_context
from portal.ui.forms import posted
from portal.ui.uploads import largest_upload_megabytes
from verification.audit.actors import Actor
from verification.certificates.selectors import status_of
from verification.claims.enums import ClaimKind
from verification.claims.findings import findings_on_draft, findings_on_snapshot, last_snapshot
from verification.claims.models import Claim
from verification.claims.policy import demand_editable
from verification.claims.price_content import price_content
from verification.claims.selectors import evidence_of, own_claims
from verification.claims.services.prices import say_of_price, start_price_claim
from verification.claims.services.producer import remove_evidence
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel import clock
from verification.kernel.errors import InvalidInput


def own_price_claim(actor: Actor, pk: object) -> Claim:
    """The person's claim of a carbon price. Raises ``Http404`` for anything else."""
    claims = own_claims(actor).select_related("price_details__certification")
    return get_object_or_404(claims.filter(kind=ClaimKind.CARBON_PRICE), pk=pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_start(request: HttpRequest) -> HttpResponse:
    """Site, year and scheme."""
    actor = actor_of(request)
    installations = own_installations(actor)
    initial = {"year": clock.today().year - 1, "installation": request.GET.get("installation", "")}
    form = PriceStartForm(posted(request), installations=installations, initial=initial)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        try:
            claim = start_price_claim(chosen["installation"], scheme=chosen["scheme"], year=chosen["year"], actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Claim %(number)s was started.") % {"number": claim.number})
            return redirect("producer:price", claim.pk)
    context = {"form": form, "has_installation": installations.exists()}
    return render(request, "producer/prices/start.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def price(request: HttpRequest, pk: object) -> HttpResponse:
    """The task list of a draft; of a sent claim, where it is and what was decided."""
    actor = actor_of(request)
    claim = own_price_claim(actor, pk)
    progress = price_progress(claim)
    tasks = tasks_of(progress)
    certificate = own_certificates(actor).filter(claim=claim).order_by("-issued_at").first()
    context = {
        "claim": claim,
        "scheme": scheme_name(claim.scheme),
        "progress": progress,
        "tasks": tasks,
        "complete": complete_count(tasks),
        "content": _content(claim),
        "history": history_of(claim),
        "comes_next": what_comes_next(),
        "certificate": certificate,
        "certificate_status": status_of(certificate) if certificate else None,
        "may_withdraw": may_withdraw(claim),
        **procedure_context(claim, PRICES),
    }
    return render(request, "producer/prices/claim.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_part(request: HttpRequest, pk: object, part: str) -> HttpResponse:
    """A part that is said once. What is missing may stay missing until the claim is sent."""
    actor, here = actor_of(request), part_named(part)
    claim = own_price_claim(actor, pk)
    demand_editable(actor, claim)
    form = here.form(posted(request), claim=claim)
    if form.is_bound and form.is_valid():
        say_of_price(claim, actor=actor, values=form.values)
        messages.success(request, _("Saved."))
        return redirect("producer:price", claim.pk)
    findings = [found for found in findings_on_draft(claim) if found.code in here.codes] if not form.is_bound else []
    context = {"claim": claim, "here": here, "form": form, "findings": findings}
    return render(request, "producer/prices/part.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def price_result(request: HttpRequest, pk: object) -> HttpResponse:
    """What was worked out, step by step, and what the checks say of it."""
    claim = own_price_claim(actor_of(request), pk)
    is_editable = claim.state in EDITABLE_STATES
    findings = findings_on_draft(claim) if is_editable else findings_on_snapshot(claim, last_snapshot(claim))
    context = {
        "claim": claim,
        "content": _content(claim),
        "findings": in_words(findings),
        "scheme": scheme_name(claim.scheme),
        "is_editable": is_editable,
    }
    return render(request, "producer/prices/result.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_evidence(request: HttpRequest, pk: object) -> HttpResponse:
    """The files of a claim; while it is with the producer, one more."""
    actor = actor_of(request)
    claim = own_price_claim(actor, pk)
    is_sent = request.method == "POST"
    form = PriceEvidenceForm(*((request.POST, request.FILES) if is_sent else ()), claim=claim)
    if form.is_bound and form.is_valid() and attach_from(form, claim, actor):
        messages.success(request, _("The file was attached."))
        return redirect("producer:price_evidence", claim.pk)
    context = {
        "claim": claim,
        "form": form,
        "files": evidence_of(claim),
        "is_editable": claim.state in EDITABLE_STATES,
        "megabytes": largest_upload_megabytes(),
    }
    return render(request, "producer/prices/evidence.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def price_evidence_remove(request: HttpRequest, pk: object, use_pk: int) -> HttpResponse:
    """Ask, then take the file out of the claim. It stays on record."""
    actor = actor_of(request)
    claim = own_price_claim(actor, pk)
    use = get_object_or_404(evidence_of(claim), pk=use_pk)
    if request.method == "POST":
        remove_evidence(use, actor=actor)
        messages.success(request, _("“%(name)s” is no longer part of the claim.") % {"name": use.file.name})
        return redirect("producer:price_evidence", claim.pk)
    return render(request, "producer/prices/evidence_remove.html", {"claim": claim, "use": use})


def _content(claim: Claim) -> dict[str, Any]:
    """What a draft would seal now; of a sent claim, what was sealed."""
    if claim.state in EDITABLE_STATES or not claim.snapshots.exists():
        return price_content(claim)
    return json.loads(last_snapshot(claim).content)
