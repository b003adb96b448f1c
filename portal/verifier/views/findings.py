"""What the verifier found: raised, talked about with the producer, closed before the opinion."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.claim_forms import MessageForm
from portal.ui.forms import posted
from portal.verifier.finding_forms import ClosingForm, FindingForm
from portal.verifier.lookups import finding_or_404, own_work_or_404
from verification.claims.models import Snapshot
from verification.claims.services.verifier_findings import close_finding, raise_finding, write_to_producer
from verification.claims.services.verifier_work import demand_open_engagement
from verification.claims.verifier_selectors import facts_of, findings_of, open_engagement
from verification.kernel.errors import InvalidInput


@signed_in
@require_safe
def findings(request: HttpRequest, pk: object) -> HttpResponse:
    work = own_work_or_404(actor_of(request), pk)
    rows = [(finding, facts_of(finding)) for finding in findings_of(work)]
    return render(request, "verifier/findings.html", {"work": work, "rows": rows, "engagement": open_engagement(work)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def finding_raise(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    work = own_work_or_404(actor, pk)
    engagement = demand_open_engagement(work)
    form = FindingForm(posted(request), subjects=_subjects(engagement.snapshot))
    if request.method == "POST" and form.is_valid():
        try:
            finding = raise_finding(work, actor=actor, details=form.details)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Finding %(n)s is raised; the producer was told.") % {"n": finding.number})
            return redirect("verifier:findings", work.pk)
    return render(request, "verifier/finding_raise.html", {"work": work, "form": form, "engagement": engagement})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, pk: object, number: int) -> HttpResponse:
    """The conversation; a further message."""
    actor = actor_of(request)
    work = own_work_or_404(actor, pk)
    found = finding_or_404(work, number)
    form = MessageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            write_to_producer(found, actor=actor, text=form.cleaned_data["text"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Your message was sent."))
            return redirect("verifier:finding", work.pk, number)
    context = {
        "work": work,
        "finding": found,
        "facts": facts_of(found),
        "form": form,
        "engagement": open_engagement(work),
    }
    return render(request, "verifier/finding.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def finding_close(request: HttpRequest, pk: object, number: int) -> HttpResponse:
    """Corrected, remaining or taken back, with a reason."""
    actor = actor_of(request)
    work = own_work_or_404(actor, pk)
    found = finding_or_404(work, number)
    engagement = demand_open_engagement(work)
    form = ClosingForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            close_finding(found, actor=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Finding %(n)s is closed; the producer was told.") % {"n": number})
            return redirect("verifier:findings", work.pk)
    context = {"work": work, "finding": found, "facts": facts_of(found), "form": form, "engagement": engagement}
    return render(request, "verifier/finding_close.html", context)


def _subjects(snapshot: Snapshot) -> list[str]:
    """Goods and processes of the sealed numbers, by names that both sides know."""
    reading = json.loads(snapshot.content)["reading"]
    goods = [f"{row['cn']} {row.get('process') or ''}".strip() for row in reading.get("goods") or []]
    processes = [row.get("name") or row.get("id") or "" for row in reading.get("processes") or []]
    precursors = [row.get("name") or row.get("id") or "" for row in reading.get("precursors") or []]
    general = [str(_("Electricity")), str(_("Monitoring plan")), str(_("Control system"))]
    return [each for each in dict.fromkeys((*goods, *processes, *precursors, *general)) if each]
