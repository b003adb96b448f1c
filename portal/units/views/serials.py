"""Offering units: typed or pasted, explained line by line before anything is kept, or from a registry's export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.templatetags.ui import number
from portal.ui.uploads import largest_upload_megabytes
from portal.units.forms import RegistryExportForm, SerialsForm
from portal.units.lookups import own_unit_claim_or_404
from portal.units.serial_lines import explanation_of, with_suggestion
from verification.claims.models import Claim
from verification.claims.policy import demand_editable
from verification.claims.services.unit_offers import Offered, offer_exported, offer_pasted
from verification.kernel.errors import InvalidInput
from verification.units.serials import Family

PROBLEMS_SHOWN = 500
REFUSED_STATUS = 422


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_serials(request: HttpRequest, pk: object) -> HttpResponse:
    """The box. What is read is added; what is not stays in the box, each line with what is wrong with it."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    if request.method != "POST":
        return _page(request, claim, SerialsForm())
    form = SerialsForm(request.POST)
    if not form.is_valid():
        return _page(request, claim, form)
    text, family = form.cleaned_data["text"], form.chosen_family
    if "accept" in request.POST:
        text = with_suggestion(text, _line_number(request.POST["accept"]), family=family)
        return _page(request, claim, _filled(text, family), _explained(claim, text, family))
    if "explain" in request.POST:
        return _page(request, claim, form, _explained(claim, text, family))
    try:
        offered = offer_pasted(claim, actor=actor, text=text, family=family)
    except InvalidInput as refusal:
        form.add_error("text", _in_words(refusal))
        return _page(request, claim, form, _explained(claim, text, family))
    if not offered.refused:
        messages.success(request, _added(offered))
        return redirect("units:claim_blocks", claim.pk)
    left = "\n".join(each.raw for each in offered.refused)
    context = _explained(claim, left, family) | {"offered": offered, "added": _added(offered)}
    return _page(request, claim, _filled(left, family), context, status=REFUSED_STATUS)


@signed_in
@require_POST
def claim_serials_explain(request: HttpRequest, pk: object) -> HttpResponse:
    """What is typed, in words, as a piece of the page. Nothing is kept."""
    claim = own_unit_claim_or_404(actor_of(request), pk)
    family = request.POST.get("family", "")
    chosen = Family(family) if family in list(Family) else None
    context = _explained(claim, request.POST.get("text", ""), chosen)
    return render(request, "units/parts/explanation.html", context | {"claim": claim})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_export_file(request: HttpRequest, pk: object) -> HttpResponse:
    """A registry's export: good rows become blocks, bad ones are named with their row."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    form = RegistryExportForm(request.POST, request.FILES) if request.method == "POST" else RegistryExportForm()
    context: dict[str, Any] = {"claim": claim, "form": form, "megabytes": largest_upload_megabytes()}
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            offered = offer_exported(claim, actor=actor, chunks=file.chunks(), name=file.name)
        except InvalidInput as refusal:
            problems = list(refusal.problems)
            form.add_problems(InvalidInput(refusal.summary, problems[:1]))
            context |= {"problems": problems[:PROBLEMS_SHOWN], "more": max(0, len(problems) - PROBLEMS_SHOWN)}
            return render(request, "units/claim_export_file.html", context, status=REFUSED_STATUS)
        if not offered.problems:
            messages.success(request, _added(offered))
            return redirect("units:claim_blocks", claim.pk)
        context |= {
            "offered": offered,
            "added": _added(offered),
            "problems": offered.problems[:PROBLEMS_SHOWN],
            "more": max(0, len(offered.problems) - PROBLEMS_SHOWN),
        }
        return render(request, "units/claim_export_read.html", context)
    return render(request, "units/claim_export_file.html", context)


def _page(
    request: HttpRequest, claim: Claim, form: SerialsForm, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "units/claim_serials.html", {"claim": claim, "form": form, **(context or {})}, status=status)


def _filled(text: str, family: Family | None) -> SerialsForm:
    return SerialsForm(initial={"text": text, "family": family.value if family else ""})


def _explained(claim: Claim, text: str, family: Family | None) -> dict[str, Any]:
    return {"explanation": explanation_of(text, scheme=claim.scheme, family=family)}


def _line_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len("1000000") else 0


def _in_words(refusal: InvalidInput) -> str:
    return " ".join(f"{problem.message} {problem.mend}" for problem in refusal.problems) or refusal.summary


def _added(offered: Offered) -> str:
    words = ngettext(
        "%(n)s block with %(tonnes)s t was added.", "%(n)s blocks with %(tonnes)s t were added.", offered.count
    )
    return words % {"n": number(offered.count), "tonnes": number(offered.tonnes)}
