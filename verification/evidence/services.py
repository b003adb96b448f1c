"""Taking in files: stream to disk under a bound, look at the content, keep or refuse."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.services import record_event
from verification.evidence.enums import FileState
from verification.evidence.inspection import ACCEPTED_TYPES, inspect
from verification.evidence.models import EvidenceFile
from verification.kernel import clock
from verification.kernel.errors import InvalidInput, NotAllowed, Problem

MAX_NAME = 150


@dataclass(frozen=True)
class ReceivedFile:
    """Bytes that lie in a temporary file, looked at and found acceptable, kept by nobody yet."""

    path: Path
    name: str
    sha256: str
    size_bytes: int
    content_type: str


@contextmanager
def received(chunks: Iterable[bytes], *, name: str, is_inspected: bool = True) -> Iterator[ReceivedFile]:
    """Copy an upload to a temporary file under ``EVIDENCE_MAX_BYTES`` and inspect it.

    ``is_inspected`` is false for files that are only read by a reader with a guard of its own, and never kept.
    Raises ``InvalidInput`` (field ``file``). The temporary file is gone when the context ends.
    """
    handle, temporary = tempfile.mkstemp(prefix="upload-")
    path = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = _copy_bounded(chunks, target, settings.EVIDENCE_MAX_BYTES)
        inspection = inspect(path, name) if is_inspected else None
        if inspection and inspection.problem:
            raise InvalidInput("The file was not accepted.", [inspection.problem])
        content_type = inspection.content_type if inspection else ""
        yield ReceivedFile(path, clean_name(name), sha256, size, content_type)
    finally:
        path.unlink(missing_ok=True)


def store_evidence(chunks: Iterable[bytes], *, name: str, organisation_id: UUID | str, actor: Actor) -> EvidenceFile:
    """Receive and keep an uploaded file. Raises ``InvalidInput`` (field ``file``) with nothing kept."""
    if not actor.belongs_to(organisation_id):
        raise NotAllowed("Files are uploaded by members of the organisation.")
    with received(chunks, name=name) as file:
        return keep(file, organisation_id=organisation_id, actor=actor)


@transaction.atomic
def keep(file: ReceivedFile, *, organisation_id: UUID | str, actor: Actor) -> EvidenceFile:
    """Store a received file under a generated name and record it."""
    if not actor.belongs_to(organisation_id):
        raise NotAllowed("Files are uploaded by members of the organisation.")
    return _keep(file, organisation_id=organisation_id, actor=actor)


@transaction.atomic
def keep_for_party(file: ReceivedFile, *, organisation_id: UUID | str, actor: Actor) -> EvidenceFile:
    """Store what an official sends to an organisation, whose members may read it as they read their own files."""
    if not actor.is_official:
        raise NotAllowed("Only an official sends files to an organisation.")
    return _keep(file, organisation_id=organisation_id, actor=actor)


def _keep(file: ReceivedFile, *, organisation_id: UUID | str, actor: Actor) -> EvidenceFile:
    evidence = EvidenceFile(
        organisation_id=organisation_id,
        uploaded_by_id=actor.id,
        uploaded_at=clock.now(),
        name=file.name,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        content_type=file.content_type,
        state=FileState.CLEAN,
        scan_note="Type and structure inspected: no encryption, script, macro or archive bomb found.",
    )
    with file.path.open("rb") as source:
        evidence.file.save(f"{uuid.uuid4().hex}{ACCEPTED_TYPES[file.content_type]}", File(source), save=False)
    evidence.save(force_insert=True)
    record_event(
        "evidence.file.stored",
        actor=actor,
        subject_type="evidence",
        subject_id=evidence.pk,
        facts={
            "name": file.name,
            "sha256": file.sha256,
            "size_bytes": file.size_bytes,
            "content_type": file.content_type,
        },
    )
    return evidence


def clean_name(name: str) -> str:
    """The file's name without paths, control characters and direction overrides."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem, dot, suffix = printable.strip(" .").rpartition(".")
    if not dot:
        return (printable.strip(" .") or "file")[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(suffix) - 1]}.{suffix[:20]}"


def _copy_bounded(chunks: Iterable[bytes], target: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise InvalidInput(
                "The file was not accepted.",
                [
                    Problem(
                        "block",
                        "FIL-001",
                        f"The file is larger than {limit // 1024**2} MB.",
                        "Remove pictures and sheets that are not part of the form, or split the evidence.",
                        field="file",
                    )
                ],
            )
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size
