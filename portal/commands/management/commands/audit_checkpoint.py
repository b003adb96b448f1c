"""Sign where the audit record ends now, and write it to a file that is kept elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.audit.services import make_checkpoint
from verification.audit.walking import BrokenChain, record_of


class Command(PortalCommand):
    help = "Sign where the audit record ends now; keep the file away from this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--to", type=Path, help="file to write, or a folder for a file named after the last event")

    def handle(self, *, to: Path | None, as_json: bool, **options: Any) -> None:
        try:
            checkpoint = record_of(make_checkpoint())
        except BrokenChain as broken:
            self.refuse(f"{broken} Nothing was signed.")
        words = [f"Signed after {checkpoint.count} events: {checkpoint.head_sha256}"]
        if to is not None:
            path = to / f"checkpoint-{checkpoint.sequence:09d}.json" if to.is_dir() else to
            try:
                path.write_bytes(checkpoint.as_file())
            except OSError as error:
                self.refuse(f"{path} cannot be written: {error.strerror}.", code=CALLED_WRONGLY)
            words.append(f"Written to {path}")
        self.say(checkpoint.as_dict(), as_json=as_json, in_words=words)
