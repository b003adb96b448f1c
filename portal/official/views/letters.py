from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.ui.actors import actor_of
from portal.ui.files import letter_response
from verification.letters.selectors import letters_for


@official_only
@require_safe
def letter(request: HttpRequest, pk: object) -> FileResponse:
    """The sealed letter as the claimant has it."""
    return letter_response(get_object_or_404(letters_for(actor_of(request)), pk=pk))
