"""The address of a picture of evidence: only for whom the domain lets see the file, and inert in every browser."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from portal.ui.files import SANDBOX
from portal.ui.viewer import kept
from portal.ui.viewer.shown import PDF, PICTURES
from verification.audit.actors import Actor
from verification.claims.selectors import file_for
from verification.evidence.enums import FileState

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": SANDBOX,
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
}
CANNOT_BE_DRAWN = 422


def picture_response(actor: Actor, file_id: UUID | str, page: int) -> HttpResponse:
    """One page of a PDF, or a picture as its page 1, drawn anew; a drawing of words where that fails.

    Raises ``Http404`` for whoever may not see the file, and for files that have no pages.
    """
    evidence = file_for(actor, file_id)
    if evidence is None or evidence.state != FileState.CLEAN:
        raise Http404
    if evidence.content_type == PDF:
        job, options = "page_picture", {"page": page}
    elif evidence.content_type in PICTURES and page == 1:
        job, options = "picture", {}
    else:
        raise Http404
    try:
        content = kept.picture(evidence, job, options)
    except kept.CannotBeShown:
        words = render_to_string("components/viewer_not_drawn.svg")
        return HttpResponse(words, content_type="image/svg+xml", headers=HEADERS, status=CANNOT_BE_DRAWN)
    return HttpResponse(content, content_type="image/webp", headers=HEADERS)
