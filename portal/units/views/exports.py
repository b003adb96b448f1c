"""A unit claim taken away: its sealed content as it was sealed, its blocks as a table; and what changed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.comparison import comparison_of, states_of
from portal.ui.files import data_file
from portal.units.lookups import own_unit_claim_or_404
from verification.claims.kinds import content_of
from verification.claims.models import Claim, UnitBlock
from verification.claims.unit_content import standing_content
from verification.claims.workflow import EDITABLE_STATES
from verification.kernel.canonical import canonical_bytes
from verification.units.exports import (
    ExportBlock,
    actions_csv,
    blocks_of,
    cad_trust_units,
    cdop_credits,
    holdings_csv,
)

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of text that spreadsheet programs take for a formula."""
COLUMNS = (
    "position", "serial", "raw_serial", "family", "first", "last", "quantity_t", "unit_type", "programme", "project",
    "country", "vintage_from", "vintage_to", "event", "event_on", "beneficiary", "purpose", "authorisation", "evidence",
    "evidence_sha256", "adjustment_state", "state", "accepted_t", "acceptance_reason",
)  # fmt: skip


@signed_in
@require_safe
def claim_changes(request: HttpRequest, pk: object) -> HttpResponse:
    """Two states of the claim beside each other, field by field."""
    claim = own_unit_claim_or_404(actor_of(request), pk)
    states = states_of(claim, with_draft=claim.state in EDITABLE_STATES)
    return render(request, "units/claim_changes.html", {"claim": claim, **comparison_of(states, request.GET)})


@signed_in
@require_safe
def claim_content_json(request: HttpRequest, pk: object) -> HttpResponse:
    """The content that was sealed last, byte for byte; of a claim that was never sealed, what it says now."""
    claim = own_unit_claim_or_404(actor_of(request), pk)
    snapshot = claim.snapshots.last()
    if snapshot is None:
        return data_file(canonical_bytes(content_of(claim)), f"{claim.number}-draft.json", "json")
    return data_file(snapshot.content.encode(), f"{claim.number}-snapshot-{snapshot.number}.json", "json")


@signed_in
@require_safe
def claim_blocks_csv(request: HttpRequest, pk: object) -> HttpResponse:
    """Every block with what became of it; numbers and days exact."""
    claim = own_unit_claim_or_404(actor_of(request), pk)
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(claim))
    return data_file(target.getvalue().encode("utf-8-sig"), f"{claim.number}-blocks.csv", "csv")


def _rows(claim: Claim) -> Iterator[list[Any]]:
    for block in claim.blocks.select_related("authorisation", "evidence").order_by("position", "pk"):
        yield [_cell(value) for value in _values(block)]


def _values(block: UnitBlock) -> tuple[Any, ...]:
    return (
        block.position, block.serial, block.raw_serial, block.family, block.first, block.last, block.quantity,
        block.unit_type, block.programme, block.project, block.country, block.vintage_from, block.vintage_to,
        block.event, block.event_on, block.beneficiary, block.purpose, block.authorisation,
        block.evidence.name if block.evidence else "", block.evidence.sha256 if block.evidence else "",
        block.adjustment_state, block.state, block.accepted_quantity, block.acceptance_reason,
    )  # fmt: skip


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe."""
    if value is None or isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


@signed_in
@require_safe
def claim_exchange(request: HttpRequest, pk: object, shape: str) -> HttpResponse:
    """The blocks in the shape of another system, from what was sealed last, or of a draft as it stands."""
    claim = own_unit_claim_or_404(actor_of(request), pk)
    if shape not in SHAPES:
        raise Http404
    kind, make = SHAPES[shape]
    return data_file(make(blocks_of(standing_content(claim))), f"{claim.number}-{shape}.{kind}", kind)


def _json_of(make: Callable[[tuple[ExportBlock, ...]], object]) -> Callable[[tuple[ExportBlock, ...]], bytes]:
    return lambda blocks: json.dumps(make(blocks), ensure_ascii=False, indent=2).encode()


def _text_of(make: Callable[[tuple[ExportBlock, ...]], str]) -> Callable[[tuple[ExportBlock, ...]], bytes]:
    return lambda blocks: make(blocks).encode()


SHAPES: dict[str, tuple[str, Callable[[tuple[ExportBlock, ...]], bytes]]] = {
    "cad-trust": ("json", _json_of(cad_trust_units)),
    "cdop": ("json", _json_of(cdop_credits)),
    "article-6-actions": ("csv", _text_of(actions_csv)),
    "article-6-holdings": ("csv", _text_of(holdings_csv)),
}
"""By the word in the address: kind of file, and what makes it."""
