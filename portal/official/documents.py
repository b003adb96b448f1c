"""The documents of a claim as one list, and the one that is open in the viewer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.official.threads import Thread, threads_about
from portal.ui.viewer.shown import can_be_shown, shown
from verification.claims.enums import ClaimKind, QuestionAbout
from verification.claims.models import Authorisation, Claim, ClaimEvidence, VerificationStatement
from verification.database.kept import Given, Kept
from verification.evidence.models import EvidenceFile

CELL = re.compile(r"([^()!,;]+)!(\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?![A-Za-z0-9])")


@dataclass(frozen=True)
class Document:
    """A file with what it is in the claim; ``note`` says more."""

    file: EvidenceFile
    label: str
    note: str = ""
    is_open: bool = False
    threads: Sequence[Thread] = ()

    @property
    def can_be_shown(self) -> bool:
        return can_be_shown(self.file)


def documents_of(
    claim: Claim,
    statement: VerificationStatement | None,
    threads: Sequence[Thread],
    opened: str = "",
    *,
    uses: Iterable[ClaimEvidence],
) -> list[Document]:
    """The verifier's report, what the producer attached, letters of authorisation, files of questions; each once.

    ``uses`` are the files that stand in the claim now."""
    found: dict[UUID, tuple[EvidenceFile, str, str]] = {}
    if statement is not None:
        found[statement.report.pk] = (statement.report, _("Verification report"), statement.report_number)
    for use in uses:
        found.setdefault(use.file.pk, (use.file, use.get_purpose_display(), use.note))
    for letter in _letters(claim):
        found.setdefault(letter.document.pk, (letter.document, _("Letter of authorisation"), letter.reference))
    for thread in threads:
        for turn in thread.turns:
            number = {"n": turn.question.number}
            for file in turn.files:
                found.setdefault(file.pk, (file, _("Question %(n)s") % number, ""))
            for file in turn.answer_files:
                found.setdefault(file.pk, (file, _("Answer to question %(n)s") % number, ""))
    return [
        Document(file, label, note, str(key) == opened, threads_about(threads, QuestionAbout.DOCUMENT, str(key)))
        for key, (file, label, note) in found.items()
    ]


def letters_of_authorisation(claim: Claim) -> list[Authorisation]:
    """With their documents."""
    return LETTERS.rows(claim=claim.pk)


LETTERS = Kept(lambda: Authorisation.objects.filter(claim=Given("claim")).select_related("document"))


def _letters(claim: Claim) -> list[Authorisation]:
    if claim.kind != ClaimKind.UNITS:
        return []
    return [letter for letter in letters_of_authorisation(claim) if letter.document is not None]


def viewer_of(documents: Sequence[Document], request: HttpRequest) -> dict[str, Any]:
    """The open document at its place; ``is_unknown`` where the address names one that is not in the claim."""
    asked = request.GET.get("file", "")
    opened = next((document for document in documents if document.is_open), None)
    if opened is None:
        return {"viewed": None, "is_unknown": bool(asked)}
    return {"viewed": shown(opened.file, request.GET.get("at", "")), "opened": opened}


def place_of(where: str, claim: Claim, documents: Sequence[Document]) -> str:
    """The query that opens the cell, or the document, that a finding names; empty where it names none."""
    cell = CELL.search(where)
    if cell is not None and claim.template_file_id:
        place = f"{cell[1].strip()}!{cell[2].replace('$', '')}"
        return urlencode({"file": str(claim.template_file_id), "at": place})
    named = next((each for each in documents if where and each.file.name.startswith(where)), None)
    return urlencode({"file": str(named.file.pk)}) if named else ""
