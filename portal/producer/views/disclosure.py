"""The legal reports of a claim: reading them, sharing sealed ones with importers, and who saw what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.producer.disclosure_forms import ImporterForm, ShareForm
from portal.producer.entry.steps import step_of
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from portal.ui.reports import document_or_404, format_or_404, name_from, report_file, slug_of
from verification.audit.actors import Actor
from verification.claims.enums import WayIn
from verification.claims.models import Claim, Snapshot
from verification.claims.workflow import EDITABLE_STATES
from verification.disclosure.assembly import (
    current_source,
    names_of_reports,
    report_named,
    source_of_snapshot,
)
from verification.disclosure.documents.shape import Document, Missing
from verification.disclosure.documents.source import NothingToReport, Source
from verification.disclosure.enums import Level
from verification.disclosure.models import Disclosure
from verification.disclosure.presentation import printed
from verification.disclosure.selectors import disclosures_for, importers_named, views_for
from verification.disclosure.services import end_disclosure, grant_disclosure
from verification.kernel.errors import Conflict, InvalidInput


@signed_in
@require_safe
def claim_reports(request: HttpRequest, pk: object) -> HttpResponse:
    """Every report that the numbers give, who may see which, and who saw it."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    source = _source_or_none(claim)
    reports = [_listed(source, name) for name in names_of_reports(source)] if source else []
    grants = disclosures_for(actor, claim)
    context = {
        "claim": claim,
        "reports": reports,
        "is_draft": source is not None and source.snapshot is None,
        "snapshot": _last_sealed(claim),
        "grants": grants.filter(ended_at=None),
        "ended": grants.exclude(ended_at=None),
        "views": keyset_page(
            views_for(actor, claim), order=("-viewed_at", "-id"), cursor=request.GET.get("cursor", "")
        ),
    }
    return render(request, "producer/reports.html", context)


@signed_in
@require_safe
def claim_report(request: HttpRequest, pk: object, name: str) -> HttpResponse:
    """One report on a page, with what it lacks and where to give it."""
    claim = own_claim_or_404(actor_of(request), pk)
    document = _document_or_404(claim, name)
    context = {
        "claim": claim,
        "shown": printed(document),
        "slug": name,
        "lacking": _lacking(claim, document.missing),
    }
    return render(request, "producer/report.html", context)


@signed_in
@require_safe
def claim_report_download(request: HttpRequest, pk: object, name: str, form: str) -> HttpResponse:
    claim = own_claim_or_404(actor_of(request), pk)
    view_format = format_or_404(form)
    return report_file(_document_or_404(claim, name), view_format)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_report_share(request: HttpRequest, pk: object) -> HttpResponse:
    """First who, by exact number or name; then what. Nobody can look through the list of organisations."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    snapshot = _last_sealed(claim)
    source = _sealed_source_or_404(snapshot)
    asked = request.POST if request.method == "POST" else request.GET
    search = ImporterForm(asked if "importer" in asked else None)
    found = importers_named(search.cleaned_data["importer"]) if search.is_bound and search.is_valid() else []
    form = None
    if found:
        addenda = [(item.id, item.declarant_eori) for item in source.report.electricity_addenda]
        form = ShareForm(posted(request), found=found, addenda=addenda, typed=search.cleaned_data["importer"])
        if form.is_bound and form.is_valid() and _shared(request, form, snapshot, actor):
            return redirect("producer:claim_reports", claim.pk)
    context = {
        "claim": claim,
        "snapshot": snapshot,
        "search": search,
        "found": found,
        "is_searched": search.is_bound and search.is_valid(),
        "form": form,
    }
    return render(request, "producer/report_share.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_report_end(request: HttpRequest, pk: object, disclosure_pk: object) -> HttpResponse:
    """Ask, then end it. What was seen stays in the log."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    grant = get_object_or_404(disclosures_for(actor, claim).filter(ended_at=None), pk=disclosure_pk)
    if request.method == "POST":
        end_disclosure(grant, actor=actor)
        messages.success(request, _("%(name)s no longer sees this report.") % {"name": grant.recipient.name})
        return redirect("producer:claim_reports", claim.pk)
    return render(request, "producer/report_end.html", {"claim": claim, "grant": grant})


def _shared(request: HttpRequest, form: ShareForm, snapshot: Snapshot | None, actor: Actor) -> Disclosure | None:
    """The new grant, or nothing with the reason in the form."""
    if snapshot is None:
        raise Http404
    chosen = form.cleaned_data
    name = name_from(chosen["report"])
    try:
        grant = grant_disclosure(
            snapshot,
            actor=actor,
            recipient=chosen["recipient"],
            level=name.level,
            addendum=name.addendum,
            note=chosen["note"],
        )
    except InvalidInput as refusal:
        form.add_problems(refusal)
        return None
    except Conflict as refusal:
        form.add_error(None, str(refusal))
        return None
    words = {"name": grant.recipient.name, "report": Level(grant.level).label}
    messages.success(request, _("%(name)s was told and can read it now: %(report)s.") % words)
    return grant


def _listed(source: Source, name) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    document = report_named(source, name)
    incomplete = sum(bool(item.missing) for item in document.items)
    return {"slug": slug_of(name), "document": document, "name": name, "incomplete": incomplete}


def _lacking(claim: Claim, missing: tuple[Missing, ...]) -> list[dict[str, str]]:
    """What is missing, with the page of the form that asks it while the claim can be filled in there."""
    is_form = claim.state in EDITABLE_STATES and claim.way_in == WayIn.ANSWERS
    found = []
    for each in missing:
        address = ""
        if is_form and each.section:
            address = reverse("producer:claim_step", args=[claim.pk, step_of(each.section).key])
        found.append({"item": each.item, "what": each.what, "where": each.where, "address": address})
    return found


def _last_sealed(claim: Claim) -> Snapshot | None:
    return claim.snapshots.last()


def _source_or_none(claim: Claim) -> Source | None:
    try:
        return current_source(claim)
    except NothingToReport:
        return None


def _sealed_source_or_404(snapshot: Snapshot | None) -> Source:
    """Only sealed numbers are shared."""
    if snapshot is None:
        raise Http404
    try:
        return source_of_snapshot(snapshot)
    except NothingToReport as nothing:
        raise Http404 from nothing


def _document_or_404(claim: Claim, slug: str) -> Document:
    source = _source_or_none(claim)
    if source is None:
        raise Http404
    return document_or_404(source, name_from(slug))
