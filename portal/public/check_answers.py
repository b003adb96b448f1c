"""What the check page shows: the word, each question with its own answer, the values to compare."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.ui.certified import parts_of
from verification.certificates.answers import Answer, answer_of, last_day_of_use
from verification.certificates.checking import CodeCheck, FileCheck, FileVerdict
from verification.certificates.figures import hash_lines
from verification.certificates.models import Certificate
from verification.certificates.pictures import data_address, rosette_svg
from verification.kernel import clock
from verification.kernel.identifiers import grouped
from verification.signing.editions import SealLevel

KINDS = {
    Answer.VALID: "valid",
    Answer.EXPIRED: "unknown",
    Answer.SUSPENDED: "superseded",
    Answer.REVOKED: "revoked",
    Answer.REPLACED: "superseded",
    Answer.BEING_SEALED: "unknown",
    Answer.ALTERED: "revoked",
    Answer.UNKNOWN: "unknown",
}
"""The drawing beside the word."""
SHAPES = {"valid": "valid", "superseded": "act", "revoked": "stop", "unknown": "past"}
"""The smaller one beside the word of one question."""


@dataclass(frozen=True)
class Row:
    """One question with its own answer. ``at`` is shown behind the note, ``digits`` below it."""

    question: str
    shape: str
    word: str
    note: str = ""
    at: datetime | None = None
    digits: tuple[str, ...] = ()


def certificate_context(
    certificate: Certificate, found: FileCheck | None = None, read: CodeCheck | None = None
) -> dict[str, Any]:
    """The page of a certificate; with what was found of a file or of an offline code."""
    record = json.loads(certificate.record)
    answer = answer_of(certificate, clock.today())
    return {
        "certificate": certificate,
        "record": record,
        "code": grouped(certificate.code),
        "answer": answer,
        "kind": KINDS[answer],
        "is_revoked": answer is Answer.REVOKED,
        "is_replaced": answer is Answer.REPLACED,
        "is_suspended": answer is Answer.SUSPENDED,
        "is_expired": answer is Answer.EXPIRED,
        "is_being_sealed": answer is Answer.BEING_SEALED,
        "last_day": certificate.valid_to - timedelta(days=1),
        "last_use": last_day_of_use(certificate),
        "checked_at": clock.now(),
        "rosette": data_address(rosette_svg(certificate.record_sha256)),
        "hash_lines": hash_lines(certificate.record_sha256),
        "rows": [*file_rows(found), *code_rows(read), _register_row(answer)] if found or read else [],
        **parts_of(certificate, record),
    }


def refused_file_context(found: FileCheck) -> dict[str, Any]:
    """A file that is not one of the issued ones."""
    answer = found.answer or Answer.UNKNOWN
    rows = file_rows(found)
    if found.certificate:
        rows.append(_register_row(answer_of(found.certificate, clock.today())))
    return {
        "answer": answer,
        "kind": KINDS[answer],
        "lead": found.explanation,
        "certificate": found.certificate,
        "rows": rows,
    }


def refused_code_context(read: CodeCheck) -> dict[str, Any]:
    """An offline code that stands for no certificate."""
    if read.answer is Answer.ALTERED:
        lead = _("The code was altered, cut short, or not signed by this authority. Do not rely on the paper.")
    else:
        lead = _("No certificate of this register belongs to the code. Do not rely on the paper.")
    return {"answer": read.answer, "kind": KINDS[read.answer], "lead": lead, "rows": code_rows(read)}


def file_rows(found: FileCheck | None) -> list[Row]:
    return [_bytes_row(found), _seal_row(found), _record_row(found)] if found else []


def code_rows(read: CodeCheck | None) -> list[Row]:
    if read is None:
        return []
    is_signed = read.said is not None
    rows = [_yes_or_no(_("Was the offline code signed by this authority?"), is_signed)]
    if read.certificate:
        same = _("Does the offline code say what the register says?")
        rows.append(_yes_or_no(same, read.says_what_register_says))
    return rows


def _bytes_row(found: FileCheck) -> Row:
    is_identical = found.verdict is FileVerdict.IDENTICAL
    note = ""
    if found.edition:
        note = _("Issued as edition %(level)s.") % {"level": found.edition.level}
    digits = tuple(hash_lines(found.sha256))
    return _yes_or_no(_("Is the file, byte for byte, one that was issued?"), is_identical, note, digits)


def _seal_row(found: FileCheck) -> Row:
    question, note = _("Does the seal hold?"), found.inspection.explanation
    if found.seal is None:
        return _yes_or_no(question, False, note)
    later = _("It brings proofs for later years.") if found.inspection.level is SealLevel.B_LTA else ""
    facts = _("Sealed by %(name)s.") % {"name": found.seal.sealed_by}
    stamped = found.seal.stamped_at
    when = _("Time stamped on") if stamped else _("By the clock of the sealing machine on")
    note = " ".join(filter(None, (note, facts, later, when)))
    return Row(question, "valid", _("Yes"), note, stamped or found.seal.claimed_at)


def _record_row(found: FileCheck) -> Row:
    question, is_same = _("Is the attached record the one of the register?"), found.has_record_of_register
    if is_same is None:
        return Row(question, "past", _("Nothing to compare"))
    return _yes_or_no(question, is_same)


def _register_row(answer: Answer) -> Row:
    return Row(_("What does the register say now?"), SHAPES[KINDS[answer]], str(answer.label), at=clock.now())


def _yes_or_no(question: str, is_so: bool, note: str = "", digits: tuple[str, ...] = ()) -> Row:
    return Row(question, "valid" if is_so else "stop", _("Yes") if is_so else _("No"), note, digits=digits)
