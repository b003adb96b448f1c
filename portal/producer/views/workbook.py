from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.producer.forms import WorkbookForm
from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.uploads import largest_upload_megabytes
from verification.claims.policy import demand_editable
from verification.determination.claim_reading import upload_template
from verification.kernel.errors import InvalidInput


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_template(request: HttpRequest, pk: object) -> HttpResponse:
    """Upload the communication template. A refused file changes nothing."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            claim = upload_template(claim, upload.chunks(), name=upload.name, actor=actor)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            goods = len(claim.reading["goods"])
            words = ngettext("The workbook was read: %(n)s good.", "The workbook was read: %(n)s goods.", goods)
            messages.success(request, words % {"n": goods})
            return redirect("producer:claim_results", claim.pk)
    context = {"claim": claim, "form": form, "megabytes": largest_upload_megabytes()}
    return render(request, "producer/claim_template.html", context)
