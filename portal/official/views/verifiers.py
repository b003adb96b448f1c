"""The register of verifiers, kept by stewards: who they are, what they are accredited for, and measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.official.access import steward_only
from portal.official.forms_registry import AccreditationForm, MeasureForm, VerifierForm
from portal.ui.actors import actor_of
from portal.ui.choices import SECTOR_WORDS
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from verification.claims.services.verifier_measures import record_measure
from verification.claims.verifier_selectors import statements_touched_for
from verification.kernel import clock
from verification.kernel.errors import InvalidInput
from verification.registry.models import Accreditation, AccreditationMeasure, Organisation
from verification.registry.selectors import accreditations_for, standing_of, verifiers_for
from verification.registry.services import (
    record_accreditation,
    register_organisation,
)

STANDING_WORDS = {
    "valid": gettext_lazy("Holds"),
    "not_started": gettext_lazy("Not yet"),
    "expired": gettext_lazy("Expired"),
    "suspended": gettext_lazy("Suspended"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


@dataclass(frozen=True)
class AccreditationRow:
    """An accreditation with its standing today."""

    accreditation: Accreditation
    state: str
    word: Any
    scope: str
    measures: list[AccreditationMeasure]

    @property
    def is_open(self) -> bool:
        """Whether a measure can still be recorded: withdrawal is the last."""
        return all(measure.kind != "withdrawn" for measure in self.measures)


@steward_only
@require_safe
def verifiers(request: HttpRequest) -> HttpResponse:
    page = keyset_page(
        verifiers_for(actor_of(request)), order=("name", "id"), cursor=request.GET.get("cursor", ""), size=25
    )
    rows = [(verifier, accreditation_rows(verifier)) for verifier in page]
    return render(request, "official/verifiers.html", {"page": page, "rows": rows})


@steward_only
@require_safe
def verifier(request: HttpRequest, pk: object) -> HttpResponse:
    found = get_object_or_404(verifiers_for(actor_of(request)), pk=pk)
    managers = found.memberships.filter(ended_at=None, role="manager").select_related("user")
    context = {"verifier": found, "rows": accreditation_rows(found), "managers": managers}
    context["touched"] = statements_touched_for(actor_of(request), found)
    return render(request, "official/verifier.html", context)


@steward_only
@require_http_methods(["GET", "HEAD", "POST"])
def verifier_register(request: HttpRequest) -> HttpResponse:
    """Enter a verifier; its accreditation is what comes next."""
    form = VerifierForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_organisation(form.details, actor=actor_of(request), founder=form.cleaned_data["founder"])
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(
                request, _("%(name)s is in the register. Now record its accreditation.") % {"name": made.name}
            )
            return redirect("official:accreditation_record", pk=made.pk)
    return render(request, "official/verifier_register.html", {"form": form})


@steward_only
@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_record(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(verifiers_for(actor), pk=pk)
    form = AccreditationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = record_accreditation(found, actor=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("Accreditation %(number)s is recorded.") % {"number": made.number})
            return redirect("official:verifier", pk=found.pk)
    return render(request, "official/accreditation_record.html", {"form": form, "verifier": found})


@steward_only
@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_measure(request: HttpRequest, pk: object) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(accreditations_for(actor), pk=pk)
    form = MeasureForm(posted(request), initial={"effective_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_measure(found, actor=actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            messages.success(request, _("The measure on %(number)s is recorded.") % {"number": found.number})
            return redirect("official:verifier", pk=found.organisation_id)
    context = {"form": form, "accreditation": found, "row": _row(found)}
    return render(request, "official/accreditation_measure.html", context)


def accreditation_rows(verifier: Organisation) -> list[AccreditationRow]:
    return [_row(accreditation) for accreditation in verifier.accreditations.all()]


def _row(accreditation: Accreditation) -> AccreditationRow:
    standing = standing_of(accreditation, clock.today())
    return AccreditationRow(
        accreditation=accreditation,
        state=standing.state,
        word=STANDING_WORDS[standing.state],
        scope=", ".join(str(SECTOR_WORDS.get(sector, sector)) for sector in accreditation.sectors),
        measures=list(accreditation.measures.all()),
    )
