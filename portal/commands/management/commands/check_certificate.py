"""Check a certificate's PDF: its bytes, its seal, its status."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.certificates.checking import FileVerdict, check_file
from verification.certificates.enums import CertificateStatus


class Command(PortalCommand):
    help = "Say whether a PDF is a certificate as it was issued, and what it is worth now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--offline", action="store_true", help="judge the file alone, without the register")

    def handle(self, *, file: Path, offline: bool, as_json: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            self.refuse(f"{file} cannot be read: {error.strerror}.", code=CALLED_WRONGLY)
        found = check_file(content, uses_register=not offline)
        words = [found.explanation, f"Seal: {found.inspection.explanation}"]
        words += [f"Status now: {found.status.label}."] if found.status else []
        self.say(found.as_record(), as_json=as_json, in_words=words)
        is_good = found.verdict is FileVerdict.SEAL_ONLY or (
            found.verdict is FileVerdict.IDENTICAL and found.status is CertificateStatus.VALID
        )
        if not is_good:
            self.refuse("This file cannot be relied on.")
