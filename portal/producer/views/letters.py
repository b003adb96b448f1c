from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.files import letter_response
from verification.letters.selectors import letters_for


@signed_in
@require_safe
def letter(request: HttpRequest, pk: object) -> FileResponse:
    """The sealed letter, for people of the claimant alone."""
    actor = actor_of(request)
    own = letters_for(actor).filter(claim__organisation_id__in=actor.organisation_ids)
    return letter_response(get_object_or_404(own, pk=pk))
