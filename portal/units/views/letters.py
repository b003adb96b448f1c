"""Letters of authorisation of the host countries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.units.forms import LetterForm
from portal.units.lookups import own_unit_claim_or_404
from verification.claims.services.units import add_letter, remove_letter
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel.errors import InvalidInput


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_letters(request: HttpRequest, pk: object) -> HttpResponse:
    """The letters that stand in the claim; while it is with its party, one more."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    form = LetterForm(posted(request), claim=claim)
    if request.method == "POST" and form.is_valid():
        try:
            letter = add_letter(claim, actor=actor, details=form.details, document=form.cleaned_data["document"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("The letter %(letter)s was added.") % {"letter": letter})
            return redirect("units:claim_letters", claim.pk)
    context = {
        "claim": claim,
        "form": form,
        "letters": claim.authorisations.select_related("document"),
        "is_editable": claim.state in EDITABLE_STATES,
    }
    return render(request, "units/claim_letters.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_letter_remove(request: HttpRequest, pk: object, letter_pk: int) -> HttpResponse:
    """Asks, naming the letter; blocks that rest on it rest on none afterwards."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    letter = get_object_or_404(claim.authorisations, pk=letter_pk)
    if request.method == "POST":
        remove_letter(letter, actor=actor)
        messages.success(request, _("The letter %(letter)s was taken out.") % {"letter": letter})
        return redirect("units:claim_letters", claim.pk)
    context = {"claim": claim, "letter": letter, "block_count": letter.blocks.count()}
    return render(request, "units/claim_letter_remove.html", context)
