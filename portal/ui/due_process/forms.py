"""What a claimant writes: answers with files, a comment on a draft, an appeal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PortalForm
from portal.ui.uploads import UploadField
from verification.audit.actors import Actor
from verification.claims.models import Claim
from verification.evidence.enums import FileState
from verification.evidence.models import EvidenceFile
from verification.evidence.services import store_evidence
from verification.kernel.errors import InvalidInput

LONGEST_TEXT = 10_000
TALL = {"rows": 8}
LOW = {"rows": 4}


class CommentForm(PortalForm, forms.Form):
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=TALL),
        help_text=_("Say what is wrong in the draft, and which document shows it. It can be sent once."),
    )


class AppealForm(PortalForm, forms.Form):
    text = forms.CharField(
        label=_("Your grounds"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs=TALL),
        help_text=_("Say what is wrong with the decision, and what you ask for."),
    )


@dataclass(frozen=True)
class AnswerFields:
    """The inputs of one open question, and the files that wait to be sent with its answer."""

    number: int
    text: forms.BoundField
    upload: forms.BoundField
    kept: Sequence[EvidenceFile]

    @property
    def kept_name(self) -> str:
        return _kept(self.number)


class AnswersForm(PortalForm, forms.Form):
    """An answer to each open question. A file that was uploaded stays with the form until it is sent."""

    shows_errors_elsewhere = True

    def __init__(self, *args: Any, numbers: Iterable[int], claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = list(numbers)
        self.claim = claim
        for number in self.numbers:
            label = {"number": number}
            self.fields[f"answer_{number}"] = forms.CharField(
                label=_("Answer to question %(number)s") % label,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs=LOW),
            )
            self.fields[f"file_{number}"] = UploadField(label=_("File for answer %(number)s") % label, required=False)
        self.kept: dict[int, list[EvidenceFile]] = {number: self._still_kept(number) for number in self.numbers}

    def keep_uploads(self, actor: Actor) -> bool:
        """Store what was chosen now; a file that is refused is named beside its field."""
        for number in self.numbers:
            chosen = self.files.get(self.add_prefix(f"file_{number}"))
            if chosen is None:
                continue
            try:
                stored = store_evidence(
                    chosen.chunks(), name=chosen.name or "", organisation_id=self.claim.organisation_id, actor=actor
                )
            except InvalidInput as refusal:
                for problem in refusal.problems:
                    message = f"{problem.code}: {problem.message} {problem.mend}"
                    self.add_error(f"file_{number}", ValidationError(message))
            else:
                self.kept[number].append(stored)
        return not any(self.has_error(f"file_{number}") for number in self.numbers)

    def forget_missing_answers(self) -> None:
        """Attaching a file is not sending: what is not answered yet is no mistake."""
        for number in self.numbers:
            self.errors.pop(f"answer_{number}", None)

    @property
    def answers(self) -> dict[int, str]:
        return {number: self.cleaned_data[f"answer_{number}"] for number in self.numbers}

    @property
    def answer_files(self) -> Mapping[int, Sequence[EvidenceFile]]:
        return self.kept

    def fields_of(self, number: int) -> AnswerFields | None:
        """``None`` for a question that was answered before."""
        if number not in self.numbers:
            return None
        return AnswerFields(number, self[f"answer_{number}"], self[f"file_{number}"], self.kept[number])

    def _still_kept(self, number: int) -> list[EvidenceFile]:
        """Files of an earlier try whose box is still ticked; only files of the claimant count."""
        wanted = self.data.getlist(_kept(number)) if isinstance(self.data, QueryDict) else []
        own = EvidenceFile.objects.filter(organisation_id=self.claim.organisation_id, state=FileState.CLEAN)
        return list(own.filter(pk__in=[pk for pk in wanted if _is_key(pk)]).order_by("uploaded_at"))


def _kept(number: int) -> str:
    return f"kept_{number}"


def _is_key(text: str) -> bool:
    try:
        EvidenceFile._meta.pk.to_python(text)
    except ValidationError:
        return False
    return True
