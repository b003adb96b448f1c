"""What the commands share: one JSON object on standard output, messages on standard error, three exit codes."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from verification.kernel.errors import Problem
from verification.kernel.quantities import decimal_from

HAS_PROBLEMS = 1
CALLED_WRONGLY = 2


class PortalCommand(BaseCommand):
    """``--json`` on every command. Exit 0 fine, 1 the input has problems, 2 unreadable or called wrongly."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def say(self, record: dict[str, Any], *, as_json: bool, in_words: Iterable[str]) -> None:
        """Print ``record`` as JSON, or its words, one a line."""
        if as_json:
            self.stdout.write(json.dumps(record, ensure_ascii=False, indent=2))
        else:
            for line in in_words:
                self.stdout.write(line)

    def refuse(self, summary: str, problems: Iterable[Problem] = (), *, code: int = HAS_PROBLEMS) -> NoReturn:
        """Every problem on standard error, then the exit code."""
        for problem in problems:
            place = " ".join(filter(None, (problem.sheet, problem.cell, problem.field)))
            found = f" Found: {problem.found}." if problem.found else ""
            self.stderr.write(f"{problem.code} {place}: {problem.message}{found} {problem.mend}".rstrip())
        raise CommandError(summary, returncode=code)


def argument(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """A converter for ``argparse`` that keeps the words of the error."""

    def convert(raw: str) -> Any:
        try:
            return parse(raw)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from error

    return convert


@argument
def day(raw: str) -> date:
    """An ISO date."""
    return date.fromisoformat(raw)


@argument
def instant(raw: str) -> datetime:
    """An ISO instant (UTC where no zone is written); a bare date means the end of that day."""
    if len(raw) == len("2026-01-31"):
        return datetime.combine(date.fromisoformat(raw), time.max, tzinfo=UTC)
    parsed = datetime.fromisoformat(raw)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


@argument
def quantity(raw: str) -> Decimal:
    """A decimal number above zero."""
    value = decimal_from(raw)
    if value <= 0:
        raise ValueError("A quantity is above zero.")
    return value
