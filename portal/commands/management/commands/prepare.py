"""Everything that a portal of one machine needs before it starts: key, tables, demonstration."""

from __future__ import annotations

import io
from typing import Any

from django.core.management import call_command

from portal.commands.base import PortalCommand
from verification.kernel import clock


class Command(PortalCommand):
    help = "Make the sealing key, bring the tables up to date, make the demonstration where its clock is set."
    requires_system_checks: list[str] = []

    def handle(self, *, as_json: bool, **options: Any) -> None:
        """One process instead of three: a second start should take seconds."""
        call_command("make_keys", stdout=io.StringIO())
        call_command("migrate", verbosity=0, skip_checks=True)
        is_demonstration = clock.demonstration() is not None
        if is_demonstration:
            call_command("demo", stdout=io.StringIO(), skip_checks=True)
        record = {"key": True, "tables": True, "demonstration": is_demonstration}
        self.say(record, as_json=as_json, in_words=["Key, tables and demonstration are there."])
