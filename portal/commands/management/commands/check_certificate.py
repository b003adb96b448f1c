"""Check a certificate's PDF: its bytes, its seal, its status."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, PortalCommand
from verification.certificates.checking import FileCheck, FileVerdict, check_file
from verification.certificates.enums import CertificateStatus
from verification.credentials.keys import NotGenuine, UnknownKey
from verification.credentials.offline import is_of_record
from verification.credentials.selectors import offline_content_of

AS_ATTACHED = "says what the attached record says"


class Command(PortalCommand):
    help = "Say whether a PDF is a certificate as it was issued, and what it is worth now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--offline", action="store_true", help="judge the file alone, without the register")
        parser.add_argument("--code", help="the offline code printed on it, to compare with the attached record")

    def handle(self, *, file: Path, offline: bool, code: str | None, as_json: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            self.refuse(f"{file} cannot be read: {error.strerror}.", code=CALLED_WRONGLY)
        found = check_file(content, uses_register=not offline)
        said = found.as_record() | ({"offline_code": self._judged(code, found)} if code else {})
        self.say(said, as_json=as_json, in_words=_in_words(found, said))
        if code and said["offline_code"] != AS_ATTACHED:
            self.refuse("The offline code does not belong to this file.")
        is_good = found.verdict is FileVerdict.SEAL_ONLY or (
            found.verdict is FileVerdict.IDENTICAL and found.status is CertificateStatus.VALID
        )
        if not is_good:
            self.refuse("This file cannot be relied on.")

    def _judged(self, code: str, found: FileCheck) -> str:
        try:
            said = offline_content_of(code)
        except (NotGenuine, UnknownKey) as reason:
            return str(reason)
        record = found.inspection.record
        try:
            is_same = record is not None and is_of_record(said, record)
        except (KeyError, TypeError, ValueError, ArithmeticError):  # the attached file is no record of a certificate
            is_same = False
        return AS_ATTACHED if is_same else "says something else than the attached record"


def _in_words(found: FileCheck, said: dict[str, Any]) -> list[str]:
    words = [found.explanation, f"SHA-256: {found.sha256}", f"Seal: {found.inspection.explanation}"]
    if found.seal:
        at = found.seal.stamped_at or found.seal.claimed_at
        how = "time stamped" if found.seal.stamped_at else "by its own clock"
        words.append(f"Sealed by {found.seal.sealed_by}, {how} {at:%Y-%m-%d %H:%M:%S %Z}.")
    record = {True: "that of the register", False: "not that of the register", None: "not compared"}
    words.append(f"Attached record: {record[found.has_record_of_register]}.")
    words += [f"Offline code: {said['offline_code'].rstrip('.')}."] if "offline_code" in said else []
    words += [f"Status now: {found.status.label}."] if found.status else []
    return words
