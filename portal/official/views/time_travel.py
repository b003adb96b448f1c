"""What was known on a day about a claim or a good, what is known now, and what happened between."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.official.forms_travel import TravelForm
from portal.ui.actors import actor_of
from verification.casefile.travel import claim_as_known, claim_numbered, determination_as_known


@official_only
@require_safe
def time_travel(request: HttpRequest) -> HttpResponse:
    form = TravelForm(request.GET if "known_on" in request.GET else None, initial=request.GET.dict())
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        if form.cleaned_data["number"]:
            claim = claim_numbered(actor_of(request), form.cleaned_data["number"].strip())
            if claim is None:
                form.add_error("number", _("No claim was sent under this number."))
            else:
                context |= {"claim": claim, "journey": claim_as_known(claim, form.known_at)}
        else:
            context |= {
                "question": form.cleaned_data["question"],
                "journey": determination_as_known(form.cleaned_data["question"]),
            }
    return render(request, "official/time_travel.html", context)
