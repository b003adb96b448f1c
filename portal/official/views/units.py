"""What the reviewer does with the blocks of a unit claim."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.official.access import official_only, sent_claim_or_404
from portal.official.forms_units import AcceptanceForm, CodeAcceptanceForm
from portal.official.views.claim import act_on_claim
from portal.ui.actors import actor_of
from verification.audit.actors import Actor
from verification.claims.findings import block_position, findings_on_snapshot, last_snapshot
from verification.claims.models import Claim
from verification.claims.services.unit_acceptance import return_blocks_found_by
from verification.claims.services.unit_events import set_acceptance


@official_only
@require_POST
def claim_accept(request: HttpRequest, pk: object) -> HttpResponse:
    """How much of one block the reviewer would accept."""
    form = AcceptanceForm(request.POST, auto_id="accept_%s")
    return act_on_claim(request, pk, "accept", form, _accept, _("Your answer about the block was recorded."))


@official_only
@require_POST
def claim_accept_code(request: HttpRequest, pk: object) -> HttpResponse:
    """Nothing of every block that one check found something about."""
    found = sent_claim_or_404(actor_of(request), pk)
    findings = findings_on_snapshot(found, last_snapshot(found))
    codes = sorted({finding.code for finding in findings if block_position(finding) is not None})
    form = CodeAcceptanceForm(request.POST, auto_id="accept_code_%s", codes=codes)
    return act_on_claim(request, pk, "accept_code", form, _accept_code, _("Your answer was recorded for these blocks."))


def _accept(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    set_acceptance(claim, actor=actor, position=typed["position"], quantity=typed["quantity"], reason=typed["reason"])


def _accept_code(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    return_blocks_found_by(claim, actor=actor, code=typed["code"], reason=typed["reason"])
