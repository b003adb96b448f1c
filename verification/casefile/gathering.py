"""Putting the contents of a case into its file, table by table, document by document, event by event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.db.models.fields.files import FieldFile

from verification.accounts.models import User
from verification.audit.models import Event
from verification.casefile.contents import Content
from verification.casefile.events import in_batches, is_withheld, record_of_event
from verification.casefile.packing import Packer, chunks_of
from verification.casefile.policy import View
from verification.casefile.rows import files_kept_by, keeps_files, people_named_by, record_of_row
from verification.casefile.selectors import contents_for, document_ids_of, events_about, subjects_of
from verification.claims.models import Claim
from verification.evidence.models import EvidenceFile

Progress = Callable[[int, int], None]


@dataclass
class Gathered:
    """What was found on the way: who and what the rows name, what the audit record says, and what is not well."""

    claim: Claim
    view: View
    packer: Packer
    counts: dict[str, int] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    shown_documents: list[dict[str, Any]] = field(default_factory=list)
    events: list[list[Any]] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    proofs: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add_tables(self) -> None:
        for content in contents_for(self.view):
            self.packer.add_lines(f"records/{content.name}.jsonl", self._records(content))
            self._add_parts_of(content)
        people = User.objects.filter(pk__in=self.people).order_by("pk")
        named = ({"id": str(person.pk), "name": person.get_full_name()} for person in people)
        self.packer.add_lines("records/people.jsonl", named)

    def add_documents(self, progress: Progress) -> None:
        """The bytes as they were uploaded, under a name of their own and the one they came with."""
        identifiers = document_ids_of(self.claim, self.view)
        files = EvidenceFile.objects.filter(pk__in=identifiers).order_by("uploaded_at", "pk")
        for done, file in enumerate(files.iterator(), start=1):
            path = f"documents/{file.pk.hex[:12]}-{file.name}"
            sha256 = self._add_file(path, file.file, file.sha256)
            self.shown_documents.append(
                {"path": path, "name": file.name, "size": file.size_bytes, "sha256": sha256, "at": file.uploaded_at}
            )
            progress(done, len(identifiers))

    def add_events(self, *, up_to: int) -> None:
        """Each with the hash of the one before it; and for each member, the event that recorded its hash."""
        by_hash = {member["sha256"]: path for path, member in self.packer.members.items()}
        self.packer.add_lines("audit/events.jsonl", self._event_records(by_hash, up_to))

    def _event_records(self, by_hash: dict[str, str], up_to: int) -> Iterator[dict[str, Any]]:
        events = events_about(self.claim, subjects_of(self.claim, self.view))
        for event in in_batches(events, up_to=up_to):
            withheld = is_withheld(event, self.view)
            self.events.append([event.sequence, event.sha256])
            self.told.append(event)
            if not withheld:
                found = sorted(set(_texts(json.loads(event.facts))) & set(by_hash))
                self.proofs += [{"member": by_hash[sha256], "event": event.sequence} for sha256 in found]
            yield record_of_event(event, withheld=withheld)

    def _records(self, content: Content) -> Iterator[dict[str, Any]]:
        self.counts[content.title] = 0
        for row in content.rows_of(self.claim).defer(*content.texts).iterator(chunk_size=500):
            self.counts[content.title] += 1
            self.people |= people_named_by(row)
            yield record_of_row(content, row, self.view)

    def _add_parts_of(self, content: Content) -> None:
        """Texts and files of the rows, each a member of its own."""
        if not content.texts and not keeps_files(content.model):
            return
        for row in content.rows_of(self.claim).iterator(chunk_size=1):
            for column, path in content.texts.items():
                self.packer.add(path.format(**vars(row)), [getattr(row, column).encode()])
            for stored in files_kept_by(row):
                name = PurePosixPath(stored.name or "").name
                self._add_file(f"files/{content.name}/{row.pk}-{name}", stored, getattr(row, "sha256", ""))

    def _add_file(self, path: str, stored: FieldFile, recorded_sha256: str) -> str:
        """What lies on the disk goes into the file as it is; where it is not what was recorded, the file says so."""
        try:
            with stored.open("rb") as source:
                sha256 = self.packer.add(path, chunks_of(source))
        except FileNotFoundError:
            self.problems.append(f"{path}: the bytes are missing; recorded was SHA-256 {recorded_sha256}")
            return ""
        if recorded_sha256 and sha256 != recorded_sha256:
            self.problems.append(f"{path}: the bytes are not those that were recorded, SHA-256 {recorded_sha256}")
        return sha256


def _texts(value: Any) -> Iterator[str]:
    """Every text inside the facts of an event."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
