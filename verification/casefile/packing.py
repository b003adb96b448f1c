"""Writing the file member by member: nothing is held whole in memory, and every member's hash is taken as it passes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any

CHUNK = 1024 * 1024
STORED_SUFFIXES = frozenset({".pdf", ".xlsx", ".docx", ".png", ".jpg", ".jpeg", ".zip", ".asice"})
"""Compressed already."""


@dataclass
class Packer:
    """A ZIP in the making. ``members`` are those that the manifest names, with SHA-256 and size in bytes."""

    target: IO[bytes]
    at: datetime
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.target, "w", allowZip64=True)

    def add(self, path: str, chunks: Iterable[bytes]) -> str:
        """Write one member that the manifest names; its SHA-256."""
        if path in self.members:
            raise ValueError(f"{path} stands in the file already.")
        sha256, size = self._write(path, chunks)
        self.members[path] = {"sha256": sha256, "size": size}
        return sha256

    def add_lines(self, path: str, records: Iterable[dict[str, Any]]) -> str:
        """JSON, one record a line."""
        return self.add(path, (_line(record) for record in records))

    def add_beside(self, path: str, content: bytes) -> None:
        """A member that the manifest cannot name: itself, its signature, and the event that records it."""
        self._write(path, [content])

    def close(self) -> None:
        self._zip.close()

    def _write(self, path: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        entry = zipfile.ZipInfo(path, date_time=self.at.timetuple()[:6])
        is_stored = PurePosixPath(path).suffix.lower() in STORED_SUFFIXES
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                member.write(chunk)
        return digest.hexdigest(), size


def chunks_of(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
