"""Guard before any zip-based file is opened: its own directory tells whether it is a bomb.

Limits measured for spreadsheets: a 2.5 MB file can unpack to more than 1 GB.
"""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from verification.kernel.errors import Problem


@dataclass(frozen=True)
class ArchiveLimits:
    """Bytes, counts and the ratio of unpacked to packed bytes per member."""

    file_bytes: int = 25 * 1024 * 1024
    members: int = 200
    unpacked_bytes: int = 200 * 1024 * 1024
    ratio: int = 100
    ratio_from_bytes: int = 1024 * 1024


def archive_problem(path: Path, limits: ArchiveLimits | None = None) -> Problem | None:
    """Why the archive must not be opened, or ``None``. Reads the directory only, unpacks nothing."""
    limits = limits or ArchiveLimits()
    if path.stat().st_size > limits.file_bytes:
        return Problem(
            "block",
            "FIL-001",
            f"The file is larger than {limits.file_bytes // 1024**2} MB.",
            "Remove pictures and sheets that are not part of the form, or split the evidence.",
            found=f"{path.stat().st_size // 1024**2} MB",
        )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return Problem(
            "block",
            "FIL-002",
            "The file is damaged or incomplete: its end or its directory cannot be read.",
            "Open it in your spreadsheet program, save it again as .xlsx and upload that copy.",
        )
    return _members_problem(members, limits)


def _members_problem(members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> Problem | None:
    unpacked = sum(member.file_size for member in members)
    inflated = [
        member
        for member in members
        if member.file_size > limits.ratio_from_bytes and member.file_size > limits.ratio * max(member.compress_size, 1)
    ]
    if len(members) > limits.members or unpacked > limits.unpacked_bytes or inflated:
        return Problem(
            "block",
            "FIL-003",
            "The file would unpack to far more than a form or report needs. It was not opened.",
            "Save the workbook again without embedded objects and unused formatting.",
            found=f"{len(members)} parts, {unpacked // 1024**2} MB unpacked",
            expected=f"at most {limits.members} parts and {limits.unpacked_bytes // 1024**2} MB",
        )
    if any(member.flag_bits & 0x1 for member in members):
        return Problem(
            "block",
            "FIL-004",
            "The file is protected by a password, so that it cannot be read.",
            "Remove the password (File, Protect, Encrypt with password, leave empty) and upload it again.",
        )
    if any(_is_unsafe(member) for member in members):
        return Problem(
            "block",
            "FIL-005",
            "The file holds links or parts outside its own folder.",
            "Save it again from your spreadsheet program and upload that copy.",
        )
    return None


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_nested = name.lower().endswith((".zip", ".gz", ".7z", ".rar"))
    return is_link or is_nested or name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")
