"""Files of a claim: as downloads, and as pictures that the portal draws."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.official.access import official_only
from portal.ui.actors import actor_of
from portal.ui.files import evidence_response
from portal.ui.viewer.pictures import picture_response


@official_only
@require_safe
def file(request: HttpRequest, pk: object) -> FileResponse:
    return evidence_response(actor_of(request), pk)


@official_only
@require_safe
def file_picture(request: HttpRequest, pk: object, page: int) -> HttpResponse:
    return picture_response(actor_of(request), pk, page)
