"""Replace the sealing key and the issuer's key; what they signed stays valid."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.signing.errors import SealingError
from verification.signing.making import rotate_keys


class Command(PortalCommand):
    help = "Replace the sealing key and the issuer's key by new ones under the same root; the old ones stay trusted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--root", action="store_true", help="replace the root and the time-stamping authority too")

    def handle(self, *, root: bool, as_json: bool, **options: Any) -> None:
        try:
            made = rotate_keys(with_root=root)
        except SealingError as error:
            self.refuse(f"{error} Nothing was written.", code=CALLED_WRONGLY)
        words = [f"Seals are made with {made['seal']} now.", f"Credentials are signed with {made['issuer']} now."]
        self.say(made, as_json=as_json, in_words=words)
