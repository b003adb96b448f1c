"""Read serial numbers of reduction units, as lines or as a registry's export."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.units.registries import ExportReading, RegistryRecord, read_export
from verification.units.serials import Family, ParsedSerial, as_record, parse_serials, with_overlaps


class Command(PortalCommand):
    help = "Read serial numbers, one block a line or a registry's CSV export; one JSON object a line is printed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, nargs="?", help="lines or CSV in UTF-8 (default: standard input)")
        parser.add_argument(
            "--family", choices=[family.value for family in Family], help="the registry that the lines must be of"
        )

    def handle(self, *, file: Path | None, family: str | None, as_json: bool, **options: Any) -> None:
        """JSON lines with and without ``--json``: the result has no other form."""
        content, name = self._content(file)
        export = read_export(content, name)
        if export.is_recognised:
            self._print_export(export, name, has_family=family is not None)
        else:
            self._print_lines(content, name, Family(family) if family else None)

    def _content(self, file: Path | None) -> tuple[bytes, str]:
        if file is None:
            return sys.stdin.buffer.read(), "standard input"
        try:
            return file.read_bytes(), file.name
        except OSError as error:
            self.refuse(f"{file} cannot be read: {error.strerror}.", code=CALLED_WRONGLY)

    def _print_export(self, export: ExportReading, name: str, *, has_family: bool) -> None:
        if has_family:
            self.refuse("--family is for lines; an export says itself of which registry it is.", code=CALLED_WRONGLY)
        if not export.records and export.is_blocked:
            self.refuse(f"{name} cannot be read as an export.", export.problems, code=CALLED_WRONGLY)
        self._print(_export_record(record) for record in export.records)
        if export.is_blocked:
            self.refuse("Some rows cannot be used.", export.problems)

    def _print_lines(self, content: bytes, name: str, family: Family | None) -> None:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.refuse(f"{name} is not UTF-8 text (line {line}).", code=CALLED_WRONGLY)
        parsed = with_overlaps(parse_serials(text, family=family))
        self._print(as_record(each) for each in parsed)
        if not parsed:
            self.refuse(f"{name} holds no serial.", code=CALLED_WRONGLY)
        blocked = [each for each in parsed if each.is_blocked]
        for each in blocked:
            self._tell(each)
        if blocked:
            self.refuse(f"{len(blocked)} of {len(parsed)} serials cannot be used.")

    def _print(self, records: Iterable[dict[str, Any]]) -> None:
        for record in records:
            self.stdout.write(json.dumps(record, ensure_ascii=False))

    def _tell(self, parsed: ParsedSerial) -> None:
        for problem in parsed.problems:
            suggestion = f" Suggested: {problem.suggestion}." if problem.suggestion else ""
            self.stderr.write(f"line {parsed.line} {problem.code}: {problem.message} {problem.mend}{suggestion}")


def _export_record(record: RegistryRecord) -> dict[str, Any]:
    """What the line of an export says beyond its serial; the row's own problems stand with the serial's."""
    serial = as_record(record.parsed)
    return {
        **serial,
        "registry": serial["registry"] or record.registry,
        "problems": [*serial["problems"], *(asdict(problem) for problem in record.problems)],
        "listed_by": record.registry,
        "event": record.kind.value,
        "event_on": record.event_on.isoformat() if record.event_on else None,
        "event_at": record.event_at.isoformat() if record.event_at else None,
        "stated_quantity": record.stated_quantity,
        "reason": record.reason,
        "purpose": record.purpose,
        "beneficiary": record.beneficiary,
        "use": record.use.use.value if record.use else "",
        "use_reason": record.use.why if record.use else "",
    }
