"""The form of a claim as a file, empty or filled in as an example; open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.ui.files import DATA_TYPES, data_file
from verification.determination.claim_files import blank_file, example_file

MAKERS = {"blank": blank_file, "example": example_file}


@require_safe
def form_file(request: HttpRequest, which: str, kind: str) -> HttpResponse:
    if which not in MAKERS or kind not in DATA_TYPES:
        raise Http404
    return data_file(MAKERS[which](kind), f"claim-{which}.{kind}", kind)
