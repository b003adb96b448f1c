"""Work out the fairness report and keep it for the public page."""

from __future__ import annotations

from typing import Any

from portal.commands.base import PortalCommand
from verification.statistics.services import make_summary


class Command(PortalCommand):
    help = "Work out the public statistics from every decided claim; once a day."

    def handle(self, *, as_json: bool, **options: Any) -> None:
        summary = make_summary()
        record = {"made_at": summary.made_at.isoformat(), "claims": summary.claims, "report": summary.report}
        self.say(record, as_json=as_json, in_words=[f"Worked out from {summary.claims} decided claims."])
