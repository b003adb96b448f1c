"""A claim, or the value of a good, as it was known on a day, beside what is known now."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand, day, instant
from verification.audit.actors import Actor
from verification.casefile.travel import Journey, claim_as_known, claim_numbered, determination_as_known
from verification.determination.services import question_for
from verification.kernel.errors import InvalidInput

OFFICIAL = Actor(kind="system", id="", label="as_known", roles=frozenset({"reviewer"}))


class Command(PortalCommand):
    help = "Say what was known on a day about a claim or a good, what is known now, and what happened between."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "known_at", type=instant, metavar="DATE", help="a date for the end of that day, or an instant"
        )
        parser.add_argument("number", nargs="?", default="", help="number of a claim or of a certificate")
        parser.add_argument("--scheme", default="", help="code of the scheme, e.g. eu-cbam")
        parser.add_argument("--good", default="", help="code of the good, instead of a number")
        parser.add_argument("--origin", default="", help="country of origin, ISO code")
        parser.add_argument("--installation", default="", help="code of the installation")
        parser.add_argument("--route", default="", help="production route")
        parser.add_argument("--variant", default="", help="e.g. grey or white")
        parser.add_argument("--date", type=day, dest="legal_date", help="date of import (default: today)")

    def handle(self, *, known_at: datetime, number: str, as_json: bool, **options: Any) -> None:
        if bool(number) == bool(options["good"]):
            self.refuse("Name either a number, or a good with its scheme and origin.", code=CALLED_WRONGLY)
        journey = self._of_claim(number, known_at) if number else self._of_good(known_at, **options)
        record = {
            "known_at": journey.instant.astimezone(UTC).isoformat(),
            "facts": [asdict(fact) for fact in journey.facts],
            "events": [
                {"sequence": each.sequence, "at": each.at.isoformat(), "title": each.title, "by": each.by}
                for each in journey.events
            ],
            "has_more_events": journey.has_more_events,
        }
        self.say(record, as_json=as_json, in_words=_words(journey))

    def _of_claim(self, number: str, known_at: datetime) -> Journey:
        claim = claim_numbered(OFFICIAL, number)
        if claim is None:
            self.refuse(f"No claim was sent under the number {number}.")
        return claim_as_known(claim, known_at)

    def _of_good(
        self, known_at: datetime, *, scheme: str, good: str, origin: str, installation: str, route: str, variant: str,
        legal_date: date | None, **options: Any,
    ) -> Journey:  # fmt: skip
        if not scheme or not origin:
            self.refuse("A good is asked for with --scheme and --origin.", code=CALLED_WRONGLY)
        try:
            question = question_for(
                scheme, good, origin, legal_date=legal_date, known_at=known_at, installation=installation, route=route,
                variant=variant,
            )  # fmt: skip
        except InvalidInput as error:
            self.refuse(str(error), error.problems)
        return determination_as_known(question)


def _words(journey: Journey) -> list[str]:
    said = [f"As known on {journey.instant:%Y-%m-%d %H:%M} UTC"]
    for fact in journey.facts:
        said.append(f"{'*' if fact.is_changed else ' '} {fact.label}: {fact.then}")
        if fact.is_changed:
            said.append(f"    now: {fact.now}")
    said.append("What happened since:" if journey.events else "Nothing happened since.")
    said += ["  (earlier ones are left out)"] if journey.has_more_events else []
    return [*said, *(f"  {each.at:%Y-%m-%d %H:%M} {each.title}, {each.by}" for each in journey.events)]
