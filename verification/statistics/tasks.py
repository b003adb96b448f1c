"""Daily work of the statistics."""

from __future__ import annotations

from typing import Any

from verification.jobs.daily import every_day
from verification.statistics.services import make_summary


@every_day("statistics.summary")
def summarise() -> dict[str, Any]:
    summary = make_summary()
    return {"claims": summary.claims, "sha256": summary.sha256}
