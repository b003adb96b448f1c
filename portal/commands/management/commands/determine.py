"""Which value applies to a good."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.commands.base import HAS_PROBLEMS, PortalCommand, day, instant, quantity
from verification.determination.engine import Determination
from verification.determination.records import record_of
from verification.determination.services import determine_question, question_for
from verification.kernel.errors import DomainError, InvalidInput
from verification.kernel.quantities import plain


class Command(PortalCommand):
    help = "Say which value applies to a good, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--scheme", required=True, help="code of the scheme, e.g. eu-cbam")
        parser.add_argument("--good", required=True, help="code of the good, eight or ten digits")
        parser.add_argument("--origin", required=True, help="country of origin, ISO code")
        parser.add_argument("--installation", default="", help="code of the installation")
        parser.add_argument("--route", default="", help="production route")
        parser.add_argument("--variant", default="", help="e.g. grey or white")
        parser.add_argument("--date", type=day, dest="legal_date", help="date of import (default: today)")
        parser.add_argument("--as-known", type=instant, dest="known_at", help="as known then (default: now)")
        parser.add_argument("--quantity", type=quantity, dest="quantity_t", help="net mass in tonnes")

    def handle(
        self, *, scheme: str, good: str, origin: str, installation: str, route: str, variant: str,
        legal_date: date | None, known_at: datetime | None, quantity_t: Decimal | None, as_json: bool, **options: Any,
    ) -> None:  # fmt: skip
        try:
            question = question_for(
                scheme, good, origin, legal_date=legal_date, known_at=known_at, installation=installation, route=route,
                variant=variant, quantity_t=quantity_t,
            )  # fmt: skip
            answer = determine_question(question)
        except InvalidInput as error:
            self.refuse(str(error), error.problems)
        except DomainError as error:
            self.refuse(str(error))
        self.say(record_of(answer), as_json=as_json, in_words=_words(answer))
        if answer.basis == "none":
            self.refuse(answer.reason, code=HAS_PROBLEMS)


def _words(answer: Determination) -> list[str]:
    value = f"{plain(answer.value)} {answer.unit}" if answer.value is not None else "no value"
    return [f"{value} ({answer.basis}, {answer.rung})", *(f"  {line.rung}: {line.why}" for line in answer.trace)]
