"""Walk the audit record and name the first event that does not hold."""

from __future__ import annotations

from typing import Any

from portal.commands.base import HAS_PROBLEMS, PortalCommand
from verification.audit.services import verify_chain


class Command(PortalCommand):
    help = "Walk the hash chain of the audit record; exit 1 and name the first broken event."

    def handle(self, *, as_json: bool, **options: Any) -> None:
        report = verify_chain()
        record = {
            "intact": report.is_intact,
            "events": report.count,
            "head_sha256": report.head_sha256,
            "broken_at": report.broken_at,
            "broken_event": report.broken_name or None,
            "why": report.why or None,
        }
        words = [f"{report.count} events, intact. The chain ends in {report.head_sha256}."]
        if not report.is_intact:
            words = [
                f"Broken at event {report.broken_at} {report.broken_name}: {report.why}. {report.count} before it hold."
            ]
        self.say(record, as_json=as_json, in_words=words)
        if not report.is_intact:
            self.refuse("The audit record is not intact.", code=HAS_PROBLEMS)
