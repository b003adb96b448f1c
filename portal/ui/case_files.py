"""Handing out the file of a case."""

from __future__ import annotations

import os

from django.http import FileResponse

from portal.ui.files import SANDBOX
from verification.audit.actors import Actor
from verification.casefile.services import exported_case
from verification.claims.models import Claim


def case_file_response(actor: Actor, claim: Claim) -> FileResponse:
    """The file as a download, read from the disk piece by piece. Raises ``NotAllowed``."""
    with exported_case(claim, actor=actor) as case:
        content = os.fdopen(os.dup(case.content.fileno()), "rb")
    response = FileResponse(content, as_attachment=True, filename=case.name, content_type="application/zip")
    response["Content-Length"] = str(case.size_bytes)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
