"""The blocks of a claim: fifty a page with what was found about each, described or taken out together."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.forms import posted
from portal.ui.pagination import keyset_page
from portal.ui.templatetags.ui import number
from portal.units.block_choice import ALL, WHOLE, WITH_FINDINGS, compact, positions_from
from portal.units.describing import DescribeForm
from portal.units.findings import WORDS, by_block, positions_to_mend
from portal.units.lookups import own_unit_claim_or_404
from verification.claims.findings import findings_on_draft
from verification.claims.models import Claim, UnitBlock
from verification.claims.policy import demand_editable
from verification.claims.services.units import describe_blocks, remove_blocks
from verification.claims.unit_content import OFFERED
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel.errors import Conflict, InvalidInput

ORDER = ("position", "id")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_blocks(request: HttpRequest, pk: object) -> HttpResponse:
    """The table. Posted, it leads to the page of the act that was asked for, with the blocks that were ticked."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    is_editable = claim.state in EDITABLE_STATES
    nothing_chosen = False
    if request.method == "POST":
        demand_editable(actor, claim)
        chosen = _chosen(request)
        if chosen:
            act = "units:claim_blocks_remove" if "remove" in request.POST else "units:claim_blocks_describe"
            return redirect(f"{reverse(act, args=[claim.pk])}?{urlencode({'blocks': chosen})}")
        nothing_chosen = True
    findings = findings_on_draft(claim) if is_editable else []
    to_mend = positions_to_mend(findings)
    rows = claim.blocks.all() if not is_editable else claim.blocks.filter(state__in=OFFERED)
    is_filtered = request.GET.get("show") == WITH_FINDINGS
    if is_filtered:
        rows = rows.filter(position__in=to_mend)
    page = keyset_page(
        rows.select_related("authorisation", "evidence"), order=ORDER, cursor=request.GET.get("cursor", "")
    )
    beside = by_block(findings)
    context = {
        "claim": claim,
        "page": page,
        "rows": [_row(block, beside) for block in page],
        "is_editable": is_editable,
        "is_filtered": is_filtered,
        "to_mend": len(to_mend),
        "count": rows.count(),
        "nothing_chosen": nothing_chosen,
    }
    return render(request, "units/claim_blocks.html", context, status=422 if nothing_chosen else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_blocks_describe(request: HttpRequest, pk: object) -> HttpResponse:
    """Say the same of all chosen blocks; where they differ, an empty answer changes nothing."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    blocks = _blocks_of(claim, request.GET.get("blocks", ""))
    form = DescribeForm(posted(request), claim=claim, blocks=blocks)
    if request.method == "POST" and form.is_valid():
        positions = [block.position for block in blocks]
        try:
            count = describe_blocks(claim, actor=actor, positions=positions, answers=form.answers)
        except InvalidInput as refusal:
            form.add_problems(refusal)
        else:
            words = ngettext("%(n)s block was described.", "%(n)s blocks were described.", count)
            messages.success(request, words % {"n": number(count)})
            return redirect("units:claim_blocks", claim.pk)
    return render(request, "units/claim_blocks_describe.html", _about(claim, blocks) | {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_blocks_remove(request: HttpRequest, pk: object) -> HttpResponse:
    """Asks, naming the blocks, before they go."""
    actor = actor_of(request)
    claim = own_unit_claim_or_404(actor, pk)
    demand_editable(actor, claim)
    blocks = _blocks_of(claim, request.GET.get("blocks", ""))
    if request.method == "POST":
        count = remove_blocks(claim, actor=actor, positions=[block.position for block in blocks])
        words = ngettext("%(n)s block was taken out.", "%(n)s blocks were taken out.", count)
        messages.success(request, words % {"n": number(count)})
        return redirect("units:claim_blocks", claim.pk)
    return render(request, "units/claim_blocks_remove.html", _about(claim, blocks))


def _chosen(request: HttpRequest) -> str:
    scope = request.POST.get("scope", "")
    if scope in WHOLE:
        return scope
    return compact(
        int(text) for text in request.POST.getlist("block") if text.isdecimal() and len(text) < len("1000000")
    )


def _blocks_of(claim: Claim, chosen: str) -> list[UnitBlock]:
    """Raises ``Conflict`` where none of the blocks stands in the claim any more."""
    rows = claim.blocks.filter(state__in=OFFERED)
    if chosen == WITH_FINDINGS:
        rows = rows.filter(position__in=positions_to_mend(findings_on_draft(claim)))
    elif chosen != ALL:
        rows = rows.filter(position__in=positions_from(chosen))
    found = list(rows.order_by(*ORDER))
    if not found:
        raise Conflict(_("None of these blocks stands in the claim any more."))
    return found


def _about(claim: Claim, blocks: list[UnitBlock]) -> dict[str, Any]:
    tonnes = sum(block.quantity for block in blocks)
    words = ngettext("%(n)s block, %(tonnes)s t", "%(n)s blocks, %(tonnes)s t", len(blocks))
    return {
        "claim": claim,
        "blocks": blocks[:5],
        "more": max(0, len(blocks) - 5),
        "count": len(blocks),
        "said": words % {"n": number(len(blocks)), "tonnes": number(tonnes)},
    }


def _row(block: UnitBlock, beside: dict[int, Any]) -> dict[str, Any]:
    found = [(WORDS[finding.severity], finding) for finding in beside.get(block.position, ())]
    return {"block": block, "findings": found}
