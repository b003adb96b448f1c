"""Keep the project's own wordings of decisions, published by two officials."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from portal.commands.base import PortalCommand
from verification.audit.actors import Actor
from verification.kernel.errors import DomainError, InvalidInput
from verification.wording.services import load_wordings


class Command(PortalCommand):
    help = "Publish the project's own wordings of decisions; texts that are there already stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("publish", nargs=2, metavar="OFFICIAL", help="two different officials who publish them")

    def handle(self, *, publish: list[str], as_json: bool, **options: Any) -> None:
        try:
            count = load_wordings(actor=Actor.system("command line"), officials=(publish[0], publish[1]))
        except InvalidInput as error:
            self.refuse(str(error), error.problems)
        except DomainError as error:
            self.refuse(str(error))
        self.say(
            {"new": str(count)}, as_json=as_json, in_words=[f"{count} texts are new; the others stay as they are."]
        )
