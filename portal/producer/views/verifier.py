from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.producer.forms import VerifierForm
from portal.producer.lookups import own_claim_or_404
from portal.producer.progress import progress_of
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from verification.claims.services.producer import seal_and_invite
from verification.kernel.errors import InvalidInput


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_verifier(request: HttpRequest, pk: object) -> HttpResponse:
    """Who was asked about which sealed numbers and what was said; sealing and asking, also again."""
    actor = actor_of(request)
    claim = own_claim_or_404(actor, pk)
    form = VerifierForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            engagement = seal_and_invite(claim, actor=actor, verifier=form.cleaned_data["verifier"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            words = _("The numbers are sealed and %(verifier)s was asked.")
            messages.success(request, words % {"verifier": engagement.verifier.name})
            return redirect("producer:claim_verifier", claim.pk)
    progress = progress_of(claim)
    context = {
        "claim": claim,
        "progress": progress,
        "form": form,
        "engagements": claim.engagements.select_related("verifier", "snapshot").order_by("-invited_at"),
    }
    return render(request, "producer/claim_verifier.html", context)
