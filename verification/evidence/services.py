"""Taking in files: stream to disk under a bound, look at the content, keep or refuse."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
import uuid
from collections.abc import Iterable
from pathlib import Path

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


def store_evidence(chunks: Iterable[bytes], *, name: str, organisation_id: object, actor: Actor) -> EvidenceFile:
    """Keep an uploaded file. Raises ``InvalidInput`` (field ``file``) with nothing kept.

    The bytes are copied to a temporary file under ``EVIDENCE_MAX_BYTES``, inspected, and only
    then stored under a generated name.
    """
    if not actor.belongs_to(organisation_id):
        raise NotAllowed("Files are uploaded by members of the organisation.")
    handle, temporary = tempfile.mkstemp(prefix="upload-")
    path = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as target:
            sha256, size = _copy_bounded(chunks, target, settings.EVIDENCE_MAX_BYTES)
        inspection = inspect(path, name)
        if inspection.problem:
            raise InvalidInput("The file was not accepted.", [inspection.problem])
        return _keep(path, name, sha256, size, inspection.content_type, organisation_id, actor)
    finally:
        path.unlink(missing_ok=True)


def clean_name(name: str) -> str:
    """The file's name without paths, control characters and direction overrides."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    stem, dot, suffix = printable.strip(" .").rpartition(".")
    if not dot:
        return (printable.strip(" .") or "file")[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(suffix) - 1]}.{suffix[:20]}"


@transaction.atomic
def _keep(
    path: Path, name: str, sha256: str, size: int, content_type: str, organisation_id: object, actor: Actor
) -> EvidenceFile:
    evidence = EvidenceFile(
        organisation_id=organisation_id,
        uploaded_by_id=actor.id,
        uploaded_at=clock.now(),
        name=clean_name(name),
        size_bytes=size,
        sha256=sha256,
        content_type=content_type,
        state=FileState.CLEAN,
        scan_note="Type and structure inspected: no encryption, script, macro or archive bomb found.",
    )
    with path.open("rb") as source:
        evidence.file.save(f"{uuid.uuid4().hex}{ACCEPTED_TYPES[content_type]}", File(source), save=False)
    evidence.save(force_insert=True)
    record_event(
        "evidence.file.stored",
        actor=actor,
        subject_type="evidence",
        subject_id=evidence.pk,
        facts={"name": evidence.name, "sha256": sha256, "size_bytes": size, "content_type": content_type},
    )
    return evidence


def _copy_bounded(chunks: Iterable[bytes], target, limit: int) -> tuple[str, int]:  # type: ignore[no-untyped-def]
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
