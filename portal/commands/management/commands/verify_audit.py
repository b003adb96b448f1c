"""Walk the audit record and name the first event that does not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from portal.commands.base import CALLED_WRONGLY, HAS_PROBLEMS, PortalCommand
from verification.audit.checkpoints import CheckpointRecord, read_checkpoint
from verification.audit.services import verify_chain
from verification.audit.signing import was_issued_under


class Command(PortalCommand):
    help = "Walk the hash chain of the audit record; exit 1 and name the first broken event."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--checkpoint", type=Path, nargs="+", default=[], help="files of checkpoints that were kept elsewhere"
        )
        parser.add_argument("--root", type=Path, help="root certificate that the files' certificates must come from")

    def handle(self, *, checkpoint: list[Path], root: Path | None, as_json: bool, **options: Any) -> None:
        root_pem = self._read(root).decode(errors="replace") if root else ""
        kept = [self._checkpoint(path, root_pem) for path in checkpoint]
        report = verify_chain(kept)
        record = {
            "intact": report.is_intact,
            "events": report.count,
            "head_sha256": report.head_sha256,
            "checkpoints": report.checkpoints,
            "keys": sorted({each.key_id for each in kept}),
            "broken_at": report.broken_at,
            "broken_event": report.broken_name or None,
            "why": report.why or None,
        }
        words = [f"{report.count} events, intact. The chain ends in {report.head_sha256}."]
        words += [f"{report.checkpoints} signed checkpoints hold."] if report.checkpoints else []
        words += [f"{path} was signed with {each.key_id}" for path, each in zip(checkpoint, kept, strict=True)]
        if not report.is_intact:
            words = [
                f"Broken at event {report.broken_at} {report.broken_name}: {report.why}. {report.count} before it hold."
            ]
        self.say(record, as_json=as_json, in_words=words)
        if not report.is_intact:
            self.refuse("The audit record is not intact.", code=HAS_PROBLEMS)

    def _checkpoint(self, path: Path, root_pem: str) -> CheckpointRecord:
        try:
            found = read_checkpoint(self._read(path))
        except ValueError as error:
            self.refuse(f"{path}: {error}", code=CALLED_WRONGLY)
        if not found.is_signed:
            self.refuse(f"{path} bears no valid signature; it proves nothing.")
        if root_pem and not was_issued_under(found.certificate, root_pem):
            self.refuse(f"{path} was signed with a key that does not come from this root.")
        return found

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            self.refuse(f"{path} cannot be read: {error.strerror}.", code=CALLED_WRONGLY)
