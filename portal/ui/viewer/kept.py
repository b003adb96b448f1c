"""What was drawn once is kept on disk by the hash of the file; the folder may be emptied at any time."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from verification.evidence.models import EvidenceFile
from verification.kernel.confined import ChildFailed, Limits, run_confined

CHILD = "verification.evidence.drawing.child"
LIMITS = Limits(memory_bytes=1024 * 1024 * 1024, processor_seconds=15, wall_seconds=25)
EDITION = "1"
"""To be raised when the same file is drawn in another way."""
FAILED = "failed"
log = structlog.get_logger(__name__)


class CannotBeShown(Exception):
    """The file met a limit or cannot be read; it can still be downloaded."""


def read(evidence: EvidenceFile, job: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """What the child process said about the file. Raises ``CannotBeShown``."""
    path = _place(evidence, job, options).with_suffix(".json")
    if path.exists():
        record = json.loads(path.read_text("utf-8"))
    else:
        record = _run(evidence, job, options)
        if not record.get("is_passing"):
            _write(path, json.dumps(record).encode())
    if FAILED in record:
        raise CannotBeShown(record[FAILED])
    return record


def picture(evidence: EvidenceFile, job: str, options: Mapping[str, Any]) -> bytes:
    """A picture of the file, or of one of its pages. Raises ``CannotBeShown``."""
    path = _place(evidence, job, options).with_suffix(".webp")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="drawing-")
        os.close(handle)
        try:
            record = _run(evidence, job, {**options, "target": temporary})
            if FAILED in record:
                raise CannotBeShown(record[FAILED])
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    return path.read_bytes()


def _run(evidence: EvidenceFile, job: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The child's record, or that it failed. ``is_passing``: a failure of this machine, to be tried again."""
    try:
        return run_confined(CHILD, [job, evidence.file.path, json.dumps(options)], LIMITS)
    except ChildFailed as failure:
        log.warning("viewer.failed", file=str(evidence.pk), job=job, found=failure.found)
        return {FAILED: failure.found, "is_passing": not failure.is_exhausted}


def _place(evidence: EvidenceFile, job: str, options: Mapping[str, Any]) -> Path:
    asked = json.dumps([EDITION, job, options], sort_keys=True).encode()
    name = hashlib.sha256(asked).hexdigest()[:24]
    return settings.VAR_DIR / "viewer" / evidence.sha256[:2] / evidence.sha256 / name


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="reading-")
    with os.fdopen(handle, "wb") as target:
        target.write(content)
    Path(temporary).replace(path)
