"""What the units are offered against: goods of the year with their determined values, or a stated amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.units.gauge import base_asked, gauge_of
from portal.units.goods import AmountForm, GoodsForm, text_of
from portal.units.lookups import own_unit_claim_or_404
from portal.units.schemes import BASE_WORDS
from verification.claims.models import Claim
from verification.claims.workflow import EDITABLE_STATES
from verification.determination.unit_base import STATED_BASES, state_amount, state_goods
from verification.kernel.errors import InvalidInput
from verification.kernel.quantities import exact

BASIS_WORDS = {
    "verified": _lazy("Certificate"),
    "default": _lazy("Default value"),
    "exempt": _lazy("No value is needed"),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_base(request: HttpRequest, pk: object) -> HttpResponse:
    """Two forms on one page; what the scheme asks for comes first. The result stands above them."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    base, asked = claim.unit_details.base, base_asked(claim)
    goods_form = GoodsForm(initial={"rows": text_of(base.get("lines", ()))}, prefix="goods")
    amount_form = AmountForm(initial=_stated(base, asked), prefix="amount")
    if request.method == "POST" and "state_amount" in request.POST:
        amount_form = AmountForm(request.POST, prefix="amount")
        if amount_form.is_valid():
            try:
                state_amount(claim, actor=actor, **amount_form.cleaned_data)
            except InvalidInput as refusal:
                amount_form.add_problems(refusal)
            else:
                return _kept(request, claim)
    elif request.method == "POST":
        goods_form = GoodsForm(request.POST, prefix="goods")
        if goods_form.is_valid():
            try:
                state_goods(claim, actor=actor, rows=goods_form.read)
            except InvalidInput as refusal:
                goods_form.add_problems(refusal)
            else:
                return _kept(request, claim)
    context = {
        "claim": claim,
        "goods_form": goods_form,
        "amount_form": amount_form,
        "is_amount_first": asked in STATED_BASES,
        "asked": BASE_WORDS.get(asked, ""),
        "lines": [_line(line) for line in base.get("lines", ())],
        "stated": [
            (BASE_WORDS[name], base[name], base.get(f"{name}_source", "")) for name in STATED_BASES if base.get(name)
        ],
        "gauge": gauge_of(claim),
        "is_editable": claim.state in EDITABLE_STATES,
    }
    return render(request, "units/claim_base.html", context)


def _kept(request: HttpRequest, claim: Claim) -> HttpResponse:
    messages.success(request, _("Saved. The limit was worked out anew."))
    return redirect("units:claim_base", claim.pk)


def _stated(base: dict[str, Any], asked: str) -> dict[str, Any]:
    """The amount that stands there; of the base that the scheme asks for, where none does."""
    name = next((name for name in STATED_BASES if base.get(name)), asked)
    return {"base_name": name, "tonnes": base.get(name, ""), "source": base.get(f"{name}_source", "")}


def _line(line: dict[str, Any]) -> dict[str, Any]:
    with exact():
        gross = Decimal(line["mass_t"]) * Decimal(line["see"])
    return {**line, "basis_word": BASIS_WORDS.get(line.get("basis", ""), line.get("basis", "")), "gross_tco2e": gross}
