"""What the register and a file together say about a certificate. Read only, for anyone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from verification.certificates.enums import CertificateStatus
from verification.certificates.inspection import FileInspection, SealVerdict, inspect_file
from verification.certificates.models import Certificate
from verification.certificates.selectors import (
    public_certificate_by_code,
    public_edition_by_sha256,
    status_of,
)


class FileVerdict(StrEnum):
    """The answer to "is this file the one that was issued?"."""

    IDENTICAL = "identical"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    SEAL_ONLY = "seal_only"


@dataclass(frozen=True)
class FileCheck:
    """Said apart: are the bytes those that were issued, does the seal hold, what is the status now."""

    verdict: FileVerdict
    explanation: str
    sha256: str
    inspection: FileInspection
    certificate: Certificate | None = None
    status: CertificateStatus | None = None

    def as_record(self) -> dict[str, Any]:
        """The JSON of ``check_certificate`` and of the page."""
        record = self.inspection.record or {}
        revocation = getattr(self.certificate, "revocation", None)
        return {
            "number": self.certificate.number if self.certificate else record.get("certificate_no"),
            "verdict": self.verdict.value,
            "explanation": self.explanation,
            "status": self.status.value if self.status else None,
            "signature": self.inspection.seal.value,
            "signature_explanation": self.inspection.explanation,
            "signature_level": self.inspection.level.value if self.inspection.level else None,
            "content_hash": self.sha256,
            "record_hash": self.inspection.record_sha256 or None,
            "revoked_on": revocation.revoked_at.date().isoformat() if revocation else None,
            "revoked_from": revocation.effective_on.isoformat() if revocation else None,
            "attached_record": self.inspection.record,
        }


def check_file(content: bytes, *, uses_register: bool = True) -> FileCheck:
    """Judge a file by its bytes, its seal and, unless told not to, by the register."""
    sha256 = hashlib.sha256(content).hexdigest()
    edition = public_edition_by_sha256(sha256) if uses_register else None
    inspection = inspect_file(content, is_known=edition is not None)
    if not uses_register:
        verdict = FileVerdict.SEAL_ONLY if inspection.seal is SealVerdict.VALID else FileVerdict.ALTERED
        return FileCheck(verdict, f"{inspection.explanation} The register was not asked.", sha256, inspection)
    if edition:
        certificate = edition.certificate
        said = "The file is, byte for byte, the one that was issued."
        return FileCheck(FileVerdict.IDENTICAL, said, sha256, inspection, certificate, status_of(certificate))
    named = _named_in(inspection)
    if named:
        said = f"This is not the file that was issued as {named.number}. {inspection.explanation}"
        return FileCheck(FileVerdict.ALTERED, said, sha256, inspection, named, status_of(named))
    said = f"No certificate of this register belongs to the file. {inspection.explanation}"
    return FileCheck(FileVerdict.UNKNOWN, said, sha256, inspection)


def _named_in(inspection: FileInspection) -> Certificate | None:
    """The certificate that the attached record names, if number and code belong together."""
    record = inspection.record or {}
    certificate = public_certificate_by_code(str(record.get("short_code", "")))
    return certificate if certificate and certificate.number == record.get("certificate_no") else None
