"""Notes that only officials read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.official.access import official_only
from portal.official.forms import NoteForm
from portal.official.views.claim import act_on_claim
from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.claims.services.notes import add_note


@official_only
@require_POST
def claim_note(request: HttpRequest, pk: object) -> HttpResponse:
    form = NoteForm(request.POST, auto_id="note_%s")
    return act_on_claim(request, pk, "note", form, _note, _("Your note was kept."))


def _note(claim: Claim, actor: Actor, typed: dict[str, Any]) -> None:
    add_note(claim, actor=actor, text=typed["text"])
