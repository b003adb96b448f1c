"""The form that asks a producer: one question, or several at once, each with files."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.official.forms import long_text
from portal.official.topics import Topic, topic_named
from portal.ui.forms import PlainSelect, plain_choices
from portal.ui.uploads import UploadField, UploadForm
from verification.claims.services.questions import Upload
from verification.claims.services.review import Asking
from verification.kernel.errors import InvalidInput

Groups = Sequence[tuple[str, Sequence[Topic]]]
PREFIXES = (None, "second", "third")
"""The first question's fields have plain names."""


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile] | None:
        return files.getlist(name) or None if files else None


class FilesField(UploadField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(each) for each in data or []]


class QuestionForm(UploadForm, forms.Form):
    """One question."""

    upload_field = "files"
    subject = forms.ChoiceField(label=_("About"), required=False, widget=PlainSelect)
    text = long_text(_("Your question"))
    files = FilesField(label=_("Files for the producer"), required=False)

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["subject"]).choices = [
            (name, [(topic.key, topic.label) for topic in topics]) if name else (topics[0].key, topics[0].label)
            for name, topics in groups
            if topics
        ]

    def kept_by(self) -> Hashable:
        return plain_choices(cast(forms.ChoiceField, self.fields["subject"]).choices)


class AskForms:
    """Several questions as one form: the first must be there, the others may stay empty."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict | None = None,
        *,
        groups: Groups,
        topic: str = "",
    ) -> None:
        self.groups = groups
        self.forms = [
            QuestionForm(
                data,
                files,
                prefix=prefix,
                auto_id=f"ask_{number}_%s",
                groups=groups,
                initial={"subject": topic} if prefix is None else {},
                empty_permitted=prefix is not None,
            )
            for number, prefix in enumerate(PREFIXES, start=1)
        ]

    @property
    def first(self) -> QuestionForm:
        return self.forms[0]

    @property
    def others(self) -> list[QuestionForm]:
        return self.forms[1:]

    @property
    def has_others(self) -> bool:
        """Something was typed in one of the others, so that it must be seen."""
        return any(form.is_bound and form.has_changed() for form in self.others)

    def is_valid(self) -> bool:
        judged = [form.is_valid() for form in self.forms]
        return all(judged)

    def add_problems(self, refusal: InvalidInput) -> None:
        self.first.add_problems(refusal)

    @property
    def cleaned_data(self) -> dict[str, Any]:
        """The questions as the service takes them. Raises ``Conflict`` for a subject that is gone."""
        typed = [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]
        return {"questions": [self._question(each) for each in typed]}

    def _question(self, typed: Mapping[str, Any]) -> tuple[Asking, list[Upload]]:
        topic = topic_named(typed["subject"], self.groups)
        label = topic.follows.about_label if topic.follows else topic.label
        asking = Asking(
            typed["text"], topic.about, topic.subject, label if topic.subject else "", follows=topic.follows
        )
        return asking, [Upload(file.name, file.chunks()) for file in typed["files"]]
