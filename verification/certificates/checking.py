"""What the register says about a file or about an offline code. Read only, for anyone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from verification.certificates.answers import Answer, answer_of
from verification.certificates.enums import CertificateStatus
from verification.certificates.inspection import FileInspection, SealVerdict, inspect_file
from verification.certificates.models import Certificate, Edition
from verification.certificates.seal_facts import SealFacts, seal_facts
from verification.certificates.selectors import (
    public_certificate_by_code,
    public_edition_by_sha256,
    status_of,
)
from verification.credentials.keys import NotGenuine, UnknownKey
from verification.credentials.offline import is_of_record
from verification.credentials.selectors import offline_content_of
from verification.kernel import clock


class FileVerdict(StrEnum):
    """The answer to "is this file the one that was issued?"."""

    IDENTICAL = "identical"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    SEAL_ONLY = "seal_only"


@dataclass(frozen=True)
class FileCheck:
    """Said apart: are the bytes those that were issued, does the seal hold, is the record the register's, the status.

    ``answer`` is ``None`` where the register was not asked, ``seal`` where the seal does not hold.
    """

    verdict: FileVerdict
    explanation: str
    sha256: str
    inspection: FileInspection
    certificate: Certificate | None = None
    status: CertificateStatus | None = None
    answer: Answer | None = None
    edition: Edition | None = None
    seal: SealFacts | None = None

    @property
    def has_record_of_register(self) -> bool | None:
        """``None`` where there is nothing to compare."""
        if self.certificate is None or self.inspection.record is None:
            return None
        return self.inspection.record_sha256 == self.certificate.record_sha256

    def as_record(self) -> dict[str, Any]:
        """The JSON of ``check_certificate`` and of the page."""
        record = self.inspection.record or {}
        revocation = getattr(self.certificate, "revocation", None)
        stamped = self.seal.stamped_at if self.seal else None
        return {
            "number": self.certificate.number if self.certificate else record.get("certificate_no"),
            "verdict": self.verdict.value,
            "answer": self.answer.value if self.answer else None,
            "explanation": self.explanation,
            "status": self.status.value if self.status else None,
            "signature": self.inspection.seal.value,
            "signature_explanation": self.inspection.explanation,
            "signature_level": self.inspection.level.value if self.inspection.level else None,
            "sealed_by": self.seal.sealed_by if self.seal else None,
            "time_stamped_at": stamped.isoformat() if stamped else None,
            "content_hash": self.sha256,
            "record_hash": self.inspection.record_sha256 or None,
            "record_is_the_registers": self.has_record_of_register,
            "revoked_on": revocation.revoked_at.date().isoformat() if revocation else None,
            "revoked_from": revocation.effective_on.isoformat() if revocation else None,
            "attached_record": self.inspection.record,
        }


@dataclass(frozen=True)
class CodeCheck:
    """What an offline code says if the issuer signed it (``said``), and what the register says of it."""

    answer: Answer
    said: dict[str, Any] | None = None
    certificate: Certificate | None = None
    says_what_register_says: bool = False


def check_file(content: bytes, *, uses_register: bool = True) -> FileCheck:
    """Judge a file by its bytes, its seal and, unless told not to, by the register."""
    sha256 = hashlib.sha256(content).hexdigest()
    edition = public_edition_by_sha256(sha256) if uses_register else None
    inspection = inspect_file(content, is_known=edition is not None)
    seal = seal_facts(content) if inspection.seal is SealVerdict.VALID else None
    if not uses_register:
        verdict = FileVerdict.SEAL_ONLY if seal else FileVerdict.ALTERED
        said = _("The register was not asked.")
        return FileCheck(verdict, f"{inspection.explanation} {said}", sha256, inspection, seal=seal)
    if edition:
        return FileCheck(
            FileVerdict.IDENTICAL,
            _("The file is, byte for byte, the one that was issued."),
            sha256,
            inspection,
            edition.certificate,
            status_of(edition.certificate),
            answer_of(edition.certificate, clock.today()),
            edition,
            seal,
        )
    named = _named_in(inspection)
    if named:
        said = _("This is not the file that was issued as %(number)s.") % {"number": named.number}
        status, said = status_of(named), f"{said} {inspection.explanation}"
        return FileCheck(FileVerdict.ALTERED, said, sha256, inspection, named, status, Answer.ALTERED, seal=seal)
    said = _("No certificate of this register belongs to the file.")
    said = f"{said} {inspection.explanation}"
    return FileCheck(FileVerdict.UNKNOWN, said, sha256, inspection, answer=Answer.UNKNOWN, seal=seal)


def check_offline_code(code: str) -> CodeCheck:
    """Judge the text of the second QR code. A code of a key that is not the issuer's is unknown, not altered."""
    try:
        said = offline_content_of(code)
    except NotGenuine:
        return CodeCheck(Answer.ALTERED)
    except UnknownKey:
        return CodeCheck(Answer.UNKNOWN)
    certificate = public_certificate_by_code(said["code"], number=said["number"])
    if certificate is None:
        return CodeCheck(Answer.UNKNOWN, said)
    is_same = is_of_record(said, json.loads(certificate.record))
    return CodeCheck(answer_of(certificate, clock.today()), said, certificate, is_same)


def _named_in(inspection: FileInspection) -> Certificate | None:
    """The certificate that the attached record names, if number and code belong together."""
    record = inspection.record or {}
    if not record.get("certificate_no"):
        return None
    return public_certificate_by_code(str(record.get("short_code", "")), number=str(record["certificate_no"]))
