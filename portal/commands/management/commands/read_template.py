"""``manage.py read_template FILE [--json]``: what a communication template says and what is wrong with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from verification.accounting.template import (
    TemplateReading,
    TemplateRules,
    read_template_guarded,
    reading_as_contract,
)
from verification.kernel import clock

PROBLEMS_STATUS, UNREADABLE_STATUS = 1, 2


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Read a filled communication template for installations; exit 0 fine, 1 problems, 2 cannot be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
        parser.add_argument("--json", action="store_true", help="one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read_template_guarded(options["file"], rules=TemplateRules(today=clock.today()))
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.", returncode=UNREADABLE_STATUS) from None
        contract = reading_as_contract(reading)
        if options["json"]:
            self.stdout.write(json.dumps(contract, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_summary(contract)))
        for item in contract["problems"]:
            self.stderr.write(_problem_line(item))
        status = _status(reading)
        if status:
            sys.exit(status)


def _status(reading: TemplateReading) -> int:
    if not reading.is_readable:
        return UNREADABLE_STATUS
    return PROBLEMS_STATUS if reading.is_blocked else 0


def _summary(contract: dict[str, Any]) -> Iterator[str]:
    site, period, template = contract["installation"], contract["period"], contract["template"]
    if template["name"]:
        yield f"Template     {template['name']}, version {template['version']}"
        yield f"Installation {site['name'] or 'without name'}, {site['country'] or 'country not given'}"
        yield f"Period       {period['starts_on']} to {period['ends_on']}"
    for good in contract["goods"]:
        values = (f"{name[4:]} {good[name] or 'missing'}" for name in ("see_direct", "see_indirect", "see_total"))
        yield f"Good         {good['cn'] or 'no code'} {good['name']}: {', '.join(values)} {good['see_unit']}"
    yield f"Problems     {len(contract['problems'])}"


def _problem_line(item: dict[str, str]) -> str:
    place = f" {item['sheet']}!{item['cell']}" if item["cell"] else ""
    found = f" Found {item['found']}." if item["found"] else ""
    return f"{item['severity']:5} {item['code']}{place}: {item['message']}{found} {item['mend']}"
