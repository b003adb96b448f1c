"""Write the page of all rules, or say whether it is up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.commands.base import PortalCommand
from verification.checks import catalogue
from verification.checks.page import checks_page


class Command(PortalCommand):
    requires_system_checks = ()
    help = "Write docs/checks.md from the rules; with --check only say whether it is up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", dest="is_check", help="write nothing; exit 1 if it differs")
        parser.add_argument("--to", type=Path, default=None, help="another file than docs/checks.md")

    def handle(self, *, as_json: bool, is_check: bool, to: Path | None, **options: Any) -> None:
        path = to or Path(settings.BASE_DIR) / "docs" / "checks.md"
        page = checks_page()
        is_same = path.exists() and path.read_text(encoding="utf-8") == page
        if is_check and not is_same:
            self.refuse(f"{path.name} is not what the rules say. Run check_catalogue without --check.")
        if not is_check and not is_same:
            path.write_text(page, encoding="utf-8")
        record = {"page": path.name, "rules": len(catalogue()), "written": not is_check and not is_same}
        words = "written" if record["written"] else "up to date"
        self.say(record, as_json=as_json, in_words=[f"{path.name}: {len(catalogue())} rules, {words}."])
