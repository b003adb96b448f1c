from __future__ import annotations

from typing import Any

from verification.certificates.services.issue import issue_certificate
from verification.jobs.handlers import handles


@handles("certificates.issue")
def issue(payload: dict[str, Any]) -> dict[str, Any]:
    edition = issue_certificate(payload["certificate"])
    return {"sha256": edition.sha256}
