"""The background work of this room."""

from __future__ import annotations

from typing import Any

from verification.certificates.services.expiry import act_on_expiry
from verification.jobs.daily import every_day
from verification.jobs.handlers import handles

every_day("certificates.expiry")(act_on_expiry)


@handles("certificates.issue")
def issue(payload: dict[str, Any]) -> dict[str, Any]:
    """Imports the renderer only when there is something to draw: it takes a second that no command should pay."""
    from verification.certificates.services.issue import issue_certificate

    edition = issue_certificate(payload["certificate"])
    return {"sha256": edition.sha256}
