"""Taking in files: a bound on what is stored while a request is read, and the form field for a file."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from portal.ui.forms import PortalForm
from verification.kernel.errors import InvalidInput, Problem

ROOM_BEYOND_BYTES = 128 * 1024


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Reads a file to its end but stores no more than the limit and a little.

    The rest of the form arrives, so what was typed is kept; ``size`` is what was sent, so the
    service that looks at the file refuses it with its own words.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.room_bytes = settings.EVIDENCE_MAX_BYTES + ROOM_BEYOND_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept = raw_data[: max(0, self.room_bytes)]
        self.room_bytes -= len(kept)
        if kept:
            self.file.write(kept)


class UploadField(forms.FileField):
    """One file. Whether it is empty, too large or of the wrong kind is for the service to say."""

    widget = forms.FileInput

    def __init__(self, **kwargs: object) -> None:
        super().__init__(allow_empty_file=True, **kwargs)  # type: ignore[arg-type]


class UploadForm(PortalForm):
    """A form with a file: problems name their code, their sheet and their cell, beside the file."""

    upload_field = "file"
    problems: Sequence[Problem] = ()

    def add_problems(self, refusal: InvalidInput) -> None:
        self.problems = tuple(refusal.problems)
        for problem in self.problems:
            field = problem.field if problem.field in self.fields else self.upload_field  # type: ignore[attr-defined]
            self.add_error(field, ValidationError(_in_full(problem)))  # type: ignore[attr-defined]
        if not self.problems:
            self.add_error(self.upload_field, ValidationError(refusal.summary))  # type: ignore[attr-defined]


def largest_upload_megabytes() -> int:
    return settings.EVIDENCE_MAX_BYTES // 1024**2


def _in_full(problem: Problem) -> str:
    place = " ".join(part for part in (problem.sheet, problem.cell) if part)
    head = f"{problem.code}, {place}" if place else problem.code
    found = f" Found: {problem.found}." if problem.found else ""
    return f"{head}: {problem.message}{found} {problem.mend}".strip()
