"""Batches of certificates that are sealed together: what waits, how far each has come, what failed and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.official.access import issuing_only
from portal.ui.actors import actor_of
from portal.ui.pagination import keyset_page
from verification.certificates.batch_selectors import batches_for, failures_in, progress_of, waiting_outside
from verification.certificates.services.batch import retry_batch, start_batch
from verification.kernel.errors import Conflict

MOST_BATCHES, POLL_SECONDS = 20, 5


@issuing_only
@require_http_methods(["GET", "HEAD", "POST"])
def issuing(request: HttpRequest) -> HttpResponse:
    """The newest batches, and what a new one would take; a post starts it."""
    actor = actor_of(request)
    if request.method == "POST":
        scheme, year = request.POST.get("scheme", ""), request.POST.get("year", "")
        try:
            if not year.isdecimal() or len(year) != len("2027"):
                raise Conflict(_("Choose a scheme and a year from the list."))
            batch = start_batch(actor=actor, scheme=scheme, year=int(year))
        except Conflict as refusal:
            messages.error(request, str(refusal))
            return redirect("official:issuing")
        messages.success(request, _("The certificates are being sealed in the background."))
        return redirect("official:issuing_batch", pk=batch.pk)
    rows = [{"batch": batch, "progress": progress_of(batch)} for batch in batches_for(actor)[:MOST_BATCHES]]
    return render(request, "official/issuing.html", {"rows": rows, "waiting": waiting_outside()})


@issuing_only
@require_safe
def issuing_batch(request: HttpRequest, pk: object) -> HttpResponse:
    """Looks again by itself while work goes on."""
    batch = get_object_or_404(batches_for(actor_of(request)), pk=pk)
    progress = progress_of(batch)
    context = {
        "batch": batch,
        "progress": progress,
        "page": keyset_page(failures_in(batch), order=("id",), cursor=request.GET.get("cursor", "")),
        "poll_seconds": POLL_SECONDS if progress.is_at_work else None,
    }
    return render(request, "official/issuing_batch.html", context)


@issuing_only
@require_POST
def issuing_retry(request: HttpRequest, pk: object) -> HttpResponse:
    """Everything that was given up gets another five attempts."""
    actor = actor_of(request)
    batch = get_object_or_404(batches_for(actor), pk=pk)
    try:
        retry_batch(batch, actor=actor)
    except Conflict as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("What failed is queued again; it starts within seconds."))
    return redirect("official:issuing_batch", pk=pk)
