"""Take the file of a case away: everything about one claim, with a script that checks it."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, HAS_PROBLEMS, PortalCommand
from verification.audit.actors import Actor
from verification.casefile.services import exported_case
from verification.claims.models import Claim


class Command(PortalCommand):
    help = "Export everything about one claim as one file that proves itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("number", help="number of the claim, e.g. EC-2027-000418")
        parser.add_argument("--to", type=Path, required=True, help="file to write, or a folder")

    def handle(self, *, number: str, to: Path, as_json: bool, **options: Any) -> None:
        claim = Claim.objects.select_related("organisation", "installation").filter(number=number).first()
        if claim is None:
            self.refuse(f"There is no claim {number}.")
        with exported_case(claim, actor=Actor.system("export_case")) as case:
            path = to / case.name if to.is_dir() else to
            try:
                with path.open("wb") as target:
                    shutil.copyfileobj(case.content, target)
            except OSError as error:
                self.refuse(f"{path} cannot be written: {error.strerror}.", code=CALLED_WRONGLY)
        record = {
            "file": str(path),
            "bytes": case.size_bytes,
            "manifest_sha256": case.manifest_sha256,
            "members": case.members,
            "events": case.events,
            "problems": list(case.problems),
        }
        words = [f"{path}: {case.members} members, {case.events} events. Manifest {case.manifest_sha256}"]
        self.say(record, as_json=as_json, in_words=[*words, *case.problems])
        if case.problems:
            self.refuse("The stored case is not what was recorded; the file says where.", code=HAS_PROBLEMS)
