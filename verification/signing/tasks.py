"""The background work of this room."""

from __future__ import annotations

from typing import Any

from verification.jobs.daily import every_day
from verification.signing.making import renew_revocations


@every_day("signing.revocations")
def renew() -> dict[str, Any]:
    """The root's list holds for a week, so a worker may be away for some days."""
    return {"renewed": renew_revocations()}
