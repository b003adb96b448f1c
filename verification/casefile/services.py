"""Exporting the file of a case: everything about one claim, as one file that proves itself."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from verification.audit.actors import Actor
from verification.audit.models import Event
from verification.audit.services import make_checkpoint, record_event
from verification.audit.signing import sign
from verification.audit.walking import BrokenChain, record_of
from verification.casefile.events import record_of_event
from verification.casefile.gathering import Gathered, Progress
from verification.casefile.index import index_page
from verification.casefile.packing import Packer
from verification.casefile.policy import View, demand_view
from verification.claims.models import Claim
from verification.kernel import clock
from verification.kernel.canonical import canonical_bytes
from verification.signing.folder import ROOT_CERTIFICATE, SEAL_CERTIFICATE, key_folder

FORMAT = "case-file-1"
CHECK_SCRIPT = Path(__file__).with_name("check.py")


@dataclass(frozen=True)
class CaseFile:
    """What was exported. ``content`` stands at its first byte and is gone when the context ends."""

    name: str
    view: View
    content: IO[bytes]
    size_bytes: int
    manifest_sha256: str
    members: int
    events: int
    problems: tuple[str, ...]


@contextmanager
def exported_case(claim: Claim, *, actor: Actor, progress: Progress = lambda done, total: None) -> Iterator[CaseFile]:
    """Build the file in a temporary one. Raises ``NotAllowed``.

    The event that records the export bears the manifest's hash; it and the manifest's signature stand beside the
    manifest in the file. Where the stored case is not what was recorded, the file says so instead of not being made.
    """
    view = demand_view(actor, claim)
    with tempfile.TemporaryFile(prefix="case-") as content:
        now = clock.now()
        packer = Packer(content, now)
        gathered = Gathered(claim, view, packer)
        up_to = _add_checkpoint(gathered)
        gathered.add_tables()
        gathered.add_documents(progress)
        gathered.add_events(up_to=up_to)
        packer.add("check.py", [CHECK_SCRIPT.read_bytes()])
        packer.add("index.html", [index_page(gathered, at=now, by=actor.label).encode()])
        certificates = {name: (key_folder() / name).read_bytes() for name in (SEAL_CERTIFICATE, ROOT_CERTIFICATE)}
        manifest = canonical_bytes(_manifest(gathered, now.isoformat(), actor, certificates))
        _seal(packer, manifest, certificates)
        with transaction.atomic():
            event = _record(gathered, manifest, actor)
            packer.add_beside("export-event.json", json.dumps(record_of_event(event), indent=1).encode())
            packer.close()
        size = content.tell()
        content.seek(0)
        yield CaseFile(
            name=f"{claim.number}-case-{view.value}.zip",
            view=view,
            content=content,
            size_bytes=size,
            manifest_sha256=sha256(manifest).hexdigest(),
            members=len(packer.members),
            events=len(gathered.events),
            problems=tuple(gathered.problems),
        )


def _add_checkpoint(gathered: Gathered) -> int:
    """A signed head of the audit record that covers every event in the file; the last event that the file may hold."""
    try:
        checkpoint = record_of(make_checkpoint())
    except BrokenChain as broken:
        gathered.problems.append(str(broken))
        return Event.objects.latest("sequence").sequence
    gathered.packer.add("audit/checkpoint.json", [checkpoint.as_file()])
    return checkpoint.sequence


def _manifest(gathered: Gathered, at: str, actor: Actor, certificates: dict[str, bytes]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "authority": settings.AUTHORITY_NAME,
        "claim": gathered.claim.number,
        "view": gathered.view.value,
        "exported_at": at,
        "exported_by": actor.label,
        "certificates": {name: sha256(content).hexdigest() for name, content in certificates.items()},
        "members": gathered.packer.members,
        "events": gathered.events,
        "proofs": gathered.proofs,
        "problems": gathered.problems,
    }


def _seal(packer: Packer, manifest: bytes, certificates: dict[str, bytes]) -> None:
    packer.add_beside("manifest.json", manifest)
    packer.add_beside("manifest.sig", sign(manifest).signature)
    for name, content in certificates.items():
        packer.add_beside(name, content)


def _record(gathered: Gathered, manifest: bytes, actor: Actor) -> Event:
    return record_event(
        "casefile.case.exported",
        actor=actor,
        subject_type="claim",
        subject_id=gathered.claim.pk,
        facts={
            "number": gathered.claim.number,
            "view": gathered.view.value,
            "manifest_sha256": sha256(manifest).hexdigest(),
            "members": len(gathered.packer.members),
            "events": len(gathered.events),
            "problems": len(gathered.problems),
        },
    )
