"""A producer takes its own file away."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from portal.producer.lookups import own_claim_or_404
from portal.ui.access import signed_in
from portal.ui.actors import actor_of
from portal.ui.case_files import case_file_response


@signed_in
@require_POST
def case_file(request: HttpRequest, pk: object) -> HttpResponseBase:
    """Everything about the claim but what officials wrote among themselves."""
    actor = actor_of(request)
    return case_file_response(actor, own_claim_or_404(actor, pk))
